"""Twenty runs that are killed at random moments, and two processes that share one run."""

import csv
import os
import random
import shlex
import subprocess
import sys
import time
from multiprocessing import get_context

import pytest
import torch

from cnnbook import runs
from cnnbook.recipes import recipe
from cnnbook.tensor_file import read

pytestmark = pytest.mark.slow
SMALL = shlex.split(
    "train --data digits --model lenet --epochs 2 --batch 64 --rate 0.001 --device cpu --quiet",
)


def start(folder):
    """Run the small recipe in a process of its own, which has PyTorch loaded already."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["cnnbook.runs"])
    settings = {"recipe": SHORT, "resume": True, "device": "cpu"}
    process = context.Process(target=runs.run, args=("lenet", "digits", folder), kwargs=settings)
    process.start()
    return process


def short():
    usual = recipe("lenet", "digits")
    return type(usual)(**(vars(usual) | {"epochs": 6, "batch": 96}))


SHORT = short()


def test_20_runs_killed_at_random_moments_end_with_the_same_weights(tmp_path):
    start(tmp_path / "warm").join()  # the first one waits for PyTorch to load
    begin = time.monotonic()
    whole = start(tmp_path / "whole")
    whole.join()
    usual = time.monotonic() - begin
    assert whole.exitcode == 0
    expected, card = read(tmp_path / "whole" / "model.json")
    chance, killed = random.Random(0), 0
    for number in range(20):
        folder = tmp_path / str(number)
        process = start(folder)
        process.join(chance.uniform(0, 0.9) * usual)
        process.kill()
        process.join()
        killed += process.exitcode == -9
        last = start(folder)
        last.join()
        assert last.exitcode == 0
        tensors, end = read(folder / "model.json")
        assert tensors.keys() == expected.keys()
        assert all(torch.equal(tensors[name], expected[name]) for name in expected)
        assert end["history"] == card["history"]
    assert killed >= 10  # a run can be done before its moment comes


TORCHRUN = ("-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2")
DOUBLE = """
import sys
from dataclasses import replace
import numpy as np
import torch
from cnnbook.data import Labelled, digits
from cnnbook.recipes import recipe
from cnnbook.train.loop import fit
from cnnbook.train.team import gather_team

torch.set_default_dtype(torch.float64)
data = [Labelled(images.astype(np.float64), labels) for images, labels in digits(4)]
with gather_team("cpu") as team:
    model = fit(replace(recipe("lenet", "digits"), epochs=2, batch=65), *data, team=team).model
    if team.rank == 0:
        torch.save(model.state_dict(), sys.argv[1])
"""


def python(*arguments):
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    command = [sys.executable, *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def first_loss(folder):
    with (folder / "log.csv").open(newline="") as stream:
        lines = list(csv.DictReader(stream))
    assert len(lines) == 2
    return float(lines[0]["loss"])


def test_two_processes_share_a_command(tmp_path):
    """Single precision rounds their sums otherwise, and a pass later that can be seen: compare the first."""
    one, two = tmp_path / "one", tmp_path / "two"
    python("-m", "cnnbook", *SMALL, "--out", str(one))
    printed = python(*TORCHRUN, "-m", "cnnbook", *SMALL, "--out", str(two))
    assert printed.count("test error") == 1
    assert first_loss(two) == pytest.approx(first_loss(one), abs=1e-5)


def test_two_processes_learn_what_one_does(tmp_path):
    """In double precision, where rounding does not grow to anything in two passes; the parts are unequal."""
    one, two = tmp_path / "one.pt", tmp_path / "two.pt"
    python("-c", DOUBLE, str(one))
    python(*TORCHRUN, "--no-python", sys.executable, "-c", DOUBLE, str(two))
    first, second = torch.load(one), torch.load(two)
    assert first.keys() == second.keys()
    assert all(torch.allclose(first[name], second[name], rtol=0, atol=1e-9) for name in first)

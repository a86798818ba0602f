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
SMALL = "--data digits --model lenet --epochs 2 --batch 64 --rate 0.001 --device cpu --quiet"


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


def losses(folder):
    with (folder / "log.csv").open(newline="") as stream:
        return [float(line["loss"]) for line in csv.DictReader(stream)]


def command(*prefix, folder):
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    arguments = [sys.executable, "-m", *prefix, "train", *shlex.split(SMALL), "--out", str(folder)]
    return subprocess.run(arguments, env=environment, capture_output=True, text=True, check=True)


def test_two_processes_learn_what_one_does(tmp_path):
    """Sums are rounded otherwise; large steps would make such a difference grow from pass to pass."""
    command("cnnbook", folder=tmp_path / "one")
    torchrun = ("torch.distributed.run", "--standalone", "--nproc-per-node", "2", "-m", "cnnbook")
    printed = command(*torchrun, folder=tmp_path / "two").stdout
    assert printed.count("test error") == 1
    one, two = losses(tmp_path / "one"), losses(tmp_path / "two")
    assert len(one) == 2
    assert two == pytest.approx(one, abs=1e-4)
    first, second = (read(tmp_path / name / "model.json")[0] for name in ("one", "two"))
    assert all(torch.allclose(first[name], second[name], atol=1e-3) for name in first)

import json
import os
import signal

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from cnnbook.data import Labelled
from cnnbook.train.keeper import Keeper, Stopped
from cnnbook.train.loop import Watcher, fit
from cnnbook.train.recipe import Recipe, adamw, sgd

RUN = {"model": "some", "seed": 0}


class Crash(Watcher):
    """Ends the run after a number of steps, as a power cut would."""

    def __init__(self, after):
        self.left = after

    def after_step(self, learner):
        self.left -= 1
        if not self.left:
            raise MemoryError


class Signal(Crash):
    """Sends the process a signal after a number of steps."""

    def __init__(self, after, number):
        super().__init__(after)
        self.number = number

    def after_step(self, learner):
        self.left -= 1
        if not self.left:
            os.kill(os.getpid(), self.number)


def network():
    """Dropout draws, and batch normalisation remembers."""
    return nn.Sequential(
        nn.Conv2d(1, 3, 3), nn.BatchNorm2d(3), nn.ReLU(), nn.Dropout(), nn.Flatten(), nn.Linear(12, 2)
    )


def jitter(images, generator):
    return images + 0.1 * torch.rand(images.shape, generator=generator)


def images(count, seed):
    draws = torch.Generator().manual_seed(seed)
    made = torch.rand(count, 1, 4, 4, generator=draws) + 0.3 * (torch.arange(count) % 2)[:, None, None, None]
    return Labelled(made.numpy(), (torch.arange(count) % 2).numpy())


def teach(folder, *watchers, optimizer=adamw, resume=True, run=RUN, epochs=4):
    recipe = Recipe(build=network, epochs=epochs, batch=8, rate=0.01, optimizer=optimizer, augment=jitter)
    with Keeper(folder, run, resume=resume) as keeper:
        return fit(recipe, images(36, 0), images(20, 1), watchers=[keeper, *watchers])


def equal(one, other):
    states = one.model.state_dict(), other.model.state_dict()
    return one.history == other.history and all(
        torch.equal(states[0][name], states[1][name]) for name in states[0]
    )


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Runs that nothing interrupted, by optimizer."""
    return {kind: teach(tmp_path_factory.mktemp("whole"), optimizer=kind) for kind in (adamw, sgd)}


@settings(max_examples=12, deadline=None)
@given(st.lists(st.integers(1, 20), min_size=1, max_size=3), st.sampled_from([adamw, sgd]))
def test_a_run_goes_on_to_the_last_bit_after_crashes(tmp_path_factory, whole, crashes, optimizer):
    """20 steps make 4 passes; a crash throws away what was done since the last pass."""
    folder = tmp_path_factory.mktemp("run")
    for steps in crashes:
        try:
            teach(folder, Crash(steps), optimizer=optimizer)
        except MemoryError:
            continue
    assert equal(teach(folder, optimizer=optimizer), whole[optimizer])


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("steps", [1, 7, 10])
def test_a_signal_saves_in_the_middle_of_a_pass(tmp_path, whole, number, steps):
    """The step under way when the signal comes is finished first."""
    line = f"stopped in pass {steps // 5 + 1} after {steps % 5 + 1} steps"
    with pytest.raises(Stopped, match=line):
        teach(tmp_path, Signal(steps, number))
    content = json.loads((tmp_path / "checkpoint.json").read_text())["content"]
    assert content["epoch"] * 5 + content["step"] == steps + 1
    assert equal(teach(tmp_path), whole[adamw])


def test_signals_are_given_back(tmp_path):
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    teach(tmp_path, epochs=1)
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before


def test_the_second_signal_of_a_kind_interrupts_at_once(tmp_path):
    class Twice(Watcher):
        def after_step(self, learner):
            first = signal.getsignal(signal.SIGINT)
            signal.raise_signal(signal.SIGINT)
            while signal.getsignal(signal.SIGINT) == first:
                pass  # until the first is handled: sent too early, the second would count as the same
            signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        teach(tmp_path, Twice())


def test_a_finished_run_is_given_back_as_it_was(tmp_path, whole):
    teach(tmp_path)
    assert equal(teach(tmp_path, Crash(1)), whole[adamw])


def test_a_run_in_the_way_is_not_overwritten(tmp_path):
    teach(tmp_path, epochs=1)
    with pytest.raises(ValueError, match=r"holds a run already: add --resume, or choose another --out"):
        teach(tmp_path, epochs=1, resume=False)


def test_another_run_does_not_go_on(tmp_path):
    teach(tmp_path, epochs=1)
    with pytest.raises(ValueError, match=r"checkpoint.json belongs to another run: seed was 0, now it is 1"):
        teach(tmp_path, run=RUN | {"seed": 1})


def test_a_damaged_checkpoint_is_not_used(tmp_path):
    teach(tmp_path, epochs=1)
    path = tmp_path / "checkpoint.json"
    path.write_text(path.read_text().replace('"epoch": 1', '"epoch": 0'))
    with pytest.raises(ValueError, match=r"checkpoint.json does not agree with its own checksum"):
        teach(tmp_path)


def test_tensors_hold_numbers_only(tmp_path):
    """The header of a safetensors file is JSON; nothing in the folder is a pickle."""
    teach(tmp_path, epochs=1)
    packed = next(tmp_path.glob("*.safetensors")).read_bytes()
    header = json.loads(packed[8 : 8 + int.from_bytes(packed[:8], "little")])
    assert {one["dtype"] for one in header.values()} == {"F32", "I64"}
    assert {name.split(".")[0] for name in header} == {"model", "best", "optimizer", "loss"}

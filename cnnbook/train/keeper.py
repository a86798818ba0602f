"""Checkpoints: a run that was ended at any moment goes on as if nothing had happened."""

import signal
from pathlib import Path
from types import FrameType

from torch import Tensor
from torch.optim import Optimizer

from cnnbook.tensor_file import read, write
from cnnbook.train.learner import Epoch, Learner
from cnnbook.train.loop import Watcher


class Stopped(Exception):  # noqa: N818 (not an error)
    """The run was asked to stop; its checkpoint is written."""


class Keeper(Watcher):
    """Writes a checkpoint after every pass, and when the process is asked to stop; goes on from it.

    It holds the weights, the optimizer's memory, the place in the run, and what the run is; random numbers
    and the learning rate follow from the place. Only the first process of a team writes; all read, so that
    on several machines the folder must be a shared one.

    Parameters
    ----------
    folder : Path
        Gets ``checkpoint.json`` and the tensors that it names.
    run : dict
        What the run is, as JSON can hold it: recipe, data, seed. Only the same run can go on.
    resume : bool
        Go on from the checkpoint where there is one.

    Raises
    ------
    ValueError
        By `begin`, if there is a checkpoint and `resume` is not set, or if it is another run's or damaged.
    Stopped
        By `after_step`, when the checkpoint is written after the signals SIGINT or SIGTERM.
    """

    def __init__(self, folder: Path, run: dict, *, resume: bool) -> None:
        """Keep in mind where and what."""
        self.path, self.run, self.resume = folder / "checkpoint.json", run, resume
        self.asked = False
        self.before: dict[int, object] = {}

    def __enter__(self) -> "Keeper":
        """Take the two signals; a second one of a kind does what it would have done."""
        for number in (signal.SIGINT, signal.SIGTERM):
            self.before[number] = signal.signal(number, self._ask)
        return self

    def __exit__(self, *_: object) -> None:
        """Give the signals back."""
        for number, handler in self.before.items():
            signal.signal(number, handler)

    def _ask(self, number: int, _frame: FrameType | None) -> None:
        self.asked = True
        signal.signal(number, self.before[number])

    def begin(self, learner: Learner) -> None:
        """Put the checkpoint's state into the untrained network."""
        if not self.path.exists():
            return
        if not self.resume:
            raise ValueError(f"{self.path.parent} holds a run already: add --resume, or choose another --out")
        tensors, content = read(self.path)
        _same_run(self.path, content["run"], self.run)
        unpack(learner, tensors, content)

    def after_step(self, learner: Learner) -> None:
        """Stop if a process of the team was asked to; a team asks itself every 16 steps."""
        team = learner.team
        if team.size == 1:
            stop = self.asked
        else:
            stop = learner.step % 16 == 0 and team.any(self.asked)
        if stop:
            self.after_epoch(learner)
            raise Stopped(f"stopped in pass {learner.epoch + 1} after {learner.step} steps")

    def after_epoch(self, learner: Learner) -> None:
        """Write the checkpoint."""
        if learner.team.rank == 0:
            tensors, content = pack(learner)
            write(self.path, tensors, {"run": self.run, **content})


def pack(learner: Learner) -> tuple[dict[str, Tensor], dict]:
    """Return all that `unpack` needs to bring a learner to the same place: tensors, and numbers."""
    tensors = {f"model.{name}": value for name, value in learner.model.state_dict().items()}
    tensors |= {f"best.{name}": value for name, value in learner.best.items()}
    tensors["loss"] = learner.loss
    memory = learner.optimizer.state_dict()
    numbers: dict[str, dict] = {}
    for index, values in memory["state"].items():
        for name, value in values.items():
            if isinstance(value, Tensor):
                tensors[f"optimizer.{index}.{name}"] = value
            else:
                numbers.setdefault(str(index), {})[name] = value
    content = {
        "epoch": learner.epoch,
        "step": learner.step,
        "history": [list(epoch) for epoch in learner.history],
        "optimizer": {"groups": memory["param_groups"], "numbers": numbers},
        "scaler": learner.scaler.state_dict(),
    }
    return tensors, content


def unpack(learner: Learner, tensors: dict[str, Tensor], content: dict) -> None:
    """Bring a learner to the place where `pack` was called."""
    learner.model.load_state_dict(_part(tensors, "model."))
    device = learner.team.device
    learner.best = {name: value.to(device) for name, value in _part(tensors, "best.").items()}
    learner.loss = tensors["loss"].to(device)
    learner.epoch, learner.step = content["epoch"], content["step"]
    learner.history = [Epoch(*epoch) for epoch in content["history"]]
    learner.scaler.load_state_dict(content["scaler"])
    _remember(learner.optimizer, _part(tensors, "optimizer."), content["optimizer"])


def _remember(optimizer: Optimizer, tensors: dict[str, Tensor], content: dict) -> None:
    state: dict[int, dict] = {int(index): dict(values) for index, values in content["numbers"].items()}
    for name, value in tensors.items():
        index, _, key = name.partition(".")
        state.setdefault(int(index), {})[key] = value
    optimizer.load_state_dict({"state": state, "param_groups": content["groups"]})


def _part(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {name.removeprefix(prefix): value for name, value in tensors.items() if name.startswith(prefix)}


def _same_run(path: Path, then: dict, now: dict) -> None:
    for name in sorted(then.keys() | now.keys()):
        if then.get(name) != now.get(name):
            raise ValueError(
                f"{path} belongs to another run: {name} was {then.get(name)!r}, now it is {now.get(name)!r}"
            )

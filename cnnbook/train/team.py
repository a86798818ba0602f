"""The processes that share the work of one training run, and the device each of them uses."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import torch
import torch.distributed as dist
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel


class Team(NamedTuple):
    """One process among those that share a run.

    Parameters
    ----------
    device : torch.device
        Where this process computes.
    rank : int, default 0
        Its number; 0 writes files and prints.
    size : int, default 1
        How many there are.
    """

    device: torch.device
    rank: int = 0
    size: int = 1

    def share(self, *batch: Tensor) -> tuple[list[Tensor], float]:
        """Return this process's part of a batch, and the weight of its mean loss.

        DistributedDataParallel averages gradients over the processes. Weighted like this the average is the
        gradient of the whole batch's mean loss, also where the parts are not equally long.

        >>> Team(torch.device("cpu"), rank=1, size=2).share(torch.arange(5))
        ([tensor([1, 3])], 0.8)
        """
        count = len(batch[0])
        mine = len(range(self.rank, count, self.size))
        if mine == 0:  # a process must take part in every step
            return [part[:1] for part in batch], 0.0
        return [part[self.rank :: self.size] for part in batch], mine * self.size / count

    def wrap(self, model: nn.Module) -> nn.Module:
        """Return the network with gradients averaged over all processes."""
        if self.size == 1:
            return model
        if self.device.type == "cuda":  # elsewhere PyTorch has none: each process normalises by its own part
            model = nn.SyncBatchNorm.convert_sync_batchnorm(model)
        return DistributedDataParallel(model)

    def mean(self, value: Tensor) -> Tensor:
        """Return the mean of a number over all processes."""
        if self.size > 1:
            dist.all_reduce(value)
        return value / self.size

    def any(self, flag: bool) -> bool:
        """Return whether the flag is set in some process."""
        return bool(self.mean(torch.tensor(float(flag), device=self.device)) > 0)


@contextmanager
def gather_team(device: str = "auto") -> Iterator[Team]:
    """Join the processes that torchrun started, or be a team of one.

    Parameters
    ----------
    device : str, default "auto"
        A torch device; ``"auto"`` is a GPU where there is one, for each process on a machine its own.

    Yields
    ------
    Team

    Raises
    ------
    ValueError
        If there is no such device.

    >>> with gather_team("cpu") as team:
    ...     team.size
    1
    """
    size, local = int(os.environ.get("WORLD_SIZE", 1)), int(os.environ.get("LOCAL_RANK", 0))
    place = choose_device(device, local)
    if size == 1:
        yield Team(place)
        return
    if place.type == "cuda":
        torch.cuda.set_device(place)
    dist.init_process_group("nccl" if place.type == "cuda" else "gloo")
    try:
        yield Team(place, dist.get_rank(), size)
    finally:
        dist.destroy_process_group()


def choose_device(name: str, local: int = 0) -> torch.device:
    """Return a device by its name, if it is there; see `gather_team`.

    >>> choose_device("cpu")
    device(type='cpu')
    """
    if name in ("auto", "cuda"):
        count = torch.cuda.device_count()
        if local < count:
            return torch.device("cuda", local)
        if name == "auto" and count == 0:
            return torch.device("cpu")
        raise ValueError(f"device: {name!r} needs a GPU for each process, found {count}; use 'cpu'")
    try:
        return torch.empty(0, device=name).device
    except (RuntimeError, AssertionError, NotImplementedError):
        raise ValueError(f"device: {name!r} is not on this machine; use 'auto' or 'cpu'") from None

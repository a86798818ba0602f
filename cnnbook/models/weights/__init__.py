"""Trained weights that come with the package, each with a card that says how they came about.

They are made by this package's own command, which the card holds, and MNIST. A card and its tensors are one
run's ``model.json`` and the safetensors file that it names; see `cnnbook.tensor_file`.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import numpy as np
from torch import nn

from cnnbook.tensor_file import read

__all__ = ["arrays", "card", "load", "names"]

FOLDER = Path(__file__).parent
NETWORKS = {"compact": "compact:CompactNet", "lenet": "lenet:LeNet", "lenet5": "lenet5:LeNet5"}


def names() -> list[str]:
    """Return what there are weights for.

    >>> "lenet" in names()
    True
    """
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def load(name: str) -> nn.Module:
    """Return a trained network, in evaluation mode.

    Parameters
    ----------
    name : str
        One of `names`. ``"lenet"`` wants images of 32 x 32 pixels from 0 (background) to 1 (ink),
        ``"lenet5"`` the same from -0.1 to 1.175, and ``"compact"`` 28 x 28 from 0 to 1.

    Returns
    -------
    Module

    Raises
    ------
    ValueError
        If there are no weights of that name, or they are damaged.

    >>> import torch
    >>> load("lenet")(torch.zeros(1, 1, 32, 32)).shape
    torch.Size([1, 10])
    """
    tensors, about = _read(name)
    module, _, network = NETWORKS[about["model"]].partition(":")
    model = getattr(import_module(f"cnnbook.models.{module}"), network)()
    model.load_state_dict(tensors)
    return model.eval()


def arrays(name: str) -> dict[str, np.ndarray]:
    """Return trained weights as arrays, under the names that the network gives them; see `load`.

    >>> arrays("lenet")["c1.weight"].shape
    (6, 1, 5, 5)
    """
    return {key: tensor.numpy() for key, tensor in _read(name)[0].items()}


def card(name: str) -> dict:
    """Return what is known about the weights: ``command``, ``seed``, ``versions``, ``files`` (SHA-256 sums of
    the data), ``history``, ``test_error`` (a share), ``confusion`` and more, as `cnnbook.runs.run` wrote it.

    >>> card("lenet")["data"]
    'mnist'
    """
    return _read(name)[1]


def _read(name: str) -> tuple[dict, dict]:
    if name not in names():
        raise ValueError(f"weights: name is {name!r}, expected one of {', '.join(map(repr, names()))}")
    return read(FOLDER / f"{name}.json")

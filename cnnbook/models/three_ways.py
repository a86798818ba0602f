"""One network three ways: every weight free, only near weights, near weights that are shared.

After I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", MIT Press, 2016, section 9.4: a convolution is
a dense layer under a prior that forbids all other weights. Here the three layers have the same units, so that
nothing differs but what their weights may be.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.functional import pad

__all__ = ["WAYS", "LocalLayer", "ThreeWays", "layer"]

WAYS = ("dense", "local", "convolution")


class DenseLayer(nn.Linear):
    """Every unit of K maps reads every unit of C maps, with a weight of its own.

    Parameters
    ----------
    before, maps : int
        C and K.
    side : int
        Rows and columns of all maps.
    """

    def __init__(self, before: int, maps: int, side: int) -> None:
        """Draw the weights."""
        self.shape = maps, side, side
        super().__init__(before * side * side, maps * side * side)

    def forward(self, x: Tensor) -> Tensor:
        """Map a batch (N, C, H, W) to (N, K, H, W)."""
        return super().forward(x.flatten(1)).unflatten(1, self.shape)


class LocalLayer(nn.Module):
    """Every unit reads a window round its own place, with weights that no other place uses.

    At the border the window goes on at the other side of the map, so that no place is special.

    Parameters
    ----------
    before, maps : int
        C and K.
    rows, columns : int
        H and W of all maps.
    kernel : int
        Rows and columns of the window, an odd number.
    """

    def __init__(self, before: int, maps: int, rows: int, columns: int, kernel: int) -> None:
        """Draw the weights as `torch.nn.Conv2d` does, from the number of inputs of one unit."""
        super().__init__()
        self.shape, self.kernel = (rows, columns), kernel
        reads = before * kernel * kernel
        self.weight = nn.Parameter(torch.empty(rows * columns, reads, maps).uniform_(-1, 1) / reads**0.5)
        self.bias = nn.Parameter(torch.empty(maps, rows, columns).uniform_(-1, 1) / reads**0.5)

    def forward(self, x: Tensor) -> Tensor:
        """Map a batch (N, C, H, W) to (N, K, H, W)."""
        around = pad(x, (self.kernel // 2,) * 4, mode="circular")
        windows = nn.functional.unfold(around, self.kernel)  # (N, C * R * S, H * W)
        made = windows.permute(2, 0, 1) @ self.weight  # (H * W, N, K)
        return made.permute(1, 2, 0).unflatten(2, self.shape) + self.bias


def layer(way: str, before: int, maps: int, *, side: int, kernel: int = 5) -> nn.Module:
    """Return a layer from C maps to K maps of the same size.

    Parameters
    ----------
    way : {'dense', 'local', 'convolution'}
    before, maps : int
        C and K.
    side : int
        Rows and columns of the maps.
    kernel : int, default 5
        Rows and columns of the window; a dense layer has none.

    Returns
    -------
    Module

    Raises
    ------
    ValueError
        If `way` is none of the three.

    >>> [sum(p.numel() for p in layer(way, 1, 2, side=4, kernel=3).parameters()) for way in WAYS]
    [544, 320, 20]
    """
    if way == "dense":
        return DenseLayer(before, maps, side)
    if way == "local":
        return LocalLayer(before, maps, side, side, kernel)
    if way == "convolution":
        return nn.Conv2d(before, maps, kernel, padding=kernel // 2, padding_mode="circular")
    raise ValueError(f"layer: way is {way!r}, expected one of {', '.join(map(repr, WAYS))}")


class ThreeWays(nn.Sequential):
    """Two layers of one kind with batch normalisation, the mean of every map, and one score for each class.

    With ``way='convolution'`` a digit may move around the image without changing any score: the maps move
    along, and a mean does not mind.

    Parameters
    ----------
    way : {'dense', 'local', 'convolution'}
    side : int
        Rows and columns of the images.
    classes : int

    >>> ThreeWays("local", side=12, classes=10)(torch.zeros(2, 1, 12, 12)).shape
    torch.Size([2, 10])
    """

    def __init__(self, way: str, *, side: int, classes: int) -> None:
        """Make the layers in the order of computation."""
        super().__init__(
            layer(way, 1, 6, side=side),
            nn.BatchNorm2d(6),
            nn.ReLU(),
            layer(way, 6, 12, side=side),
            nn.BatchNorm2d(12),
            nn.ReLU(),
            nn.AdaptiveAvgPool2d(1),
            nn.Flatten(),
            nn.Linear(12, classes),
        )

"""GoogLeNet, the Inception network of 2014: kernels of several sizes side by side.

C. Szegedy et al., "Going deeper with convolutions", CVPR 2015, table 1; without the two auxiliary
classifiers, which are there for training only.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

__all__ = ["GoogLeNet", "Inception"]

# Table 1: maps of 1x1, reduced and full 3x3, reduced and full 5x5, projected pooling; "pool" halves the size.
MODULES = [
    (64, 96, 128, 16, 32, 32),
    (128, 128, 192, 32, 96, 64),
    "pool",
    (192, 96, 208, 16, 48, 64),
    (160, 112, 224, 24, 64, 64),
    (128, 128, 256, 24, 64, 64),
    (112, 144, 288, 32, 64, 64),
    (256, 160, 320, 32, 128, 128),
    "pool",
    (256, 160, 320, 32, 128, 128),
    (384, 192, 384, 48, 128, 128),
]


def conv(before: int, maps: int, kernel: int, stride: int = 1) -> nn.Sequential:
    """Return a convolution that keeps the size (but for its stride), and its ReLU."""
    return nn.Sequential(nn.Conv2d(before, maps, kernel, stride, kernel // 2), nn.ReLU())


class Inception(nn.Module):
    """Kernels of 1x1, 3x3 and 5x5 and a pooling side by side; 1x1 kernels make the large ones cheap.

    Parameters
    ----------
    before : int
        Maps of the input.
    one, three_reduced, three, five_reduced, five, pooled : int
        Maps of the four paths, and of the 1x1 convolutions in front of two of them.
    """

    def __init__(
        self, before: int, one: int, three_reduced: int, three: int, five_reduced: int, five: int, pooled: int
    ) -> None:
        """Make the four paths."""
        super().__init__()
        self.one = conv(before, one, 1)
        self.three = nn.Sequential(conv(before, three_reduced, 1), conv(three_reduced, three, 3))
        self.five = nn.Sequential(conv(before, five_reduced, 1), conv(five_reduced, five, 5))
        self.pool = nn.Sequential(nn.MaxPool2d(3, 1, 1), conv(before, pooled, 1))

    def forward(self, x: Tensor) -> Tensor:
        """Return the maps of all paths, one behind the other."""
        return torch.cat([self.one(x), self.three(x), self.five(x), self.pool(x)], dim=1)


class GoogLeNet(nn.Sequential):
    """Twenty-two layers with weights, and fewer parameters than AlexNet has in its last three.

    Parameters
    ----------
    classes : int, default 1000

    Examples
    --------
    >>> with torch.device("meta"):
    ...     model = GoogLeNet()
    >>> sum(parameter.numel() for parameter in model.parameters())
    6998552
    """

    def __init__(self, classes: int = 1000) -> None:
        """Make the layers in the order of computation."""
        norm = {"alpha": 1e-4, "beta": 0.75, "k": 1}
        layers: list[nn.Module] = [
            conv(3, 64, 7, 2),
            nn.MaxPool2d(3, 2, ceil_mode=True),
            nn.LocalResponseNorm(5, **norm),
            conv(64, 64, 1),
            conv(64, 192, 3),
            nn.LocalResponseNorm(5, **norm),
            nn.MaxPool2d(3, 2, ceil_mode=True),
        ]
        before = 192
        for maps in MODULES:
            if maps == "pool":
                layers.append(nn.MaxPool2d(3, 2, ceil_mode=True))
                continue
            layers.append(Inception(before, *maps))
            before = maps[0] + maps[2] + maps[4] + maps[5]
        tail = [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(0.4), nn.Linear(before, classes)]
        super().__init__(*layers, *tail)

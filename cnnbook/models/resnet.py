"""ResNet: layers that learn what to add to their input.

K. He, X. Zhang, S. Ren, J. Sun, "Deep residual learning for image recognition", CVPR 2016, table 1.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

__all__ = ["Bottleneck", "ResNet"]


class Bottleneck(nn.Module):
    """1x1, 3x3 and 1x1 convolutions, and a shortcut round them.

    Parameters
    ----------
    before : int
        Maps of the input.
    width : int
        Maps of the 3x3 convolution; the result has four times as many.
    stride : int
        Of the 3x3 convolution.
    """

    def __init__(self, before: int, width: int, stride: int) -> None:
        """Make the path and the shortcut."""
        super().__init__()
        after = 4 * width
        self.body = nn.Sequential(
            nn.Conv2d(before, width, 1, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(),
            nn.Conv2d(width, width, 3, stride, 1, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(),
            nn.Conv2d(width, after, 1, bias=False),
            nn.BatchNorm2d(after),
        )
        self.shortcut = nn.Identity()
        if before != after or stride > 1:
            self.shortcut = nn.Sequential(
                nn.Conv2d(before, after, 1, stride, bias=False), nn.BatchNorm2d(after)
            )

    def forward(self, x: Tensor) -> Tensor:
        """Return the sum of path and shortcut."""
        return torch.relu(self.body(x) + self.shortcut(x))


class ResNet(nn.Sequential):
    """A ResNet of bottleneck blocks: 25,557,032 parameters for (3, 4, 6, 3), which is ResNet-50.

    Parameters
    ----------
    depths : sequence of int, default (3, 4, 6, 3)
        Blocks in each stage; (3, 8, 36, 3) is ResNet-152.
    classes : int, default 1000

    Notes
    -----
    A stage's stride sits in the 3x3 convolution of its first block; the paper puts it into the first 1x1.

    Examples
    --------
    >>> with torch.device("meta"):
    ...     model = ResNet()
    >>> sum(parameter.numel() for parameter in model.parameters())
    25557032
    """

    def __init__(self, depths: tuple[int, ...] = (3, 4, 6, 3), classes: int = 1000) -> None:
        """Make the layers in the order of computation."""
        layers = [
            nn.Conv2d(3, 64, 7, 2, 3, bias=False),
            nn.BatchNorm2d(64),
            nn.ReLU(),
            nn.MaxPool2d(3, 2, 1),
        ]
        before = 64
        for stage, depth in enumerate(depths):
            width = 64 << stage
            for number in range(depth):
                layers.append(Bottleneck(before, width, 2 if stage and not number else 1))
                before = 4 * width
        super().__init__(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(before, classes))

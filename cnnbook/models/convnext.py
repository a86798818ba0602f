"""ConvNeXt: a convolutional network once more, built with what was learned from transformers.

Z. Liu, H. Mao, C.-Y. Wu, C. Feichtenhofer, T. Darrell, S. Xie, "A ConvNet for the 2020s", CVPR 2022.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

__all__ = ["ConvNeXt"]


class ChannelNorm(nn.LayerNorm):
    """Layer normalisation over the channels of each position."""

    def forward(self, x: Tensor) -> Tensor:
        """Normalise a batch (N, C, H, W)."""
        return super().forward(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


class Block(nn.Module):
    """A 7x7 kernel for each map alone, then two layers across the maps, added to the input.

    Parameters
    ----------
    maps : int
    """

    def __init__(self, maps: int) -> None:
        """Make the path."""
        super().__init__()
        self.path = nn.Sequential(
            nn.Conv2d(maps, maps, 7, padding=3, groups=maps),
            ChannelNorm(maps, eps=1e-6),
            nn.Conv2d(maps, 4 * maps, 1),
            nn.GELU(),
            nn.Conv2d(4 * maps, maps, 1),
        )
        self.scale = nn.Parameter(torch.full((maps, 1, 1), 1e-6))

    def forward(self, x: Tensor) -> Tensor:
        """Return the input and what the path adds to it."""
        return x + self.scale * self.path(x)


class ConvNeXt(nn.Sequential):
    """ConvNeXt-T: 28,589,128 parameters.

    Parameters
    ----------
    depths, widths : sequence of int
        Blocks and maps of the four stages; by default those of the smallest network, T.
    classes : int, default 1000

    Examples
    --------
    >>> with torch.device("meta"):
    ...     model = ConvNeXt()
    >>> sum(parameter.numel() for parameter in model.parameters())
    28589128
    """

    def __init__(
        self,
        depths: tuple[int, ...] = (3, 3, 9, 3),
        widths: tuple[int, ...] = (96, 192, 384, 768),
        classes: int = 1000,
    ) -> None:
        """Make the layers in the order of computation."""
        layers: list[nn.Module] = []
        before = 3
        for depth, maps in zip(depths, widths, strict=True):
            if layers:
                layers += [ChannelNorm(before, eps=1e-6), nn.Conv2d(before, maps, 2, stride=2)]
            else:
                layers += [nn.Conv2d(before, maps, 4, stride=4), ChannelNorm(maps, eps=1e-6)]
            layers += [Block(maps) for _ in range(depth)]
            before = maps
        tail = [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.LayerNorm(before, eps=1e-6)]
        super().__init__(*layers, *tail, nn.Linear(before, classes))

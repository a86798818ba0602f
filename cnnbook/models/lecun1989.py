"""The network of 1989 that read handwritten postcodes, its kernels learned by gradient descent.

Y. LeCun, B. Boser, J. S. Denker, D. Henderson, R. E. Howard, W. Hubbard, L. D. Jackel, "Backpropagation
applied to handwritten zip code recognition", Neural Computation 1(4), 1989.
"""

from __future__ import annotations

from itertools import chain

import torch
from torch import Tensor, nn

__all__ = ["H2_INPUTS", "LeCun1989"]

# Which 8 of the 12 maps each map of H2 reads. The paper states the number and leaves the scheme to an earlier
# report; any choice of 8 has the same parameters and connections.
H2_INPUTS = [[(4 * (number // 4) + step) % 12 for step in range(8)] for number in range(12)]


class UntiedBias(nn.Module):
    """A bias of its own for every unit: in 1989 weights were shared, biases were not.

    Parameters
    ----------
    *shape : int
        (maps, rows, columns).
    """

    def __init__(self, *shape: int) -> None:
        """Start at zero."""
        super().__init__()
        self.bias = nn.Parameter(torch.zeros(shape))

    def forward(self, x: Tensor) -> Tensor:
        """Add the biases to a batch (N, maps, rows, columns)."""
        return x + self.bias


class EightMaps(nn.Module):
    """H2: each of 12 maps reads 8 of the 12 maps before it, 5x5 with stride 2."""

    def __init__(self) -> None:
        """Make one convolution with a group for each map."""
        super().__init__()
        self.conv = nn.Conv2d(12 * 8, 12, 5, stride=2, padding=2, groups=12, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """Map a batch (N, 12, H, W) to (N, 12, H / 2, W / 2)."""
        return self.conv(x[:, list(chain(*H2_INPUTS))])


class LeCun1989(nn.Sequential):
    """Two convolutions with stride 2, two fully connected layers: 9,760 parameters.

    The paper pads with the background's value, -1; here it is zero, which changes no count.

    Examples
    --------
    >>> model = LeCun1989()
    >>> sum(parameter.numel() for parameter in model.parameters())
    9760
    >>> model(torch.zeros(2, 1, 16, 16)).shape
    torch.Size([2, 10])
    """

    def __init__(self) -> None:
        """Make the layers in the order of computation."""
        super().__init__(
            nn.Conv2d(1, 12, 5, stride=2, padding=2, bias=False),
            UntiedBias(12, 8, 8),
            nn.Tanh(),
            EightMaps(),
            UntiedBias(12, 4, 4),
            nn.Tanh(),
            nn.Flatten(),
            nn.Linear(12 * 4 * 4, 30),
            nn.Tanh(),
            nn.Linear(30, 10),
            nn.Tanh(),
        )

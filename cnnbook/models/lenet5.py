"""LeNet-5 as published in 1998: partial connections, trainable subsampling, scaled tanh, radial basis output.

Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-based learning applied to document recognition",
Proceedings of the IEEE 86(11), 1998, section II.B. Only the drawings of the ten digits behind the output
layer are not the paper's.
"""

from __future__ import annotations

from itertools import chain

import torch
from torch import Tensor, nn

__all__ = [
    "C3_INPUTS",
    "INK",
    "LeNet5",
    "PartialConvolution",
    "RadialBasis",
    "ScaledTanh",
    "Subsampling",
    "discriminative_loss",
    "penalty_loss",
]

INK = (-0.1, 1.175)  # the grey values of background and ink: mean about 0, variance about 1

# Table I: which maps of S2 each of the 16 maps of C3 reads.
C3_INPUTS = [
    [0, 1, 2],
    [1, 2, 3],
    [2, 3, 4],
    [3, 4, 5],
    [0, 4, 5],
    [0, 1, 5],
    [0, 1, 2, 3],
    [1, 2, 3, 4],
    [2, 3, 4, 5],
    [0, 3, 4, 5],
    [0, 1, 4, 5],
    [0, 1, 2, 5],
    [0, 1, 3, 4],
    [1, 2, 4, 5],
    [0, 2, 3, 5],
    [0, 1, 2, 3, 4, 5],
]

# Each digit in 12 rows of 7 pixels.
DIGITS = {
    0: ".#####. ##...## ##...## ##...## ##...## ##...## ##...## ##...## ##...## ##...## .#####. .......",
    1: "...##.. ..###.. .####.. ...##.. ...##.. ...##.. ...##.. ...##.. ...##.. ...##.. .###### .......",
    2: ".#####. ##...## .....## .....## ....##. ...##.. ..##... .##.... ##..... ##..... ####### .......",
    3: ".#####. ##...## .....## .....## ..####. ..####. .....## .....## .....## ##...## .#####. .......",
    4: "....##. ...###. ..####. .##.##. ##..##. ##..##. ####### ####### ....##. ....##. ....##. .......",
    5: "####### ##..... ##..... ##..... ######. .....## .....## .....## .....## ##...## .#####. .......",
    6: "..####. .##.... ##..... ##..... ######. ##...## ##...## ##...## ##...## ##...## .#####. .......",
    7: "####### .....## .....## ....##. ....##. ...##.. ...##.. ..##... ..##... .##.... .##.... .......",
    8: ".#####. ##...## ##...## ##...## .#####. .#####. ##...## ##...## ##...## ##...## .#####. .......",
    9: ".#####. ##...## ##...## ##...## ##...## .###### .....## .....## .....## ....##. .####.. .......",
}


class ScaledTanh(nn.Module):
    """The squashing function ``1.7159 tanh(2 a / 3)``, which maps 1 to 1 and -1 to -1."""

    def forward(self, a: Tensor) -> Tensor:
        """Squash every element."""
        return 1.7159 * torch.tanh(2 / 3 * a)


class Subsampling(nn.Module):
    """Add up each 2x2 block, multiply by one coefficient per map, add one bias per map.

    Parameters
    ----------
    maps : int
        Number of maps.
    """

    def __init__(self, maps: int) -> None:
        """Leave the weights to `LeNet5.reset_parameters`."""
        super().__init__()
        self.maps = maps
        self.coefficient = nn.Parameter(torch.empty(maps))
        self.bias = nn.Parameter(torch.empty(maps))

    def forward(self, x: Tensor) -> Tensor:
        """Halve rows and columns of a batch (N, maps, H, W)."""
        shared = self.coefficient.view(-1, 1, 1, 1).expand(-1, 1, 2, 2)  # one weight for all four inputs
        return nn.functional.conv2d(x, shared, self.bias, stride=2, groups=self.maps)


class PartialConvolution(nn.Module):
    """C3: 5x5 convolution in which every output map reads only some of the six input maps.

    Maps that read equally many are computed together, as one convolution with a group for each. That is how
    one image is computed. A batch of several goes through `dense` instead, which is over ten times faster in
    training and differs in rounding only.
    """

    def __init__(self) -> None:
        """Make one convolution for each number of inputs."""
        super().__init__()
        self.three = nn.Conv2d(18, 6, 5, groups=6)
        self.four = nn.Conv2d(36, 9, 5, groups=9)
        self.six = nn.Conv2d(6, 1, 5)
        maps = [(index, source) for index, inputs in enumerate(C3_INPUTS) for source in inputs]
        self.register_buffer("slices", torch.tensor(maps).T, persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        """Map a batch (N, 6, H, W) to (N, 16, H - 4, W - 4)."""
        if len(x) > 1:
            return nn.functional.conv2d(x, *self.dense())
        threes, fours = list(chain(*C3_INPUTS[:6])), list(chain(*C3_INPUTS[6:15]))
        return torch.cat([self.three(x[:, threes]), self.four(x[:, fours]), self.six(x)], dim=1)

    def dense(self) -> tuple[Tensor, Tensor]:
        """Return weights (16, 6, 5, 5), zero wherever the table has a gap, and biases (16,)."""
        layers = self.three, self.four, self.six
        slices = torch.cat([layer.weight.reshape(-1, 5, 5) for layer in layers])
        weights = slices.new_zeros(16, 6, 5, 5).index_put(tuple(self.slices), slices)
        return weights, torch.cat([layer.bias for layer in layers])


class RadialBasis(nn.Module):
    """Squared distance to a fixed drawing of each digit: the smaller, the better the fit.

    The drawings are 7x12 bitmaps of -1 and +1, so that confusable digits have similar codes.
    """

    def __init__(self) -> None:
        """Keep the drawings."""
        super().__init__()
        self.register_buffer("codes", bitmaps())

    def forward(self, x: Tensor) -> Tensor:
        """Map a batch (N, 84) to penalties (N, 10)."""
        return (x.unsqueeze(1) - self.codes).pow(2).sum(2)


class LeNet5(nn.Module):
    """The network of 1998: 60,000 trainable parameters, 340,908 connections.

    Input is a batch (N, 1, 32, 32) with background -0.1 and ink 1.175 (`INK`); the output (N, 10) are
    penalties, so the answer is ``argmin``. Weights start uniform within 2.4 / fan-in, as in the paper's
    appendix A.

    Notes
    -----
    The paper lets the sum of a unit in S2 or S4 pass through "a sigmoidal function", and says of all units up
    to F6 that their sums pass through one squashing function: the scaled tanh, a curve of the sigmoid family.
    So S2 and S4 are squashed by the same `ScaledTanh` here as C1, C3, C5 and F6, not by 1 / (1 + exp(-a)).
    A small coefficient leaves such a unit nearly linear, and it averages; with a large one it does something
    like a noisy "or" or "and", in the paper's words, depending on its bias.

    Examples
    --------
    >>> model = LeNet5()
    >>> sum(parameter.numel() for parameter in model.parameters())
    60000
    >>> model(torch.zeros(2, 1, 32, 32)).shape
    torch.Size([2, 10])
    """

    def __init__(self) -> None:
        """Make the layers and draw their weights."""
        super().__init__()
        self.c1 = nn.Conv2d(1, 6, 5)
        self.s2 = Subsampling(6)
        self.c3 = PartialConvolution()
        self.s4 = Subsampling(16)
        self.c5 = nn.Conv2d(16, 120, 5)
        self.f6 = nn.Linear(120, 84)
        self.output = RadialBasis()
        self.squash = ScaledTanh()
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Draw all weights anew."""
        for module in self.modules():
            if isinstance(module, nn.Conv2d | nn.Linear):
                bound = 2.4 / module.weight[0].numel()
                nn.init.uniform_(module.weight, -bound, bound)
                nn.init.uniform_(module.bias, -bound, bound)
            elif isinstance(module, Subsampling):
                nn.init.uniform_(module.coefficient, -2.4 / 4, 2.4 / 4)
                nn.init.zeros_(module.bias)

    def forward(self, x: Tensor) -> Tensor:
        """Return the penalty of each digit for a batch (N, 1, 32, 32)."""
        x = self.squash(self.c1(x))
        x = self.squash(self.s2(x))
        x = self.squash(self.c3(x))
        x = self.squash(self.s4(x))
        x = self.squash(self.c5(x)).flatten(1)
        x = self.squash(self.f6(x))
        return self.output(x)


def penalty_loss(penalties: Tensor, labels: Tensor) -> Tensor:
    """Return the mean penalty of the right class: the paper's equation 8.

    Parameters
    ----------
    penalties : Tensor of shape (N, 10)
    labels : Tensor of shape (N,), int64

    Returns
    -------
    Tensor of shape ()

    Notes
    -----
    Nothing in it pushes the wrong classes away. It works only because the codes are fixed: if they could
    move, they would all become alike, and so would F6's outputs.

    Examples
    --------
    >>> penalty_loss(torch.tensor([[3.0, 50.0], [70.0, 5.0]]), torch.tensor([0, 1])).item()
    4.0
    """
    return penalties.gather(1, labels[:, None]).mean()


def discriminative_loss(penalties: Tensor, labels: Tensor, j: float = 10.0) -> Tensor:
    """Return the loss with the competing-class term, the paper's equation 9.

    ``mean(y_right + log(exp(-j) + sum_i exp(-y_i)))``, where y are the penalties: minus the logarithm of the
    right class's share, when classes share by exp(-y), and a class "none of these" has the penalty `j`.

    Parameters
    ----------
    penalties : Tensor of shape (N, 10)
    labels : Tensor of shape (N,), int64
    j : float, default 10
        Keeps wrong classes whose penalty is already much larger than that from being pushed further. The
        paper says that it is positive, and no more; for the default see ``benchmarks/mnist.py``.

    Returns
    -------
    Tensor of shape ()

    Examples
    --------
    >>> discriminative_loss(torch.tensor([[0.0, 0.0]]), torch.tensor([0]), j=float("inf"))  # log 2
    tensor(0.6931)
    """
    none_of_these = penalties.new_full((len(penalties), 1), -j)
    competing = torch.cat([-penalties, none_of_these], dim=1).logsumexp(1)
    return penalty_loss(penalties, labels) + competing.mean()


def bitmaps() -> Tensor:
    """Return the ten drawings as a tensor (10, 84) of -1 and +1.

    Examples
    --------
    >>> bitmaps().shape, sorted(bitmaps().unique().tolist())
    (torch.Size([10, 84]), [-1.0, 1.0])
    """
    rows = ("".join(drawing.split()) for drawing in DIGITS.values())
    return torch.tensor([[1.0 if pixel == "#" else -1.0 for pixel in row] for row in rows])

"""A small network with today's parts, drawn up for MNIST within LeNet's budget of parameters."""

from __future__ import annotations

import torch.nn.functional as F  # noqa: N812 (torch's own short name)
from torch import Tensor, nn

__all__ = ["CompactNet"]


class CompactNet(nn.Module):
    """Five convolutions, batch normalisation, an average: 56,474 parameters, fewer than LeNet's 61,706.

    ==============  =====================  ===============  ==========
    step            layer                  shape            parameters
    ==============  =====================  ===============  ==========
    (images)                               (N, 1, 28, 28)
    c1              16 kernels of 5 x 5    (N, 16, 24, 24)  432
    pool1           largest of 2 x 2       (N, 16, 12, 12)
    c2              32 kernels of 3 x 3    (N, 32, 12, 12)  4,672
    c3              32 kernels of 3 x 3    (N, 32, 10, 10)  9,280
    pool3           largest of 2 x 2       (N, 32, 5, 5)
    c4              64 kernels of 3 x 3    (N, 64, 5, 5)    18,560
    c5              40 kernels of 3 x 3    (N, 40, 3, 3)    23,120
    average         mean of 3 x 3          (N, 40)
    output          fully connected        (N, 10)          410
    ==============  =====================  ===============  ==========

    Notes
    -----
    LeNet spends 58,284 of its parameters where there is nothing spatial left, and each of them is used once
    for an image. Here nearly all are in kernels, which are used at 9 to 576 places:

    - two convolutions of 3 x 3 see as much as one of 5 x 5 with 18 weights instead of 25 for a pair of maps,
      and bend the result once more in between (Simonyan and Zisserman, ICLR 2015, section 2.3);
    - the first layer has only one map to read, so a kernel of 5 x 5 costs next to nothing there, and the
      stride of 2 comes right after it: at 28 x 28 everything is dear;
    - batch normalisation after each convolution lets the learning rate be several times higher (Ioffe and
      Szegedy, ICML 2015); it makes a bias in front of it pointless;
    - a mean over the last 3 x 3 places takes the place of the two large layers (Lin, Chen and Yan,
      "Network in network", ICLR 2014, section 3.2).

    Examples
    --------
    >>> import torch
    >>> model = CompactNet()
    >>> sum(parameter.numel() for parameter in model.parameters())
    56474
    >>> model(torch.zeros(2, 1, 28, 28)).shape
    torch.Size([2, 10])
    """

    def __init__(self) -> None:
        """Set the layers up in the order in which images pass them, untrained."""
        super().__init__()
        self.c1 = _convolution(1, 16, 5)
        self.pool1 = nn.MaxPool2d(2)
        self.c2 = _convolution(16, 32, 3, padding=1)
        self.c3 = _convolution(32, 32, 3)
        self.pool3 = nn.MaxPool2d(2)
        self.c4 = _convolution(32, 64, 3, padding=1)
        self.c5 = _convolution(64, 40, 3)
        self.output = nn.Linear(40, 10)

    def forward(self, images: Tensor) -> Tensor:
        """Return a score for each digit.

        Parameters
        ----------
        images : Tensor of shape (N, 1, 28, 28)

        Returns
        -------
        Tensor of shape (N, 10)
        """
        # The largest of four is the same before ReLU and after it; behind the pool a quarter is left to do.
        x = F.relu(self.pool1(self.c1(images)))
        x = F.relu(self.c2(x))
        x = F.relu(self.pool3(self.c3(x)))
        x = F.relu(self.c4(x))
        x = F.relu(self.c5(x))
        return self.output(x.mean((2, 3)))


def _convolution(maps_in: int, maps_out: int, kernel: int, padding: int = 0) -> nn.Sequential:
    """Return a convolution and its batch normalisation."""
    return nn.Sequential(
        nn.Conv2d(maps_in, maps_out, kernel, padding=padding, bias=False),
        nn.BatchNorm2d(maps_out),
    )

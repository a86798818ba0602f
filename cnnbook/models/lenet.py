"""LeNet as it is built today, with every intermediate picture within reach."""

import torch.nn.functional as F  # noqa: N812 (torch's own short name)
from torch import Tensor, nn


class LeNet(nn.Module):
    """The network of 1998 with today's parts: 61,706 parameters from an image to ten scores.

    After LeCun, Bottou, Bengio and Haffner (1998), section II.B, with four changes: every map of C3 looks at
    all six maps of S2, ReLU takes the place of the sigmoid, pooling keeps the largest of four values instead
    of a weighted sum, and the output is one score for each digit instead of distances to drawn codes.

    ============  ========================  ===============
    step          layer                     shape
    ============  ========================  ===============
    (images)                                (N, 1, 32, 32)
    c1, relu1     6 kernels of 1 x 5 x 5    (N, 6, 28, 28)
    s2            largest of 2 x 2          (N, 6, 14, 14)
    c3, relu3     16 kernels of 6 x 5 x 5   (N, 16, 10, 10)
    s4            largest of 2 x 2          (N, 16, 5, 5)
    flatten                                 (N, 400)
    f5, relu5     fully connected           (N, 120)
    f6, relu6     fully connected           (N, 84)
    output        fully connected           (N, 10)
    ============  ========================  ===============

    Parameters
    ----------
    side : int, default 32
        Rows and columns of the images: 32, or 28 as MNIST comes; c1 then pads them with two zeros all round,
        which is how the paper brings its digits to 32 pixels.

    Raises
    ------
    ValueError
        If `side` is neither 28 nor 32.

    Notes
    -----
    The paper's C5 is a convolution whose kernel is as large as its input. That is a fully connected layer,
    and is written as one here.

    >>> import torch
    >>> LeNet()(torch.zeros(2, 1, 32, 32)).shape
    torch.Size([2, 10])
    """

    def __init__(self, side: int = 32) -> None:
        """Set the layers up in the order in which images pass them, untrained."""
        if side not in (28, 32):
            raise ValueError(f"LeNet: side is {side!r}, expected 28 or 32")
        super().__init__()
        self.c1 = nn.Conv2d(1, 6, 5, padding=(32 - side) // 2)
        self.relu1 = nn.ReLU()
        self.s2 = nn.MaxPool2d(2)
        self.c3 = nn.Conv2d(6, 16, 5)
        self.relu3 = nn.ReLU()
        self.s4 = nn.MaxPool2d(2)
        self.flatten = nn.Flatten()
        self.f5 = nn.Linear(16 * 5 * 5, 120)
        self.relu5 = nn.ReLU()
        self.f6 = nn.Linear(120, 84)
        self.relu6 = nn.ReLU()
        self.output = nn.Linear(84, 10)

    def forward(self, images: Tensor) -> Tensor:
        """Return a score for each digit; the largest is the answer.

        Parameters
        ----------
        images : Tensor of shape (N, 1, side, side)

        Returns
        -------
        Tensor of shape (N, 10)
        """
        return self.steps(images)["output"]

    def steps(self, images: Tensor) -> dict[str, Tensor]:
        """Return what every layer made of the images, in order, by the layer's name.

        Parameters
        ----------
        images : Tensor of shape (N, 1, side, side)

        Returns
        -------
        dict of str to Tensor
            From ``"c1"`` to ``"output"``, with the shapes of the table above, and at the end
            ``"probabilities"``: the softmax of the scores.

        >>> import torch
        >>> list(LeNet().steps(torch.zeros(1, 1, 32, 32)))[:3]
        ['c1', 'relu1', 's2']
        """
        made = {}
        for name, layer in self.named_children():
            images = made[name] = layer(images)
        made["probabilities"] = F.softmax(images, dim=1)
        return made

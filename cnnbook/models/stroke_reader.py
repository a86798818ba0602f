"""A whole convolutional network small enough to work out with a pencil, its weights set by hand."""

import torch
from torch import Tensor, nn

UPRIGHT = ((-1.0, 2.0, -1.0), (-1.0, 2.0, -1.0), (-1.0, 2.0, -1.0))


class StrokeReader(nn.Sequential):
    """Says whether a small picture holds an upright stroke or a level one.

    Two kernels of 3 x 3, ReLU, the largest of every 2 x 2 values, one row of eight numbers, two scores.
    Nothing was trained: the first kernel answers to upright strokes and the second to level ones, and each
    score adds up what speaks for its answer and subtracts what speaks for the other.

    >>> image = torch.zeros(1, 1, 6, 6)
    >>> image[..., 1:5, 3] = 1
    >>> StrokeReader()(image).tolist()
    [[10.0, -10.0]]
    """

    def __init__(self) -> None:
        """Set the layers up, with their weights."""
        super().__init__(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(8, 2))
        upright = torch.tensor(UPRIGHT)
        for_upright = torch.tensor([1.0] * 4 + [-1.0] * 4)
        self[0].weight.data = torch.stack([upright, upright.T])[:, None]
        self[0].bias.data = torch.tensor([-1.0, -1.0])
        self[4].weight.data = torch.stack([for_upright, -for_upright])
        self[4].bias.data = torch.zeros(2)

    def steps(self, image: Tensor) -> list[Tensor]:
        """Return what each layer made of one image, in order.

        Parameters
        ----------
        image : Tensor of shape (1, 6, 6)

        Returns
        -------
        list of Tensor
            Of shapes (2, 4, 4), (2, 4, 4), (2, 2, 2), (8,) and (2,).
        """
        made, x = [], image[None]
        for layer in self:
            x = layer(x)
            made.append(x[0].detach())
        return made

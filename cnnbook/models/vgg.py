"""VGG-16: nothing but small kernels, one upon the other.

K. Simonyan, A. Zisserman, "Very deep convolutional networks for large-scale image recognition", ICLR 2015,
table 1, column D.
"""

from __future__ import annotations

from torch import Tensor, nn

__all__ = ["VGG16"]


class VGG16(nn.Module):
    """Thirteen 3x3 convolutions in five stages, three fully connected layers: 138,357,544 parameters.

    Parameters
    ----------
    classes : int, default 1000

    Examples
    --------
    >>> import torch
    >>> with torch.device("meta"):
    ...     model = VGG16()
    >>> sum(parameter.numel() for parameter in model.parameters())
    138357544
    """

    def __init__(self, classes: int = 1000) -> None:
        """Make the layers in the order of computation."""
        super().__init__()
        self.features = nn.Sequential()
        before = 3
        for stage, (depth, maps) in enumerate([(2, 64), (2, 128), (3, 256), (3, 512), (3, 512)], start=1):
            for number in range(1, depth + 1):
                self.features.add_module(f"conv{stage}_{number}", nn.Conv2d(before, maps, 3, padding=1))
                self.features.add_module(f"relu{stage}_{number}", nn.ReLU())
                before = maps
            self.features.add_module(f"pool{stage}", nn.MaxPool2d(2))
        self.classifier = nn.Sequential(
            nn.Linear(512 * 7 * 7, 4096),
            nn.ReLU(),
            nn.Dropout(),
            nn.Linear(4096, 4096),
            nn.ReLU(),
            nn.Dropout(),
            nn.Linear(4096, classes),
        )

    def forward(self, x: Tensor) -> Tensor:
        """Return the scores (N, classes) of a batch (N, 3, 224, 224)."""
        return self.classifier(self.features(x).flatten(1))

"""AlexNet as published in 2012, and without its groups.

A. Krizhevsky, I. Sutskever, G. Hinton, "ImageNet classification with deep convolutional neural networks",
NIPS 2012.
"""

from __future__ import annotations

from torch import Tensor, nn

__all__ = ["AlexNet", "Overhang"]


class Overhang(nn.Module):
    """Zeros at the end of rows and columns, so that a window's last position counts although it hangs over.

    The network of 2012 rounds output sizes up: 224 pixels, windows of 11 and a stride of 4 make 55 positions.

    Parameters
    ----------
    kernel, stride : int
        Of the layer that follows.

    Examples
    --------
    >>> import torch
    >>> Overhang(11, 4)(torch.zeros(1, 3, 224, 227)).shape
    torch.Size([1, 3, 227, 227])
    """

    def __init__(self, kernel: int, stride: int) -> None:
        """Keep the window."""
        super().__init__()
        self.kernel, self.stride = kernel, stride

    def forward(self, x: Tensor) -> Tensor:
        """Extend a batch (N, C, H, W)."""
        rows, columns = (-(length - self.kernel) % self.stride for length in x.shape[2:])
        return nn.functional.pad(x, (0, columns, 0, rows))


class AlexNet(nn.Module):
    """Five convolutions, three fully connected layers: 60,965,224 parameters with groups, 62,378,344 without.

    Parameters
    ----------
    classes : int, default 1000
        Number of outputs.
    groups : bool or int, default True
        Cut layers 2, 4 and 5 into halves, as in 2012, so that two graphics cards could share the work; False
        connects every map to every map. A number says how many parts, True means 2.
    rounding : str, default "ceil"
        How the first layer counts its positions: ``"ceil"`` is the paper's reading, for images of 224 pixels,
        ``"floor"`` the usual retelling, for images of 227. The weights are the same.

    Raises
    ------
    ValueError
        If `rounding` is neither.

    Notes
    -----
    The paper says that images have 224 pixels and the first layer 55 x 55 units, with windows of 11 at a
    stride of 4. Without padding, floor((224 - 11) / 4) + 1 is 54. Two readings make it 55. The
    configurations released with the paper's code round up: the last window hangs over the edge by 3 pixels
    on one side, and sees zeros there. Most later texts keep rounding down and give the images 227 pixels,
    since (227 - 11) / 4 + 1 is 55 exactly. Both are the same layer on the same 227 pixels, but with rounding
    up the last three rows and columns are zero.

    PyTorch's response normalisation divides its alpha by the number of maps it sums over; the paper's does
    not.

    Examples
    --------
    >>> import torch
    >>> with torch.device("meta"):
    ...     model = AlexNet()
    >>> sum(parameter.numel() for parameter in model.parameters())
    60965224
    """

    def __init__(self, classes: int = 1000, groups: bool | int = True, rounding: str = "ceil") -> None:
        """Make the layers in the order of computation."""
        if rounding not in ("ceil", "floor"):
            raise ValueError(f"AlexNet: rounding is {rounding!r}, expected 'ceil' or 'floor'")
        super().__init__()
        groups = 2 if groups is True else max(1, groups)
        self.features = nn.Sequential()
        layers = {
            "overhang": Overhang(11, 4) if rounding == "ceil" else nn.Identity(),
            "conv1": nn.Conv2d(3, 96, 11, stride=4),
            "relu1": nn.ReLU(),
            "norm1": nn.LocalResponseNorm(5, alpha=5 * 1e-4, beta=0.75, k=2),
            "pool1": nn.MaxPool2d(3, stride=2),
            "conv2": nn.Conv2d(96, 256, 5, padding=2, groups=groups),
            "relu2": nn.ReLU(),
            "norm2": nn.LocalResponseNorm(5, alpha=5 * 1e-4, beta=0.75, k=2),
            "pool2": nn.MaxPool2d(3, stride=2),
            "conv3": nn.Conv2d(256, 384, 3, padding=1),
            "relu3": nn.ReLU(),
            "conv4": nn.Conv2d(384, 384, 3, padding=1, groups=groups),
            "relu4": nn.ReLU(),
            "conv5": nn.Conv2d(384, 256, 3, padding=1, groups=groups),
            "relu5": nn.ReLU(),
            "pool5": nn.MaxPool2d(3, stride=2),
        }
        for name, layer in layers.items():
            self.features.add_module(name, layer)
        self.classifier = nn.Sequential(
            nn.Dropout(),
            nn.Linear(256 * 6 * 6, 4096),
            nn.ReLU(),
            nn.Dropout(),
            nn.Linear(4096, 4096),
            nn.ReLU(),
            nn.Linear(4096, classes),
        )

    def forward(self, x: Tensor) -> Tensor:
        """Return the scores (N, classes) of a batch (N, 3, 224, 224), or 227 if rounding down."""
        return self.classifier(self.features(x).flatten(1))

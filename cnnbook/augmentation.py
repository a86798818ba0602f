"""New images out of old ones: affine and elastic distortion, and thicker or thinner strokes.

The distortions of 1998 are affine: shifts, scaling, squeezing and shearing (LeCun, Bottou, Bengio and
Haffner, section III.B). Elastic distortion is Simard, Steinkraus and Platt's, "Best practices for
convolutional neural networks applied to visual document analysis", ICDAR 2003: every pixel moves by a smooth
random field.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields

import torch
import torch.nn.functional as F  # noqa: N812 (torch's own short name)
from torch import Generator, Tensor

__all__ = ["DISTORTIONS", "Distortion", "change_thickness", "displacements", "random_affine"]


@dataclass(frozen=True)
class Distortion:
    """Distort every image of a batch in its own way; how strongly, the numbers say.

    Each amount is the largest that occurs, in both directions, and 0 leaves that kind out. All moves of a
    pixel are added up before the image is read once, by bilinear interpolation, so it is blurred once only.

    Parameters
    ----------
    shift : float, default 0
        Pixels, for rows and columns alike.
    scale : float, default 0
        Factor by which the image grows or shrinks, as a distance from 1.
    squeeze : float, default 0
        Factor by which rows grow while columns shrink, as a distance from 1.
    shear : float, default 0
        Columns that a pixel moves for each row between it and the middle.
    rotation : float, default 0
        Degrees.
    elastic : float, default 0
        Root mean square of the elastic displacement, in pixels, along each axis.
    smoothness : float, default 4
        Standard deviation in pixels of the Gaussian that smooths the elastic displacement.
    thickness : float, default 0
        How far strokes become their own dilation (or erosion) by one pixel: 1 is all the way.

    Raises
    ------
    ValueError
        If an amount is negative or not finite, or `smoothness` is not positive.

    Examples
    --------
    >>> images = torch.rand(5, 1, 32, 32)
    >>> made = Distortion(shift=2, rotation=10)(images, torch.Generator().manual_seed(0))
    >>> made.shape
    torch.Size([5, 1, 32, 32])
    """

    shift: float = 0.0
    scale: float = 0.0
    squeeze: float = 0.0
    shear: float = 0.0
    rotation: float = 0.0
    elastic: float = 0.0
    smoothness: float = 4.0
    thickness: float = 0.0

    def __post_init__(self) -> None:
        """Refuse amounts that mean nothing."""
        for field in fields(self):
            amount = getattr(self, field.name)
            if not (0 <= amount < math.inf) or (field.name == "smoothness" and not amount):
                expected = "a positive number" if field.name == "smoothness" else "a number from 0 up"
                raise ValueError(f"Distortion: {field.name} is {amount!r}, expected {expected}")

    def __call__(self, images: Tensor, generator: Generator | None = None) -> Tensor:
        """Return the images distorted; what comes in from outside is background.

        Parameters
        ----------
        images : Tensor of shape (N, C, H, W)
            With background 0 and ink up to 1.
        generator : Generator, optional
            Where chance comes from, on the device of `images`; torch's own without it.

        Returns
        -------
        Tensor of shape (N, C, H, W)
        """
        count, _, rows, columns = images.shape
        # Coordinates run from -1 to 1, the outer edges of the first and the last pixel.
        theta = random_affine(self, count, rows, columns, generator, images.device).to(images.dtype)
        grid = F.affine_grid(theta, list(images.shape), align_corners=False)
        if self.elastic:
            field = displacements(count, rows, columns, self.smoothness, generator, images.device)
            size = torch.tensor([2 / columns, 2 / rows], device=images.device)
            grid = grid + self.elastic * size * field.movedim(1, 3)
        moved = F.grid_sample(images, grid.to(images.dtype), align_corners=False)
        return change_thickness(moved, self.thickness, generator) if self.thickness else moved


def random_affine(
    amounts: Distortion,
    count: int,
    rows: int,
    columns: int,
    generator: Generator | None = None,
    device: torch.device | str = "cpu",
) -> Tensor:
    """Draw for each image where in the old image a pixel of the new one lies.

    Parameters
    ----------
    amounts : Distortion
    count, rows, columns : int
        N, H and W of the batch.
    generator : Generator, optional
    device : device, default "cpu"

    Returns
    -------
    Tensor of shape (N, 2, 3), float32
        Matrices for torch's ``affine_grid``: x before y, lengths in halves of the image.

    Examples
    --------
    >>> random_affine(Distortion(rotation=10), 4, 28, 28).shape
    torch.Size([4, 2, 3])
    """

    def draw(amount: float) -> Tensor:
        return amount * (2 * torch.rand(count, generator=generator, device=device) - 1)

    down, right = draw(amounts.shift) * 2 / rows, draw(amounts.shift) * 2 / columns
    scale, squeeze = 1 + draw(amounts.scale), 1 + draw(amounts.squeeze)
    shear, angle = draw(amounts.shear), torch.deg2rad(draw(amounts.rotation))
    height, width = (
        1 / (scale * squeeze),
        squeeze / scale,
    )  # an image twice as large is read in half the steps
    cos, sin, aspect = angle.cos(), angle.sin(), rows / columns
    x = torch.stack([width * cos + shear * sin, aspect * (shear * cos - width * sin), right], dim=1)
    y = torch.stack([height * sin / aspect, height * cos, down], dim=1)
    return torch.stack([x, y], dim=1)


def displacements(
    count: int,
    rows: int,
    columns: int,
    smoothness: float,
    generator: Generator | None = None,
    device: torch.device | str = "cpu",
) -> Tensor:
    """Draw smooth random fields: white noise, smoothed by a Gaussian, with a root mean square of 1.

    Parameters
    ----------
    count, rows, columns : int
        N, H and W.
    smoothness : float
        Standard deviation of the Gaussian, in pixels.
    generator : Generator, optional
    device : device, default "cpu"

    Returns
    -------
    Tensor of shape (N, 2, H, W), float32

    Examples
    --------
    >>> displacements(3, 28, 28, 4.0).shape
    torch.Size([3, 2, 28, 28])
    """
    noise = torch.randn(count, 2, rows, columns, generator=generator, device=device)
    return _smoothing(rows, smoothness).to(device) @ noise @ _smoothing(columns, smoothness).to(device).T


def _smoothing(length: int, deviation: float) -> Tensor:
    """Return the square matrix that smooths white noise along one axis and keeps its variance at 1."""
    place = torch.arange(length)
    weights = torch.exp(-(((place[:, None] - place) / deviation) ** 2) / 2)
    return weights / weights.norm(dim=1, keepdim=True)


def change_thickness(images: Tensor, amount: float, generator: Generator | None = None) -> Tensor:
    """Mix each image with its dilation or its erosion by 3 x 3 pixels, in a random share.

    Parameters
    ----------
    images : Tensor of shape (N, C, H, W)
    amount : float
        The largest share.
    generator : Generator, optional

    Returns
    -------
    Tensor of shape (N, C, H, W)

    Examples
    --------
    >>> dot = torch.zeros(1, 1, 5, 5)
    >>> dot[..., 2, 2] = 1
    >>> bool(change_thickness(dot, 1.0).sum() != 1)
    True
    """
    share = amount * (2 * torch.rand(len(images), 1, 1, 1, generator=generator, device=images.device) - 1)
    sign = share.sign()  # erosion is dilation of what is not ink
    return images.lerp(sign * _dilated(sign * images), share.abs())


def _dilated(images: Tensor) -> Tensor:
    """Replace each pixel by the largest of the 3 x 3 around it; quicker by slices than as pooling."""
    framed = F.pad(images, (1, 1, 1, 1), value=-math.inf)
    rows = framed[..., :-2, :].maximum(framed[..., 1:-1, :]).maximum(framed[..., 2:, :])
    return rows[..., :-2].maximum(rows[..., 1:-1]).maximum(rows[..., 2:])


# Chosen on held-out training images of MNIST; see benchmarks/mnist.py. "affine" is what the paper of 1998
# did, by amounts that it does not tell; "slight" is for training that must be over soon; "drawing" is for
# digits that somebody draws with a mouse.
DISTORTIONS = {
    "slight": Distortion(shift=1.5, scale=0.08, shear=0.1, rotation=6),
    "affine": Distortion(shift=2, scale=0.1, squeeze=0.1, shear=0.15, rotation=8),
    "elastic": Distortion(shift=2, scale=0.1, squeeze=0.1, shear=0.15, rotation=8, elastic=1.0),
    "drawing": Distortion(
        shift=2, scale=0.15, squeeze=0.1, shear=0.2, rotation=12, elastic=1.0, thickness=0.6
    ),
}

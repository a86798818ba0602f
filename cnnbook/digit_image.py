"""From a picture of a digit, of any size and colour, to 28 x 28 pixels as MNIST holds them.

MNIST's digits were scaled to fit 20 x 20 pixels without changing their proportions, and put into 28 x 28 so
that the centre of their mass is in the middle, at row and column 14 (LeCun, Bottou, Bengio and Haffner,
1998, section III.A). A network that learned from them reads other pictures only if they are treated alike.
"""

import os

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError
from PIL.Image import Resampling
from scipy import ndimage

SIDE, BOX = 28, 20
# In pixels of the small picture: what is thinner is drawn over with a wider pen.
_THINNEST = 2.0


def read_picture(path: str | os.PathLike) -> np.ndarray:
    """Return the grey values of a picture file, turned as the camera was held, on white where it is clear.

    Parameters
    ----------
    path : path
        Anything that Pillow reads: PNG, JPEG, WebP, GIF, ...

    Returns
    -------
    ndarray of shape (H, W), float32
        From 0 (black) to 1 (white).

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If it is no picture, is damaged, or is too large to be one of a digit.
    """
    if not os.path.isfile(path):
        raise FileNotFoundError(f"read_picture: {path} is not there")
    try:
        with Image.open(path) as file:
            picture = ImageOps.exif_transpose(file).convert("RGBA")
    except UnidentifiedImageError:
        raise ValueError(f"read_picture: {path} is no picture, expected PNG, JPEG or the like") from None
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValueError(f"read_picture: {path} cannot be read: {error}") from None
    white = Image.new("RGBA", picture.size, "white")
    return np.asarray(Image.alpha_composite(white, picture).convert("L"), np.float32) / 255


def find_digit(grey: np.ndarray) -> np.ndarray:
    """Return the digit in a picture as MNIST would hold it.

    Parameters
    ----------
    grey : ndarray of shape (H, W)
        From 0 (black) to 1 (white): one digit, dark on light or light on dark, not touching the border all
        round. Light may fall unevenly; specks are left out.

    Returns
    -------
    ndarray of shape (28, 28), float32
        From 0 (background) to 1 (ink).

    Raises
    ------
    ValueError
        If nothing stands out from the background.

    >>> picture = np.ones((90, 60))
    >>> picture[20:70, 28:34] = 0.2
    >>> int((find_digit(picture) > 0.5).any(1).sum())
    20
    """
    return centre(thicken(without_specks(ink(grey))))


def ink(grey: np.ndarray) -> np.ndarray:
    """Return how much ink each pixel of a picture holds, whichever of ink and paper is darker.

    The paper is taken for a plane through the picture's border: its brightness can rise from one side to the
    other. What differs from it the most is ink. What differs by less than the border does by itself is not.

    Parameters
    ----------
    grey : ndarray of shape (H, W)
        From 0 to 1.

    Returns
    -------
    ndarray of shape (H, W), float64
        From 0 (paper) to 1 (the ink's usual darkness and beyond).

    Raises
    ------
    ValueError
        If the picture is empty, or nothing differs from the paper by a twentieth of the range.

    >>> ink(np.array([[0.9, 0.9, 0.9], [0.9, 0.1, 0.9], [0.9, 0.9, 0.9]])).round(2).max()
    np.float64(1.0)
    """
    if grey.ndim != 2 or min(grey.shape) < 2:
        raise ValueError(f"ink: grey has the shape {grey.shape}, expected (H, W) with at least 2 of each")
    paper, noise = _paper(grey.astype(float))
    difference = grey - paper
    if -difference.min() > difference.max():
        difference = -difference
    if difference.max() < 0.05:
        raise ValueError("ink: nothing stands out in the picture, expected one digit on an even background")
    full = np.median(difference[difference > _threshold(difference)])
    floor = min(3 * noise, full / 2)
    return np.clip((difference - floor) / (full - floor), 0, 1)


def _paper(grey: np.ndarray) -> tuple[np.ndarray, float]:
    """Fit a plane to the border; what lies far from it, where strokes run out of the picture, is left out."""
    rows, columns = np.indices(grey.shape)
    plane = np.stack([np.ones(grey.shape), rows, columns], axis=-1)
    border = np.ones(grey.shape, bool)
    border[1:-1, 1:-1] = False
    places, values = plane[border], grey[border]
    near = np.ones(len(values), bool)
    for _ in range(5):
        weights = np.linalg.lstsq(places[near], values[near])[0]
        off = np.abs(values - places @ weights)
        near = off <= max(3 * np.median(off), 1e-6)
    return plane @ weights, float(np.sqrt(np.mean(off[near] ** 2)))


def _threshold(values: np.ndarray) -> float:
    """Return where to cut values into two classes that differ as much as can be (Otsu, 1979)."""
    counts, edges = np.histogram(values, 256)
    middles = (edges[:-1] + edges[1:]) / 2
    below = counts.cumsum()[:-1]
    above = counts.sum() - below
    sums = (counts * middles).cumsum()
    gap = sums[:-1] / np.maximum(below, 1) - (sums[-1] - sums[:-1]) / np.maximum(above, 1)
    return float(edges[1:-1][np.argmax(below * above * gap**2)])


def without_specks(ink: np.ndarray) -> np.ndarray:
    """Return the ink without spots smaller than a twentieth of the largest connected piece.

    >>> spots = np.zeros((20, 20))
    >>> spots[2:12, 2:8] = 1
    >>> spots[17, 17] = 1
    >>> without_specks(spots)[17, 17]
    np.float64(0.0)
    """
    pieces, count = ndimage.label(ink > 0.5, np.ones((3, 3)))
    sizes = np.bincount(pieces.ravel(), minlength=count + 1)
    sizes[0] = 0
    kept = (sizes >= sizes.max() / 20)[pieces] & (pieces > 0)
    around = max(1, round(max(ink.shape) / 50))  # grey edges belong to their piece
    return np.where(ndimage.binary_dilation(kept, np.ones((3, 3)), around), ink, 0)


def thicken(ink: np.ndarray) -> np.ndarray:
    """Widen strokes that would be too faint once the picture is small: pens are thinner than MNIST's.

    The mean distance to the edge, over the inside of a long bar, is a quarter of the bar's width.
    """
    inside = ink > 0.5
    width = 4 * ndimage.distance_transform_edt(np.pad(inside, 1))[1:-1, 1:-1][inside].mean()
    wanted = _THINNEST * max(np.ptp(np.nonzero(inside), axis=1) + 1) / BOX
    radius = round((wanted - width) / 2)
    if radius < 1:
        return ink
    distances = np.hypot(*np.ogrid[-radius : radius + 1, -radius : radius + 1])
    return ndimage.grey_dilation(np.pad(ink, radius), footprint=distances <= radius)


def centre(ink: np.ndarray) -> np.ndarray:
    """Scale ink to fit 20 x 20 pixels, and put the centre of its mass into the middle of 28 x 28.

    Parameters
    ----------
    ink : ndarray of shape (H, W)
        From 0 to 1, somewhere above a half.

    Returns
    -------
    ndarray of shape (28, 28), float32

    >>> centre(np.eye(20)).shape
    (28, 28)
    """
    rows, columns = (np.flatnonzero((ink > 0.05).any(axis)) for axis in (1, 0))
    cut = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].astype(np.float32)
    scale = BOX / max(cut.shape)
    height, width = (max(1, round(length * scale)) for length in cut.shape)
    method = Resampling.BOX if scale < 1 else Resampling.BILINEAR
    small = np.clip(np.asarray(Image.fromarray(cut).resize((width, height), method)), 0, 1)
    small = small / small.max()
    framed = np.zeros((SIDE, SIDE), np.float32)
    middle = ndimage.center_of_mass(small)
    top, left = (
        int(np.clip(round(SIDE / 2 - mass), 0, SIDE - length))
        for mass, length in zip(middle, small.shape, strict=True)
    )
    framed[top : top + height, left : left + width] = small
    return framed

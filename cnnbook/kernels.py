"""Named image kernels: the small number grids that blur, sharpen, and find edges.

Every kernel is written as it lies on the image: its top left number weighs the pixel at the top left. That
is the convention of `cnnbook.convolution.correlate` and of a network's layers. Kernels that look the same
after half a turn (`identity`, `box`, `gaussian`, `laplacian`, `sharpen`) give the same result by
`cnnbook.convolution.convolve`; the others do not.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

__all__ = ["box", "emboss", "gaussian", "identity", "laplacian", "prewitt", "separate", "sharpen", "sobel"]


def identity(size: int = 3) -> np.ndarray:
    """Return the kernel that leaves an image as it is: a single one in the middle.

    Parameters
    ----------
    size : int, default 3
        Rows and columns, odd.

    Returns
    -------
    ndarray of shape (size, size), int

    Raises
    ------
    ValueError
        If `size` is not a positive odd number.

    >>> identity()
    array([[0, 0, 0],
           [0, 1, 0],
           [0, 0, 0]])
    """
    middle = _middle("identity", size)
    kernel = np.zeros((size, size), int)
    kernel[middle, middle] = 1
    return kernel


def box(size: int = 3) -> np.ndarray:
    """Return the kernel of the plain average: `size` times `size` equal weights that sum to one.

    Parameters
    ----------
    size : int, default 3
        Rows and columns, odd.

    Returns
    -------
    ndarray of shape (size, size)

    Raises
    ------
    ValueError
        If `size` is not a positive odd number.

    References
    ----------
    Burger and Burge, Digital Image Processing, 2nd ed., Springer 2016, ch. 5 (linear filters).

    >>> (9 * box()).round().astype(int)
    array([[1, 1, 1],
           [1, 1, 1],
           [1, 1, 1]])
    """
    _middle("box", size)
    return np.full((size, size), 1 / size**2)


def gaussian(size: int, sigma: float) -> np.ndarray:
    """Return the kernel of the Gaussian blur: near pixels weigh more, the same in every direction.

    Parameters
    ----------
    size : int
        Rows and columns, odd. Six times `sigma` leaves nearly nothing outside.
    sigma : float
        Standard deviation of the bell, in pixels.

    Returns
    -------
    ndarray of shape (size, size)
        Samples of ``exp(-(i^2 + j^2) / (2 sigma^2))`` around the middle, divided by their sum.

    Raises
    ------
    ValueError
        If `size` is not a positive odd number or `sigma` is not positive.

    References
    ----------
    Burger and Burge, Digital Image Processing, 2nd ed., Springer 2016, ch. 5 (linear filters).

    >>> gaussian(3, sigma=0.8).round(2)
    array([[0.06, 0.12, 0.06],
           [0.12, 0.27, 0.12],
           [0.06, 0.12, 0.06]])
    """
    middle = _middle("gaussian", size)
    if not sigma > 0:
        raise ValueError(f"gaussian: sigma is {sigma}, expected a positive number of pixels")
    bell = np.exp(-((np.arange(size) - middle) ** 2) / (2 * sigma**2))
    bell /= bell.sum()
    return np.outer(bell, bell)


def sobel(axis: int) -> np.ndarray:
    """Return Sobel's kernel: the brightness difference along one axis, smoothed along the other.

    Parameters
    ----------
    axis : {0, 1}
        Where the difference is taken: 1 from left to right (finds upright edges), 0 from top to bottom
        (finds level edges). Positive where the image gets brighter in that direction.

    Returns
    -------
    ndarray of shape (3, 3), int

    Raises
    ------
    ValueError
        If `axis` is neither 0 nor 1.

    References
    ----------
    Sobel and Feldman, "A 3x3 isotropic gradient operator for image processing", talk at the Stanford
    Artificial Intelligence Project, 1968.

    >>> sobel(axis=1)
    array([[-1,  0,  1],
           [-2,  0,  2],
           [-1,  0,  1]])
    """
    return _difference("sobel", axis, [1, 2, 1])


def prewitt(axis: int) -> np.ndarray:
    """Return Prewitt's kernel: as `sobel`, with equal weights in the smoothing.

    Parameters
    ----------
    axis : {0, 1}
        As for `sobel`.

    Returns
    -------
    ndarray of shape (3, 3), int

    Raises
    ------
    ValueError
        If `axis` is neither 0 nor 1.

    References
    ----------
    Prewitt, "Object enhancement and extraction", in Picture Processing and Psychopictorics, Academic
    Press 1970.

    >>> prewitt(axis=0)
    array([[-1, -1, -1],
           [ 0,  0,  0],
           [ 1,  1,  1]])
    """
    return _difference("prewitt", axis, [1, 1, 1])


def laplacian() -> np.ndarray:
    """Return the Laplacian: the sum of the four neighbours minus four times the pixel.

    It is the second difference along the rows plus that along the columns: zero on every even slope.

    Returns
    -------
    ndarray of shape (3, 3), int

    References
    ----------
    Burger and Burge, Digital Image Processing, 2nd ed., Springer 2016, ch. 6 (edges and contours).

    >>> laplacian()
    array([[ 0,  1,  0],
           [ 1, -4,  1],
           [ 0,  1,  0]])
    """
    return np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]])


def sharpen() -> np.ndarray:
    """Return the sharpening kernel: the image minus its `laplacian`.

    Returns
    -------
    ndarray of shape (3, 3), int

    References
    ----------
    Burger and Burge, Digital Image Processing, 2nd ed., Springer 2016, ch. 6 (edges and contours).

    >>> sharpen()
    array([[ 0, -1,  0],
           [-1,  5, -1],
           [ 0, -1,  0]])
    """
    return identity() - laplacian()


def emboss() -> np.ndarray:
    """Return the emboss kernel: the image plus its slope towards the lower right.

    Edges that face the upper left get brighter and the others darker, as if a raised surface were lit from
    there. The customary kernel of image editors.

    Returns
    -------
    ndarray of shape (3, 3), int

    >>> emboss()
    array([[-2, -1,  0],
           [-1,  1,  1],
           [ 0,  1,  2]])
    """
    return np.array([[-2, -1, 0], [-1, 1, 1], [0, 1, 2]])


def separate(kernel: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Split a separable kernel into a column and a row whose outer product it is.

    Parameters
    ----------
    kernel : array_like of shape (R, S)

    Returns
    -------
    column : ndarray of shape (R,)
    row : ndarray of shape (S,)
        Scaled so that the row has a one where the kernel has its largest magnitude.

    Raises
    ------
    ValueError
        If `kernel` is not two-dimensional or no column and row multiply to it (its rank is more than one).

    >>> column, row = separate([[1, 2, 1], [2, 4, 2], [1, 2, 1]])
    >>> column, row
    (array([2, 4, 2]), array([0.5, 1. , 0.5]))
    >>> np.outer(column, row).astype(int)
    array([[1, 2, 1],
           [2, 4, 2],
           [1, 2, 1]])
    """
    kernel = np.asarray(kernel)
    if kernel.ndim != 2 or kernel.size == 0:
        raise ValueError(f"separate: kernel has shape {kernel.shape}, expected rows and columns")
    r, s = np.unravel_index(np.abs(kernel).argmax(), kernel.shape)
    peak = kernel[r, s] if kernel[r, s] else 1
    column, row = kernel[:, s], kernel[r] / peak
    if not np.allclose(np.outer(column, row), kernel):
        rank = np.linalg.matrix_rank(kernel)
        raise ValueError(f"separate: kernel has rank {rank}, expected rank one, a column times a row")
    return column, row


def _middle(function: str, size: int) -> int:
    """Return the index of the middle row, or say why there is none."""
    if size < 1 or size % 2 == 0:
        raise ValueError(f"{function}: size is {size}, expected a positive odd number")
    return size // 2


def _difference(function: str, axis: int, smoothing: list[int]) -> np.ndarray:
    """Return a central difference along one axis, smoothed along the other."""
    if axis not in (0, 1):
        raise ValueError(f"{function}: axis is {axis}, expected 0 (top to bottom) or 1 (left to right)")
    rightward = np.outer(smoothing, [-1, 0, 1])
    return rightward if axis == 1 else rightward.T

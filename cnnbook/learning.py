"""A convolution layer that learns its kernel from pairs of images, by plain gradient descent, in NumPy."""

import numpy as np
from numpy.typing import ArrayLike

from cnnbook.functional import conv2d, conv2d_backward

__all__ = ["learn_kernel"]


def learn_kernel(
    images: ArrayLike, wanted: ArrayLike, start: ArrayLike, *, steps: int, rate: float
) -> np.ndarray:
    """Change a kernel step by step so that its cross-correlation with `images` comes close to `wanted`.

    The loss is the mean of the squared differences over all output pixels. Every step subtracts `rate` times
    its gradient.

    Parameters
    ----------
    images : array_like of shape (N, H, W)
    wanted : array_like of shape (N, H - R + 1, W - S + 1)
        The output that each image should give.
    start : array_like of shape (R, S)
        The kernel before the first step.
    steps : int
        0 or more.
    rate : float
        Learning rate, positive. Above a limit that depends on the images the steps overshoot and grow.

    Returns
    -------
    ndarray of shape (steps + 1, R, S)
        The kernel before the first step and after each.

    Raises
    ------
    ValueError
        If the shapes do not belong together, `steps` is negative or `rate` is not positive.
    ArithmeticError
        If the steps grow beyond all numbers, because `rate` is too large.

    Examples
    --------
    From one image of noise a kernel that only copies the pixel to its right:

    >>> image = np.random.default_rng(0).standard_normal((1, 12, 12))
    >>> kernels = learn_kernel(image, image[:, :, 1:], np.zeros((1, 2)), steps=60, rate=0.3)
    >>> kernels[-1].round(3).tolist()
    [[0.0, 1.0]]
    """
    images, wanted, start = (np.asarray(array, dtype=float) for array in (images, wanted, start))
    if steps < 0 or not rate > 0:
        raise ValueError(f"learn_kernel: got steps {steps} and rate {rate}, expected steps >= 0 and rate > 0")
    x, w = images[:, np.newaxis], start[np.newaxis, np.newaxis]
    if conv2d(x, w)[:, 0].shape != wanted.shape:
        raise ValueError(
            f"learn_kernel: wanted has shape {wanted.shape}, expected {conv2d(x, w)[:, 0].shape}, what a "
            f"kernel of shape {start.shape} makes of images of shape {images.shape}"
        )
    kernels = [start]
    for _ in range(steps):
        difference = conv2d(x, w) - wanted[:, np.newaxis]
        slope = conv2d_backward(2 * difference / difference.size, x, w)[1]
        w = w - rate * slope
        kernels.append(w[0, 0])
        if not np.abs(w).max() < 1e100:
            raise ArithmeticError(f"learn_kernel: the steps grow without end; rate {rate} is too large")
    return np.stack(kernels)

"""Local response normalisation: of every value by its neighbours in the channels around it."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from cnnbook.functional._checks import as_floats, as_integer
from cnnbook.functional._gradients import as_gradient, widened
from cnnbook.functional.activation import as_real_number


def local_response_norm(
    input: ArrayLike, size: int, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0
) -> np.ndarray:
    """Divide every value by a power of the energy of its neighbours in the channels around it.

    ``x / (k + alpha / size * sum of x**2 over size channels) ** beta``. The window reaches ``size // 2``
    channels back and ``(size - 1) // 2`` ahead. The paper's alpha is not divided by `size`.

    Parameters
    ----------
    input : array_like of shape (N, C, ...)
        Floating-point numbers, at least 3 dimensions.
    size : int
        Channels in the window, at least 1.
    alpha, beta, k : float, default 1e-4, 0.75 and 1
        As in the formula.

    Returns
    -------
    ndarray of the input's shape and dtype

    Raises
    ------
    TypeError, ValueError
        If `input` is not floating-point or has fewer than 3 dimensions, or `size` is not a positive integer.

    References
    ----------
    Krizhevsky, Sutskever and Hinton, "ImageNet classification with deep convolutional neural networks",
    NIPS 2012, section 3.3.

    Examples
    --------
    >>> local_response_norm(np.full((1, 3, 1), 2.0), size=3, alpha=3.0, beta=1.0, k=0.0).ravel()
    array([0.25      , 0.16666667, 0.25      ])
    """
    input, size, options = _as_response("local_response_norm", input, size, alpha, beta, k)
    x = widened(input)
    with np.errstate(all="ignore"):
        return np.asarray(x / _energy(x, size, *options) ** options[1], input.dtype)


def local_response_norm_backward(
    grad_output: ArrayLike,
    input: ArrayLike,
    size: int,
    alpha: float = 1e-4,
    beta: float = 0.75,
    k: float = 1.0,
) -> np.ndarray:
    """Return the gradient of `local_response_norm`: the direct part, less what acts through the neighbours.

    >>> local_response_norm_backward(np.ones((1, 1, 1)), np.full((1, 1, 1), 2.0), 1, alpha=1.0, beta=1.0)
    array([[[-0.12]]])
    """
    name = "local_response_norm_backward"
    input, size, (alpha, beta, k) = _as_response(name, input, size, alpha, beta, k)
    gradient = widened(as_gradient(grad_output, name, input.shape, input.dtype))
    x = widened(input)
    with np.errstate(all="ignore"):
        energy = _energy(x, size, alpha, beta, k)
        through = gradient * x * energy ** (-beta - 1)
        # Channel c is in the windows of those channels that see it: the window, mirrored.
        through = _sum_of_channels(through, (size - 1) // 2, size // 2)
        grad_input = gradient * energy**-beta - (2 * alpha * beta / size) * x * through
        return np.asarray(grad_input, input.dtype)


def _energy(x: np.ndarray, size: int, alpha: float, beta: float, k: float) -> np.ndarray:
    return k + alpha / size * _sum_of_channels(x * x, size // 2, (size - 1) // 2)


def _sum_of_channels(values: np.ndarray, back: int, ahead: int) -> np.ndarray:
    """Return for every channel the sum over the channels from `back` before it to `ahead` after it."""
    total = values.copy()
    channels = values.shape[1]
    for step in range(1, min(back, channels - 1) + 1):
        total[:, step:] += values[:, :-step]
    for step in range(1, min(ahead, channels - 1) + 1):
        total[:, :-step] += values[:, step:]
    return total


def _as_response(operator, input, size, alpha, beta, k):
    input = as_floats(input, operator)
    if input.ndim < 3:
        raise ValueError(f"{operator}: input must have at least 3 dimensions (N, C, ...), got {input.shape}")
    options = zip((alpha, beta, k), ("alpha", "beta", "k"), strict=True)
    numbers = tuple(as_real_number(value, operator, name) for value, name in options)
    return input, as_integer(size, operator, "size", 1), numbers

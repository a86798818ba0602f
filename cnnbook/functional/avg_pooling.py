"""Average pooling: the mean of every window."""

from __future__ import annotations

import math
from functools import reduce

import numpy as np
from numpy.typing import ArrayLike

from cnnbook.functional._checks import as_floats, as_integer, as_numbers
from cnnbook.functional._gradients import as_gradient, widened
from cnnbook.functional._windows import Pool, spread


def avg_pool2d(
    input: ArrayLike,
    kernel_size: int | tuple[int, int],
    stride: int | tuple[int, int] | None = None,
    padding: int | tuple[int, int] = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> np.ndarray:
    """Return the mean of every window of an image.

    Parameters
    ----------
    input : array_like of shape (N, C, H, W) or (C, H, W)
        Floating-point numbers or int64, whose means are rounded towards zero.
    kernel_size : int or (int, int)
        Rows and columns of the window.
    stride : int or (int, int), optional
        Step of the window; by default `kernel_size`, so that windows do not overlap.
    padding : int or (int, int), default 0
        Zeros added on each side, at most half of `kernel_size`.
    ceil_mode : bool, default False
        Also keep a last window that hangs over the edge.
    count_include_pad : bool, default True
        Divide by the size of the window with the zeros of the padding; if False, by the number of values
        that come from the input. What hangs over the padding is never counted.
    divisor_override : int, optional
        Divide by this number instead.

    Returns
    -------
    ndarray of shape (N, C, P, Q) or (C, P, Q)
        In the input's dtype.

    Raises
    ------
    TypeError, ValueError
        On anything that PyTorch rejects, naming the argument.

    References
    ----------
    LeCun et al., "Gradient-based learning applied to document recognition", Proceedings of the IEEE 86
    (1998), section II.B: there the layers S2 and S4, with a weight and a bias, "sub-sample" in this way.

    Examples
    --------
    >>> image = np.arange(16.0).reshape(1, 4, 4)
    >>> avg_pool2d(image, 2)
    array([[[ 2.5,  4.5],
            [10.5, 12.5]]])
    >>> avg_pool2d(image, 3, stride=3, padding=1, count_include_pad=False)
    array([[[ 2.5,  4.5],
            [10.5, 12.5]]])
    """
    arguments = (kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override)
    return _pooled("avg_pool2d", 2, input, *arguments)


def avg_pool2d_backward(
    grad_output: ArrayLike,
    input: ArrayLike,
    kernel_size: int | tuple[int, int],
    stride: int | tuple[int, int] | None = None,
    padding: int | tuple[int, int] = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> np.ndarray:
    """Return the gradient of `avg_pool2d`: every window shares its gradient out evenly.

    >>> avg_pool2d_backward([[[4.0]]], np.zeros((1, 2, 2)), kernel_size=2)
    array([[[1., 1.],
            [1., 1.]]])
    """
    arguments = (kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override)
    return _pooled_backward("avg_pool2d_backward", 2, grad_output, input, *arguments)


def avg_pool1d(
    input: ArrayLike,
    kernel_size: int | tuple[int],
    stride: int | tuple[int] | None = None,
    padding: int | tuple[int] = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> np.ndarray:
    """Return the mean of every window of a sequence (N, C, L) or (C, L); as `avg_pool2d`, without a divisor.

    >>> avg_pool1d([[1.0, 3.0, 2.0, 6.0]], kernel_size=2)
    array([[2., 4.]])
    """
    arguments = (kernel_size, stride, padding, ceil_mode, count_include_pad, None)
    return _pooled("avg_pool1d", 1, input, *arguments)


def avg_pool1d_backward(
    grad_output: ArrayLike,
    input: ArrayLike,
    kernel_size: int | tuple[int],
    stride: int | tuple[int] | None = None,
    padding: int | tuple[int] = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> np.ndarray:
    """Return the gradient of `avg_pool1d`; see `avg_pool2d_backward`.

    >>> avg_pool1d_backward([[1.0, 2.0, 3.0]], np.zeros((1, 4)), kernel_size=2, stride=1)
    array([[0.5, 1.5, 2.5, 1.5]])
    """
    arguments = (kernel_size, stride, padding, ceil_mode, count_include_pad, None)
    return _pooled_backward("avg_pool1d_backward", 1, grad_output, input, *arguments)


def avg_pool3d(
    input: ArrayLike,
    kernel_size: int | tuple[int, int, int],
    stride: int | tuple[int, int, int] | None = None,
    padding: int | tuple[int, int, int] = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> np.ndarray:
    """Return the mean of every window of a volume (N, C, D, H, W) or (C, D, H, W); as `avg_pool2d`.

    >>> avg_pool3d(np.arange(8.0).reshape(1, 2, 2, 2), kernel_size=2)
    array([[[[3.5]]]])
    """
    arguments = (kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override)
    return _pooled("avg_pool3d", 3, input, *arguments)


def avg_pool3d_backward(
    grad_output: ArrayLike,
    input: ArrayLike,
    kernel_size: int | tuple[int, int, int],
    stride: int | tuple[int, int, int] | None = None,
    padding: int | tuple[int, int, int] = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> np.ndarray:
    """Return the gradient of `avg_pool3d`; see `avg_pool2d_backward`.

    >>> avg_pool3d_backward([[[[8.0]]]], np.zeros((1, 2, 1, 2)), kernel_size=(2, 1, 2))
    array([[[[2., 2.]],
    <BLANKLINE>
            [[2., 2.]]]])
    """
    arguments = (kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override)
    return _pooled_backward("avg_pool3d_backward", 3, grad_output, input, *arguments)


def _pooled(operator, n, input, kernel, stride, padding, ceil_mode, include_pad, divisor):
    input = as_numbers(input, operator)
    if input.dtype.kind != "f" and input.dtype != np.int64:
        raise TypeError(f"{operator}: input must be floating-point or int64, got {input.dtype}")
    pool = _checked(operator, input, n, kernel, stride, padding, ceil_mode)
    divisor = _divisor(pool, include_pad, divisor)
    with np.errstate(all="ignore"):
        if input.dtype == np.int64:
            total = pool.reduce(np.add, 0, np.int64)
            mean = np.sign(total) * np.sign(divisor) * (np.abs(total) // np.abs(divisor))
        else:
            dtype = np.result_type(input.dtype, np.float32)
            if pool.is_global:  # the sum over a whole plane is its product with ones
                size = math.prod(pool.planes.shape[1:])
                planes = pool.planes.reshape(-1, size).astype(dtype, copy=False)
                mean = planes @ np.ones(size, dtype) / divisor.astype(dtype)
            else:
                mean = pool.reduce(np.add, 0, dtype, divisor.astype(dtype))
        return mean.astype(input.dtype, copy=False).reshape(pool.output_shape)


def _pooled_backward(
    operator, n, grad_output, input, kernel, stride, padding, ceil_mode, include_pad, divisor
):
    input = as_floats(input, operator)
    pool = _checked(operator, input, n, kernel, stride, padding, ceil_mode)
    gradient = widened(as_gradient(grad_output, operator, pool.output_shape, input.dtype))
    with np.errstate(all="ignore"):
        gradient = gradient.reshape(-1 if gradient.size else 0, *pool.counts)
        gradient = gradient / _divisor(pool, include_pad, divisor).astype(gradient.dtype)
        for axis in range(n, 0, -1):
            gradient = spread(gradient, pool.windows[axis - 1], axis)
        return gradient.astype(input.dtype, copy=False).reshape(input.shape)


def _checked(operator, input, n, kernel, stride, padding, ceil_mode) -> Pool:
    pool = Pool.check(operator, input, n, kernel, stride, padding, 1, ceil_mode)
    if n == 3 and any(window.kernel > window.length for window in pool.windows):
        raise ValueError(  # in three dimensions, and only there, PyTorch does not let padding help
            f"{operator}: kernel_size {kernel} must not be larger than the input {input.shape}"
        )
    return pool


def _divisor(pool: Pool, include_pad: bool, override: int | None) -> np.ndarray:
    """Return what to divide the sum of every window by, broadcastable to (P, Q)."""
    if not isinstance(include_pad, bool | np.bool_):
        raise TypeError(f"{pool.operator}: count_include_pad must be True or False, got {include_pad!r}")
    if override is not None:
        divisor = as_integer(override, pool.operator, "divisor_override")
        if not divisor:
            raise ValueError(f"{pool.operator}: divisor_override must not be 0, got {override!r}")
        return np.array(divisor)
    sizes = reduce(np.multiply.outer, (window.sizes(include_pad) for window in pool.windows))
    return sizes if sizes.size and np.ptp(sizes) else sizes.reshape(-1)[:1]  # one number divides faster

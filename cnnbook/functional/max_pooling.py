"""Max pooling: the largest value of every window.

Only the largest value passes, so only it receives a gradient. Of equal values it is the first one in the
window, row by row; of several NaN it is the last, as in PyTorch.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from cnnbook.functional._checks import as_floats, as_numbers
from cnnbook.functional._gradients import as_gradient
from cnnbook.functional._maximum import lowest, positions_of_maxima, scatter_to_maxima
from cnnbook.functional._windows import Pool


def max_pool2d(
    input: ArrayLike,
    kernel_size: int | tuple[int, int],
    stride: int | tuple[int, int] | None = None,
    padding: int | tuple[int, int] = 0,
    dilation: int | tuple[int, int] = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> np.ndarray | tuple[np.ndarray, np.ndarray]:
    """Return the largest value of every window of an image.

    Parameters
    ----------
    input : array_like of shape (N, C, H, W) or (C, H, W)
        Floating-point numbers or integers. NaN counts as larger than everything.
    kernel_size : int or (int, int)
        Rows and columns of the window.
    stride : int or (int, int), optional
        Step of the window; by default `kernel_size`, so that windows do not overlap.
    padding : int or (int, int), default 0
        Positions added on each side, at most half of `kernel_size`. They are never the largest.
    dilation : int or (int, int), default 1
        Distance between the values of a window.
    ceil_mode : bool, default False
        Also keep a last window that hangs over the edge.
    return_indices : bool, default False
        Also return where each largest value is.

    Returns
    -------
    output : ndarray of shape (N, C, P, Q) or (C, P, Q)
        In the input's dtype.
    indices : ndarray of int64, of the same shape
        Only with `return_indices`: ``row * W + column``, numbered within each plane.

    Raises
    ------
    TypeError, ValueError
        On anything that PyTorch rejects, naming the argument.

    References
    ----------
    Zhou and Chellappa, "Computation of optical flow using a neural network", ICNN 1988, introduced
    max pooling to neural networks.

    Examples
    --------
    >>> image = np.arange(16.0).reshape(1, 4, 4)
    >>> values, indices = max_pool2d(image, 2, return_indices=True)
    >>> values
    array([[[ 5.,  7.],
            [13., 15.]]])
    >>> indices
    array([[[ 5,  7],
            [13, 15]]])
    """
    arguments = (kernel_size, stride, padding, dilation, ceil_mode)
    return _pooled("max_pool2d", 2, as_numbers(input, "max_pool2d"), arguments, return_indices)


def max_pool2d_backward(
    grad_output: ArrayLike,
    input: ArrayLike,
    kernel_size: int | tuple[int, int],
    stride: int | tuple[int, int] | None = None,
    padding: int | tuple[int, int] = 0,
    dilation: int | tuple[int, int] = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
    *,
    indices: ArrayLike | None = None,
) -> np.ndarray:
    """Return the gradient of `max_pool2d`: each output's gradient goes to the one value it came from.

    Parameters
    ----------
    grad_output : array_like of shape (N, C, P, Q) or (C, P, Q)
        Gradient with respect to the output.
    input, kernel_size, stride, padding, dilation, ceil_mode, return_indices
        As in `max_pool2d`.
    indices : array_like of int64, of the output's shape, optional
        What the forward returned with `return_indices`. Without them they are found again, which costs
        more than all the rest.

    Returns
    -------
    ndarray of the input's shape

    Raises
    ------
    TypeError, ValueError
        As `max_pool2d`; also for a gradient or indices that do not fit.

    Examples
    --------
    >>> image = np.arange(16.0).reshape(1, 4, 4)
    >>> max_pool2d_backward([[[1.0, 2.0], [3.0, 4.0]]], image, 2)
    array([[[0., 0., 0., 0.],
            [0., 1., 0., 2.],
            [0., 0., 0., 0.],
            [0., 3., 0., 4.]]])
    """
    arguments = (kernel_size, stride, padding, dilation, ceil_mode)
    return _pooled_backward("max_pool2d_backward", 2, grad_output, input, arguments, indices)


def max_pool1d(
    input: ArrayLike,
    kernel_size: int | tuple[int],
    stride: int | tuple[int] | None = None,
    padding: int | tuple[int] = 0,
    dilation: int | tuple[int] = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> np.ndarray | tuple[np.ndarray, np.ndarray]:
    """Return the largest value of every window of a sequence (N, C, L) or (C, L); else as `max_pool2d`.

    Integers are refused, as in PyTorch.

    >>> max_pool1d([[1.0, 3.0, 2.0, 5.0]], kernel_size=2)
    array([[3., 5.]])
    """
    arguments = (kernel_size, stride, padding, dilation, ceil_mode)
    return _pooled("max_pool1d", 1, as_floats(input, "max_pool1d"), arguments, return_indices)


def max_pool1d_backward(
    grad_output: ArrayLike,
    input: ArrayLike,
    kernel_size: int | tuple[int],
    stride: int | tuple[int] | None = None,
    padding: int | tuple[int] = 0,
    dilation: int | tuple[int] = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
    *,
    indices: ArrayLike | None = None,
) -> np.ndarray:
    """Return the gradient of `max_pool1d`; see `max_pool2d_backward`.

    >>> max_pool1d_backward([[1.0, 2.0]], [[1.0, 3.0, 2.0, 5.0]], kernel_size=2)
    array([[0., 1., 0., 2.]])
    """
    arguments = (kernel_size, stride, padding, dilation, ceil_mode)
    return _pooled_backward("max_pool1d_backward", 1, grad_output, input, arguments, indices)


def max_pool3d(
    input: ArrayLike,
    kernel_size: int | tuple[int, int, int],
    stride: int | tuple[int, int, int] | None = None,
    padding: int | tuple[int, int, int] = 0,
    dilation: int | tuple[int, int, int] = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> np.ndarray | tuple[np.ndarray, np.ndarray]:
    """Return the largest value of every window of a volume (N, C, D, H, W) or (C, D, H, W); as `max_pool2d`.

    >>> max_pool3d(np.arange(8.0).reshape(1, 2, 2, 2), kernel_size=2)
    array([[[[7.]]]])
    """
    arguments = (kernel_size, stride, padding, dilation, ceil_mode)
    return _pooled("max_pool3d", 3, as_numbers(input, "max_pool3d"), arguments, return_indices)


def max_pool3d_backward(
    grad_output: ArrayLike,
    input: ArrayLike,
    kernel_size: int | tuple[int, int, int],
    stride: int | tuple[int, int, int] | None = None,
    padding: int | tuple[int, int, int] = 0,
    dilation: int | tuple[int, int, int] = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
    *,
    indices: ArrayLike | None = None,
) -> np.ndarray:
    """Return the gradient of `max_pool3d`; see `max_pool2d_backward`.

    >>> max_pool3d_backward([[[[9.0]]]], np.arange(4.0).reshape(1, 1, 2, 2), kernel_size=(1, 2, 2))
    array([[[[0., 0.],
             [0., 9.]]]])
    """
    arguments = (kernel_size, stride, padding, dilation, ceil_mode)
    return _pooled_backward("max_pool3d_backward", 3, grad_output, input, arguments, indices)


def _pooled(operator, n, input, arguments, return_indices):
    if input.dtype.kind == "c":
        raise TypeError(f"{operator}: input must hold real numbers, got dtype {input.dtype}")
    pool = Pool.check(operator, input, n, *arguments)
    maxima = pool.reduce(np.maximum, lowest(input.dtype), input.dtype)
    if not return_indices:
        return maxima.reshape(pool.output_shape)
    indices = positions_of_maxima(pool, maxima)
    return maxima.reshape(pool.output_shape), indices.reshape(pool.output_shape)


def _pooled_backward(operator, n, grad_output, input, arguments, indices):
    input = as_floats(input, operator)
    pool = Pool.check(operator, input, n, *arguments)
    gradient = as_gradient(grad_output, operator, pool.output_shape, input.dtype)
    if indices is None:
        indices = _pooled(operator, n, input, arguments, return_indices=True)[1]
    return scatter_to_maxima(operator, gradient, indices, input.shape, len(pool.leading))

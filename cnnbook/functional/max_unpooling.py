"""Max unpooling: put the largest values back where they came from, and zeros everywhere else.

Zeiler and Fergus, "Visualizing and understanding convolutional networks", ECCV 2014, section 2.1: the
recorded places are the "switches".
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from cnnbook.functional._checks import as_batched, as_floats, as_integer, as_tuple, refuse_huge
from cnnbook.functional._gradients import as_gradient
from cnnbook.functional._maximum import as_indices


def max_unpool2d(
    input: ArrayLike,
    indices: ArrayLike,
    kernel_size: int | tuple[int, int],
    stride: int | tuple[int, int] | None = None,
    padding: int | tuple[int, int] = 0,
    output_size: Sequence[int] | None = None,
) -> np.ndarray:
    """Return an image of zeros with every value of `input` at its index.

    Parameters
    ----------
    input : array_like of shape (N, C, P, Q) or (C, P, Q)
        Floating-point numbers, usually what `max_pool2d` returned.
    indices : array_like of int64, of the same shape
        What `max_pool2d` returned beside it: places within a plane of the output. Where windows overlapped
        a place can come up several times; the last value stays.
    kernel_size, stride, padding
        As they were given to `max_pool2d`.
    output_size : sequence of 2 or of 4 int, optional
        Rows and columns of the output, after batch and channels or without them. Pooling maps several
        sizes to one; this says which of them it was. By default the smallest that needs no rounding,
        ``(P - 1) * stride - 2 * padding + kernel_size``.

    Returns
    -------
    ndarray of shape (N, C, H, W) or (C, H, W)

    Raises
    ------
    TypeError
        If `input` is not floating-point or `indices` are not int64.
    ValueError
        If shapes do not fit, an index lies outside, or `output_size` is not within one stride of the default.

    Examples
    --------
    >>> max_unpool2d([[[5.0, 7.0]]], [[[4, 3]]], kernel_size=2)
    array([[[0., 0., 0., 7.],
            [5., 0., 0., 0.]]])
    """
    return _unpooled("max_unpool2d", 2, input, indices, kernel_size, stride, padding, output_size)


def max_unpool2d_backward(
    grad_output: ArrayLike,
    input: ArrayLike,
    indices: ArrayLike,
    kernel_size: int | tuple[int, int],
    stride: int | tuple[int, int] | None = None,
    padding: int | tuple[int, int] = 0,
    output_size: Sequence[int] | None = None,
) -> np.ndarray:
    """Return the gradient of `max_unpool2d` for `input`: what the output's gradient holds at the indices.

    >>> max_unpool2d_backward([[[1.0, 2.0], [3.0, 4.0]]], [[[9.0]]], [[[2]]], kernel_size=2)
    array([[[3.]]])
    """
    arguments = (input, indices, kernel_size, stride, padding, output_size)
    return _unpooled_backward("max_unpool2d_backward", 2, grad_output, *arguments)


def max_unpool1d(
    input: ArrayLike,
    indices: ArrayLike,
    kernel_size: int | tuple[int],
    stride: int | tuple[int] | None = None,
    padding: int | tuple[int] = 0,
    output_size: Sequence[int] | None = None,
) -> np.ndarray:
    """Return a sequence of zeros with every value of `input` (N, C, P) or (C, P) at its index.

    >>> max_unpool1d([[3.0, 5.0]], [[1, 2]], kernel_size=2)
    array([[0., 3., 5., 0.]])
    """
    return _unpooled("max_unpool1d", 1, input, indices, kernel_size, stride, padding, output_size)


def max_unpool1d_backward(
    grad_output: ArrayLike,
    input: ArrayLike,
    indices: ArrayLike,
    kernel_size: int | tuple[int],
    stride: int | tuple[int] | None = None,
    padding: int | tuple[int] = 0,
    output_size: Sequence[int] | None = None,
) -> np.ndarray:
    """Return the gradient of `max_unpool1d` for `input`.

    >>> max_unpool1d_backward([[1.0, 2.0, 3.0, 4.0]], [[3.0, 5.0]], [[1, 2]], kernel_size=2)
    array([[2., 3.]])
    """
    arguments = (input, indices, kernel_size, stride, padding, output_size)
    return _unpooled_backward("max_unpool1d_backward", 1, grad_output, *arguments)


def max_unpool3d(
    input: ArrayLike,
    indices: ArrayLike,
    kernel_size: int | tuple[int, int, int],
    stride: int | tuple[int, int, int] | None = None,
    padding: int | tuple[int, int, int] = 0,
    output_size: Sequence[int] | None = None,
) -> np.ndarray:
    """Return a volume of zeros with every value of `input` (N, C, D, P, Q) or (C, D, P, Q) at its index.

    >>> max_unpool3d([[[[5.0]]]], [[[[3]]]], kernel_size=(1, 2, 2))
    array([[[[0., 0.],
             [0., 5.]]]])
    """
    return _unpooled("max_unpool3d", 3, input, indices, kernel_size, stride, padding, output_size)


def max_unpool3d_backward(
    grad_output: ArrayLike,
    input: ArrayLike,
    indices: ArrayLike,
    kernel_size: int | tuple[int, int, int],
    stride: int | tuple[int, int, int] | None = None,
    padding: int | tuple[int, int, int] = 0,
    output_size: Sequence[int] | None = None,
) -> np.ndarray:
    """Return the gradient of `max_unpool3d` for `input`.

    >>> max_unpool3d_backward([[[[1.0, 2.0]]]], [[[[5.0]]]], [[[[1]]]], kernel_size=(1, 1, 2))
    array([[[[2.]]]])
    """
    arguments = (input, indices, kernel_size, stride, padding, output_size)
    return _unpooled_backward("max_unpool3d_backward", 3, grad_output, *arguments)


def _unpooled(operator, n, *arguments):
    input, indices, shape = _checked(operator, n, *arguments)
    planes = math.prod(input.shape[:-n])
    output = np.zeros((planes, math.prod(shape)), input.dtype)
    if output.size:
        np.put_along_axis(output, indices.reshape(planes, -1), input.reshape(planes, -1), axis=1)
    return output.reshape(*input.shape[:-n], *shape)


def _unpooled_backward(operator, n, grad_output, *arguments):
    input, indices, shape = _checked(operator, n, *arguments)
    gradient = as_gradient(grad_output, operator, (*input.shape[:-n], *shape), input.dtype)
    if not input.size:
        return np.zeros_like(input)
    planes = math.prod(input.shape[:-n])
    picked = np.take_along_axis(gradient.reshape(planes, -1), indices.reshape(planes, -1), axis=1)
    return picked.reshape(input.shape)


def _checked(operator, n, input, indices, kernel_size, stride, padding, output_size):
    """Return input, indices and the shape of an output plane, or raise."""
    input = as_floats(input, operator)
    batched, _ = as_batched(input, n, operator)
    if 0 in batched.shape[2:] or (batched is input and batched.shape[1] == 0):
        raise ValueError(f"{operator}: input may be empty only along the batch axis, got {input.shape}")
    kernel = as_tuple(kernel_size, n, operator, "kernel_size", 1)
    stride = kernel if stride is None else as_tuple(stride, n, operator, "stride", 1)
    padding = as_tuple(padding, n, operator, "padding")
    axes = zip(input.shape[-n:], kernel, stride, padding, strict=True)
    shape = tuple((length - 1) * step - 2 * pad + window for length, window, step, pad in axes)
    if output_size is not None:
        shape = _chosen_size(operator, n, output_size, shape, stride)
    if min(shape) < 0:
        raise ValueError(f"{operator}: the output would have the negative size {shape}")
    refuse_huge((*input.shape[:-n], *shape), input.dtype, operator)
    return input, as_indices(operator, indices, input.shape, math.prod(shape)), shape


def _chosen_size(operator, n, output_size, default, stride) -> tuple[int, ...]:
    if not isinstance(output_size, Sequence | np.ndarray) or len(output_size) not in (n, n + 2):
        raise ValueError(
            f"{operator}: output_size must be a sequence of {n} or {n + 2} integers, got {output_size!r}"
        )
    size = tuple(as_integer(length, operator, "output_size") for length in output_size[-n:])
    for got, usual, step in zip(size, default, stride, strict=True):
        if not usual - step < got < usual + step:
            raise ValueError(
                f"{operator}: output_size must be within one stride of {default}, got {size} "
                f"with stride {stride}"
            )
    return size

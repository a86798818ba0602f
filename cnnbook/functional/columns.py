"""Images to columns of patches and back."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from cnnbook.functional._checks import as_batched, as_numbers, as_tuple, refuse_huge
from cnnbook.functional._setting import Setting
from cnnbook.functional.methods.blocks import windows

__all__ = ["fold", "fold_backward", "unfold", "unfold_backward"]


def unfold(
    input: ArrayLike,
    kernel_size: int | tuple[int, int],
    dilation: int | tuple[int, int] = 1,
    padding: int | tuple[int, int] = 0,
    stride: int | tuple[int, int] = 1,
) -> np.ndarray:
    """Write every patch of an image as a column: im2col.

    Parameters
    ----------
    input : array_like of shape (N, C, H, W) or (C, H, W)
    kernel_size : int or (int, int)
        Rows R and columns S of a patch.
    dilation, padding, stride : int or (int, int)
        As in `conv2d`.

    Returns
    -------
    ndarray of shape (N, C * R * S, L) or (C * R * S, L)
        Column l is the patch at the l-th window position, counted row by row; L = P * Q.

    Raises
    ------
    TypeError, ValueError
        On anything that PyTorch rejects, naming the argument.

    Examples
    --------
    >>> unfold(np.arange(9.0).reshape(1, 3, 3), kernel_size=2)
    array([[0., 1., 3., 4.],
           [1., 2., 4., 5.],
           [3., 4., 6., 7.],
           [4., 5., 7., 8.]])
    """
    input, added = as_batched(as_numbers(input, "unfold"), 2, "unfold")
    kernel, setting = _check("unfold", kernel_size, dilation, padding, stride)
    if 0 in input.shape[1:]:
        raise ValueError(f"unfold: only the batch may be empty, got input of shape {input.shape}")
    N, C, H, W = input.shape
    shape = (N, C * kernel[0] * kernel[1], _positions("unfold", (H, W), kernel, setting))
    refuse_huge(shape, input.dtype, "unfold")
    padded = np.pad(input, ((0, 0), (0, 0), *setting.padding))
    planes = padded.reshape(N * C, *padded.shape[2:], 1)
    columns = windows(planes, kernel, setting.stride, setting.dilation).reshape(shape)
    return columns[0] if added else columns


def fold(
    input: ArrayLike,
    output_size: int | tuple[int, int],
    kernel_size: int | tuple[int, int],
    dilation: int | tuple[int, int] = 1,
    padding: int | tuple[int, int] = 0,
    stride: int | tuple[int, int] = 1,
) -> np.ndarray:
    """Put the columns of `unfold` back where they came from, adding where patches overlap: col2im.

    Parameters
    ----------
    input : array_like of shape (N, C * R * S, L) or (C * R * S, L)
    output_size : int or (int, int)
        Rows H and columns W of the image.
    kernel_size, dilation, padding, stride
        As in `unfold`.

    Returns
    -------
    ndarray of shape (N, C, H, W) or (C, H, W)

    Raises
    ------
    TypeError, ValueError
        On anything that PyTorch rejects, naming the argument.

    Examples
    --------
    Every pixel comes back as often as patches covered it:

    >>> fold(unfold(np.ones((1, 3, 3)), kernel_size=2), output_size=3, kernel_size=2)
    array([[[1., 2., 1.],
            [2., 4., 2.],
            [1., 2., 1.]]])
    """
    input, added = as_batched(as_numbers(input, "fold"), 1, "fold")
    size = as_tuple(output_size, 2, "fold", "output_size", 1)
    kernel, setting = _check("fold", kernel_size, dilation, padding, stride)
    positions = _positions("fold", size, kernel, setting)
    N, rows, L = input.shape
    if rows == 0 or rows % (kernel[0] * kernel[1]) or positions != L:
        raise ValueError(
            f"fold: input must have a multiple of {kernel[0] * kernel[1]} rows (kernel_size {kernel}) and "
            f"{positions} columns (window positions in {size}), got shape {input.shape}"
        )
    shape = (N, rows // (kernel[0] * kernel[1]), *size)
    refuse_huge(shape, input.dtype, "fold")
    patches = input.reshape(N, shape[1], *kernel, *setting.output_size(size, kernel))
    image = _add_patches(patches, shape, setting)
    return image[0] if added else image


def unfold_backward(
    grad_output: ArrayLike,
    input: ArrayLike,
    kernel_size: int | tuple[int, int],
    dilation: int | tuple[int, int] = 1,
    padding: int | tuple[int, int] = 0,
    stride: int | tuple[int, int] = 1,
) -> np.ndarray:
    """Return the gradient of `unfold`'s input: `fold` of the gradient.

    Examples
    --------
    >>> unfold_backward(np.ones((4, 1)), np.zeros((1, 2, 2)), kernel_size=2)
    array([[[1., 1.],
            [1., 1.]]])
    """
    size = np.shape(input)[-2:]
    grad_input = fold(grad_output, size, kernel_size, dilation, padding, stride)
    return _of_shape("unfold_backward", grad_input, np.shape(input))


def fold_backward(
    grad_output: ArrayLike,
    input: ArrayLike,
    output_size: int | tuple[int, int],
    kernel_size: int | tuple[int, int],
    dilation: int | tuple[int, int] = 1,
    padding: int | tuple[int, int] = 0,
    stride: int | tuple[int, int] = 1,
) -> np.ndarray:
    """Return the gradient of `fold`'s input: `unfold` of the gradient.

    Examples
    --------
    >>> fold_backward(np.ones((1, 2, 2)), np.zeros((4, 1)), output_size=2, kernel_size=2)
    array([[1.],
           [1.],
           [1.],
           [1.]])
    """
    size = as_tuple(output_size, 2, "fold_backward", "output_size", 1)
    if np.shape(grad_output)[-2:] != size:
        raise ValueError(
            f"fold_backward: grad_output must end in output_size {size}, got shape {np.shape(grad_output)}"
        )
    grad_input = unfold(grad_output, kernel_size, dilation, padding, stride)
    return _of_shape("fold_backward", grad_input, np.shape(input))


def _check(operator, kernel_size, dilation, padding, stride):
    """Return the kernel and the setting, both checked."""
    kernel = as_tuple(kernel_size, 2, operator, "kernel_size", 1)
    pads = as_tuple(padding, 2, operator, "padding", 0)
    stride = as_tuple(stride, 2, operator, "stride", 1)
    dilation = as_tuple(dilation, 2, operator, "dilation", 1)
    return kernel, Setting(stride, tuple((p, p) for p in pads), dilation, 1)


def _positions(operator, size, kernel, setting) -> int:
    """Return how many windows fit, or say in the operator's name that none does."""
    try:
        P, Q = setting.output_size(size, kernel)
    except ValueError as error:
        raise ValueError(f"{operator}: {error}") from None
    return P * Q


def _add_patches(patches, shape, setting):
    """Add patches (N, C, R, S, P, Q) onto a padded image, and take the padding off."""
    (top, bottom), (left, right) = setting.padding
    N, C, H, W = shape
    padded = np.zeros((N, C, H + top + bottom, W + left + right), patches.dtype)
    R, S, P, Q = patches.shape[2:]
    for r, s in np.ndindex(R, S):
        row, column = r * setting.dilation[0], s * setting.dilation[1]
        rows = slice(row, row + P * setting.stride[0], setting.stride[0])
        columns = slice(column, column + Q * setting.stride[1], setting.stride[1])
        padded[:, :, rows, columns][:, :, :P, :Q] += patches[:, :, r, s]
    return padded[:, :, top : top + H, left : left + W]


def _of_shape(operator, grad_input, shape):
    """Return the gradient, which must come out in the shape of the input."""
    if grad_input.shape != shape:
        raise ValueError(f"{operator}: grad_output fits an input of shape {grad_input.shape}, got {shape}")
    return grad_input

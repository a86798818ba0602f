"""Operators that only move values: flatten, and pixels into channels and back."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from cnnbook.functional._checks import as_floats, as_integer
from cnnbook.functional._gradients import as_gradient
from cnnbook.functional.probability import as_axis


def flatten(input: ArrayLike, start_dim: int = 0, end_dim: int = -1) -> np.ndarray:
    """Join the axes from `start_dim` up to and including `end_dim` into one.

    Parameters
    ----------
    input : array_like of any shape and dtype
    start_dim, end_dim : int, default 0 and -1
        First and last axis to join; negative counts from the end. ``start_dim=1`` keeps the batch.

    Returns
    -------
    ndarray
        A view where the memory layout allows one, as in PyTorch.

    Raises
    ------
    TypeError, ValueError
        If an axis is not an integer or does not exist, or `start_dim` comes after `end_dim`.

    Examples
    --------
    >>> flatten(np.zeros((2, 3, 4, 5)), start_dim=1).shape
    (2, 60)
    """
    input = np.asarray(input)
    return input.reshape(_flat_shape("flatten", input, start_dim, end_dim))


def flatten_backward(
    grad_output: ArrayLike, input: ArrayLike, start_dim: int = 0, end_dim: int = -1
) -> np.ndarray:
    """Return the gradient of `flatten`: the same numbers in the input's shape.

    >>> flatten_backward([1.0, 2.0, 3.0, 4.0], np.zeros((2, 2)))
    array([[1., 2.],
           [3., 4.]])
    """
    input = as_floats(input, "flatten_backward")
    shape = _flat_shape("flatten_backward", input, start_dim, end_dim)
    return as_gradient(grad_output, "flatten_backward", shape, input.dtype).reshape(input.shape)


def pixel_shuffle(input: ArrayLike, upscale_factor: int) -> np.ndarray:
    """Deal groups of r * r channels out to blocks of r x r pixels.

    Parameters
    ----------
    input : array_like of shape (..., C * r**2, H, W)
        Of any dtype.
    upscale_factor : int
        r, at least 1.

    Returns
    -------
    ndarray of shape (..., C, H * r, W * r)

    Raises
    ------
    TypeError, ValueError
        If `upscale_factor` is not a positive integer, its square does not divide the channels, or there
        are fewer than 3 axes.

    References
    ----------
    Shi et al., "Real-time single image and video super-resolution using an efficient sub-pixel
    convolutional neural network", CVPR 2016, section 2.2.

    Examples
    --------
    >>> pixel_shuffle(np.arange(4).reshape(4, 1, 1), 2)
    array([[[0, 1],
            [2, 3]]])
    """
    input = _as_image("pixel_shuffle", input)
    return np.ascontiguousarray(_shuffled("pixel_shuffle", input, upscale_factor))


def pixel_shuffle_backward(grad_output: ArrayLike, input: ArrayLike, upscale_factor: int) -> np.ndarray:
    """Return the gradient of `pixel_shuffle`, which is `pixel_unshuffle`.

    >>> pixel_shuffle_backward([[[1.0, 2.0], [3.0, 4.0]]], np.zeros((4, 1, 1)), 2).ravel()
    array([1., 2., 3., 4.])
    """
    name = "pixel_shuffle_backward"
    input = _as_image(name, as_floats(input, name))
    shape = _shuffled(name, input, upscale_factor).shape
    return pixel_unshuffle(as_gradient(grad_output, name, shape, input.dtype), upscale_factor)


def pixel_unshuffle(input: ArrayLike, downscale_factor: int) -> np.ndarray:
    """Stack blocks of r x r pixels into r * r channels: undo `pixel_shuffle`.

    Parameters
    ----------
    input : array_like of shape (..., C, H * r, W * r)
        Of any dtype.
    downscale_factor : int
        r, at least 1.

    Returns
    -------
    ndarray of shape (..., C * r**2, H, W)

    Raises
    ------
    TypeError, ValueError
        If `downscale_factor` is not a positive integer or does not divide rows and columns, or there are
        fewer than 3 axes.

    Examples
    --------
    >>> pixel_unshuffle([[[0, 1], [2, 3]]], 2).shape
    (4, 1, 1)
    """
    input = _as_image("pixel_unshuffle", input)
    return np.ascontiguousarray(_unshuffled("pixel_unshuffle", input, downscale_factor))


def pixel_unshuffle_backward(grad_output: ArrayLike, input: ArrayLike, downscale_factor: int) -> np.ndarray:
    """Return the gradient of `pixel_unshuffle`, which is `pixel_shuffle`.

    >>> pixel_unshuffle_backward([[[1.0]], [[2.0]], [[3.0]], [[4.0]]], np.zeros((1, 2, 2)), 2)
    array([[[1., 2.],
            [3., 4.]]])
    """
    name = "pixel_unshuffle_backward"
    input = _as_image(name, as_floats(input, name))
    shape = _unshuffled(name, input, downscale_factor).shape
    return pixel_shuffle(as_gradient(grad_output, name, shape, input.dtype), downscale_factor)


def _flat_shape(operator, input, start_dim, end_dim) -> tuple[int, ...]:
    start = as_axis(start_dim, input.ndim, operator, "start_dim")
    end = as_axis(end_dim, input.ndim, operator, "end_dim")
    if start > end:
        raise ValueError(
            f"{operator}: start_dim must not come after end_dim, got {start_dim} and {end_dim} "
            f"with shape {input.shape}"
        )
    joined = int(np.prod(input.shape[start : end + 1], dtype=np.int64))
    return (*input.shape[:start], joined, *input.shape[end + 1 :])


def _as_image(operator: str, input: ArrayLike) -> np.ndarray:
    input = np.asarray(input)
    if input.ndim < 3:
        raise ValueError(f"{operator}: input must have at least 3 dimensions, got shape {input.shape}")
    return input


def _shuffled(operator: str, input: np.ndarray, factor: int) -> np.ndarray:
    r = as_integer(factor, operator, "upscale_factor", 1)
    *leading, channels, H, W = input.shape
    if channels % (r * r):
        raise ValueError(
            f"{operator}: input must have a multiple of upscale_factor**2 = {r * r} channels, "
            f"got {channels}; shape {input.shape}"
        )
    blocks = input.reshape(*leading, channels // (r * r), r, r, H, W)
    blocks = np.moveaxis(blocks, (-4, -3), (-3, -1))  # (..., C, H, r, W, r)
    return blocks.reshape(*leading, channels // (r * r), H * r, W * r)


def _unshuffled(operator: str, input: np.ndarray, factor: int) -> np.ndarray:
    r = as_integer(factor, operator, "downscale_factor", 1)
    *leading, channels, H, W = input.shape
    if H % r or W % r:
        raise ValueError(
            f"{operator}: downscale_factor {r} must divide the input's rows and columns, got {H} and {W}; "
            f"shape {input.shape}"
        )
    blocks = input.reshape(*leading, channels, H // r, r, W // r, r)
    blocks = np.moveaxis(blocks, (-3, -1), (-4, -3))  # (..., C, r, r, H, W)
    return blocks.reshape(*leading, channels * r * r, H // r, W // r)

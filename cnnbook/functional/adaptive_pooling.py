"""Adaptive pooling: say how many outputs, and the windows follow.

Output i of P covers the input of length L from ``floor(i * L / P)`` up to ``ceil((i + 1) * L / P)``. If P
divides L these are the ordinary windows of L / P values; otherwise neighbours share a value.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from cnnbook.functional._adaptive import (
    averaged,
    averaged_backward,
    largest,
    largest_backward,
)


def adaptive_avg_pool2d(input: ArrayLike, output_size: int | Sequence[int | None]) -> np.ndarray:
    """Return the mean of each of P x Q windows that cover the image.

    Parameters
    ----------
    input : array_like of shape (N, C, H, W) or (C, H, W)
        Floating-point numbers.
    output_size : int or (int or None, int or None)
        P and Q; None keeps the input's length along that axis.

    Returns
    -------
    ndarray of shape (N, C, P, Q) or (C, P, Q)

    Raises
    ------
    TypeError, ValueError
        On anything that PyTorch rejects, naming the argument.

    References
    ----------
    With one output per channel this is the global average pooling of Lin, Chen and Yan, "Network in
    network", ICLR 2014, section 3.2.

    Examples
    --------
    >>> adaptive_avg_pool2d(np.arange(6.0).reshape(1, 2, 3), (1, 2))
    array([[[2., 3.]]])
    """
    return averaged("adaptive_avg_pool2d", 2, input, output_size)


def adaptive_avg_pool2d_backward(
    grad_output: ArrayLike, input: ArrayLike, output_size: int | Sequence[int | None]
) -> np.ndarray:
    """Return the gradient of `adaptive_avg_pool2d`: every window shares its gradient out evenly.

    >>> adaptive_avg_pool2d_backward([[[4.0, 8.0]]], np.zeros((1, 2, 3)), (1, 2))
    array([[[1., 3., 2.],
            [1., 3., 2.]]])
    """
    return averaged_backward("adaptive_avg_pool2d_backward", 2, grad_output, input, output_size)


def adaptive_avg_pool1d(input: ArrayLike, output_size: int | Sequence[int]) -> np.ndarray:
    """Return the mean of each of P windows that cover a sequence (N, C, L) or (C, L).

    >>> adaptive_avg_pool1d([[1.0, 2.0, 3.0]], 2)
    array([[1.5, 2.5]])
    """
    return averaged("adaptive_avg_pool1d", 1, input, output_size)


def adaptive_avg_pool1d_backward(
    grad_output: ArrayLike, input: ArrayLike, output_size: int | Sequence[int]
) -> np.ndarray:
    """Return the gradient of `adaptive_avg_pool1d`.

    >>> adaptive_avg_pool1d_backward([[2.0, 4.0]], [[1.0, 2.0, 3.0]], 2)
    array([[1., 3., 2.]])
    """
    return averaged_backward("adaptive_avg_pool1d_backward", 1, grad_output, input, output_size)


def adaptive_avg_pool3d(input: ArrayLike, output_size: int | Sequence[int | None]) -> np.ndarray:
    """Return the mean of each window that covers a volume (N, C, D, H, W) or (C, D, H, W).

    >>> adaptive_avg_pool3d(np.arange(8.0).reshape(1, 2, 2, 2), 1)
    array([[[[3.5]]]])
    """
    return averaged("adaptive_avg_pool3d", 3, input, output_size)


def adaptive_avg_pool3d_backward(
    grad_output: ArrayLike, input: ArrayLike, output_size: int | Sequence[int | None]
) -> np.ndarray:
    """Return the gradient of `adaptive_avg_pool3d`.

    >>> adaptive_avg_pool3d_backward([[[[2.0]]]], np.zeros((1, 1, 1, 2)), 1)
    array([[[[1., 1.]]]])
    """
    return averaged_backward("adaptive_avg_pool3d_backward", 3, grad_output, input, output_size)


def adaptive_max_pool2d(
    input: ArrayLike, output_size: int | Sequence[int | None], return_indices: bool = False
) -> np.ndarray | tuple[np.ndarray, np.ndarray]:
    """Return the largest value of each of P x Q windows that cover the image.

    Parameters
    ----------
    input, output_size
        As in `adaptive_avg_pool2d`.
    return_indices : bool, default False
        Also return where each largest value is, numbered as `max_pool2d` does.

    Returns
    -------
    output : ndarray of shape (N, C, P, Q) or (C, P, Q)
    indices : ndarray of int64, of the same shape
        Only with `return_indices`.

    Raises
    ------
    TypeError, ValueError
        On anything that PyTorch rejects, naming the argument.

    Examples
    --------
    >>> adaptive_max_pool2d(np.arange(6.0).reshape(1, 2, 3), (1, 2), return_indices=True)
    (array([[[4., 5.]]]), array([[[4, 5]]]))
    """
    return largest("adaptive_max_pool2d", 2, input, output_size, return_indices)


def adaptive_max_pool2d_backward(
    grad_output: ArrayLike,
    input: ArrayLike,
    output_size: int | Sequence[int | None],
    return_indices: bool = False,
    *,
    indices: ArrayLike | None = None,
) -> np.ndarray:
    """Return the gradient of `adaptive_max_pool2d`; the forward's `indices` save finding them again.

    >>> adaptive_max_pool2d_backward([[[1.0, 2.0]]], np.arange(6.0).reshape(1, 2, 3), (1, 2))
    array([[[0., 0., 0.],
            [0., 1., 2.]]])
    """
    return largest_backward("adaptive_max_pool2d_backward", 2, grad_output, input, output_size, indices)


def adaptive_max_pool1d(
    input: ArrayLike, output_size: int | Sequence[int], return_indices: bool = False
) -> np.ndarray | tuple[np.ndarray, np.ndarray]:
    """Return the largest value of each of P windows that cover a sequence (N, C, L) or (C, L).

    >>> adaptive_max_pool1d([[1.0, 3.0, 2.0]], 2)
    array([[3., 3.]])
    """
    return largest("adaptive_max_pool1d", 1, input, output_size, return_indices)


def adaptive_max_pool1d_backward(
    grad_output: ArrayLike,
    input: ArrayLike,
    output_size: int | Sequence[int],
    return_indices: bool = False,
    *,
    indices: ArrayLike | None = None,
) -> np.ndarray:
    """Return the gradient of `adaptive_max_pool1d`.

    >>> adaptive_max_pool1d_backward([[1.0, 2.0]], [[1.0, 3.0, 2.0]], 2)
    array([[0., 3., 0.]])
    """
    return largest_backward("adaptive_max_pool1d_backward", 1, grad_output, input, output_size, indices)


def adaptive_max_pool3d(
    input: ArrayLike, output_size: int | Sequence[int | None], return_indices: bool = False
) -> np.ndarray | tuple[np.ndarray, np.ndarray]:
    """Return the largest value of each window that covers a volume (N, C, D, H, W) or (C, D, H, W).

    >>> adaptive_max_pool3d(np.arange(8.0).reshape(1, 2, 2, 2), 1)
    array([[[[7.]]]])
    """
    return largest("adaptive_max_pool3d", 3, input, output_size, return_indices)


def adaptive_max_pool3d_backward(
    grad_output: ArrayLike,
    input: ArrayLike,
    output_size: int | Sequence[int | None],
    return_indices: bool = False,
    *,
    indices: ArrayLike | None = None,
) -> np.ndarray:
    """Return the gradient of `adaptive_max_pool3d`.

    >>> adaptive_max_pool3d_backward([[[[1.0]]]], np.arange(2.0).reshape(1, 1, 1, 2), 1)
    array([[[[0., 1.]]]])
    """
    return largest_backward("adaptive_max_pool3d_backward", 3, grad_output, input, output_size, indices)

"""Convolution layers, with the arguments and the semantics of `torch.nn.functional`."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from cnnbook.functional._layer import ConvolutionLayer

__all__ = ["conv1d", "conv1d_backward", "conv2d", "conv2d_backward", "conv3d", "conv3d_backward"]

Gradients = tuple[np.ndarray, np.ndarray, np.ndarray | None]


def conv1d(
    input: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: int | tuple[int] = 1,
    padding: int | tuple[int] | str = 0,
    dilation: int | tuple[int] = 1,
    groups: int = 1,
    *,
    method: str = "auto",
) -> np.ndarray:
    """Slide K kernels along a signal of C channels.

    `input` is (N, C, W) or (C, W), `weight` (K, C / groups, S), the result (N, K, Q) or (K, Q). It is
    `conv2d` on an image of one row; see there for every argument.

    Examples
    --------
    >>> conv1d(np.array([[0.0, 0.0, 1.0, 1.0]]), np.array([[[-1.0, 1.0]]]))
    array([[0., 1., 0.]])
    """
    layer = ConvolutionLayer.check("conv1d", 1, input, weight, bias, stride, padding, dilation, groups)
    return layer.forward(method)


def conv2d(
    input: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: int | tuple[int, int] = 1,
    padding: int | tuple[int, int] | str = 0,
    dilation: int | tuple[int, int] = 1,
    groups: int = 1,
    *,
    method: str = "auto",
) -> np.ndarray:
    """Slide K kernels over an image of C channels (the layer's convolution: the kernel is not flipped).

    Parameters
    ----------
    input : array_like of shape (N, C, H, W) or (C, H, W)
    weight : array_like of shape (K, C / groups, R, S)
        Of the input's dtype.
    bias : array_like of shape (K,), optional
        Added to every position of a kernel's output.
    stride, dilation : int or (int, int), default 1
        Step of the window, and distance between its weights, for rows and columns.
    padding : int or (int, int) or {'same', 'valid'}, default 0
        Zeros added on each side of rows and columns. 'same' keeps the size at stride 1 and puts an odd
        zero at the end; 'valid' is 0.
    groups : int, default 1
        Deal channels and kernels out to this many independent layers; ``groups=C`` is a depthwise layer.
    method : str, default 'auto'
        How to compute it; see `choose_method`.

    Returns
    -------
    ndarray of shape (N, K, P, Q) or (K, P, Q)
        ``output[n, k, p, q] = bias[k] + sum over c, r, s of
        weight[k, c, r, s] * padded[n, c, p * stride + r * dilation, q * stride + s * dilation]``,
        in the input's dtype.

    Raises
    ------
    TypeError, ValueError
        On anything that PyTorch rejects, naming the argument.

    Examples
    --------
    >>> image = np.zeros((1, 1, 4, 4))
    >>> image[..., 2:] = 1
    >>> edge = np.array([[[[-1.0, 1.0]]]])
    >>> conv2d(image, edge)[0, 0]
    array([[0., 1., 0.],
           [0., 1., 0.],
           [0., 1., 0.],
           [0., 1., 0.]])
    """
    layer = ConvolutionLayer.check("conv2d", 2, input, weight, bias, stride, padding, dilation, groups)
    return layer.forward(method)


def conv3d(
    input: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: int | tuple[int, int, int] = 1,
    padding: int | tuple[int, int, int] | str = 0,
    dilation: int | tuple[int, int, int] = 1,
    groups: int = 1,
    *,
    method: str = "auto",
) -> np.ndarray:
    """Slide K kernels through a volume of C channels.

    `input` is (N, C, D, H, W) or (C, D, H, W), `weight` (K, C / groups, T, R, S) with T the kernel's depth,
    the result (N, K, ...) or (K, ...). Each slice of the result is the sum of T layers `conv2d`; see there
    for every argument.

    Examples
    --------
    >>> conv3d(np.ones((1, 3, 3, 3)), np.ones((1, 1, 2, 2, 2))).shape
    (1, 2, 2, 2)
    """
    layer = ConvolutionLayer.check("conv3d", 3, input, weight, bias, stride, padding, dilation, groups)
    return layer.forward(method)


def conv1d_backward(
    grad_output: ArrayLike,
    input: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: int | tuple[int] = 1,
    padding: int | tuple[int] | str = 0,
    dilation: int | tuple[int] = 1,
    groups: int = 1,
) -> Gradients:
    """Return the gradients of `input`, `weight` and `bias` of `conv1d`; see `conv2d_backward`."""
    arguments = (input, weight, bias, stride, padding, dilation, groups)
    return ConvolutionLayer.check("conv1d_backward", 1, *arguments).backward(grad_output)


def conv2d_backward(
    grad_output: ArrayLike,
    input: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: int | tuple[int, int] = 1,
    padding: int | tuple[int, int] | str = 0,
    dilation: int | tuple[int, int] = 1,
    groups: int = 1,
) -> Gradients:
    """Return the gradients of a loss with respect to the arrays that `conv2d` was given.

    Parameters
    ----------
    grad_output : array_like of shape (N, K, P, Q) or (K, P, Q)
        The gradient of the loss with respect to the layer's output.
    input, weight, bias, stride, padding, dilation, groups
        What the forward call was given.

    Returns
    -------
    grad_input : ndarray, shape of `input`
        Every output's gradient, sent back along the weights: a convolution of `grad_output` with the
        kernels turned by half a turn.
    grad_weight : ndarray, shape of `weight`
        The correlation of `input` with `grad_output`.
    grad_bias : ndarray of shape (K,) or None
        The sum of `grad_output` over images and positions; None without a bias.

    Raises
    ------
    TypeError, ValueError
        As `conv2d`, and if `grad_output` has not the output's shape and dtype.

    Examples
    --------
    >>> image, kernel = np.arange(9.0).reshape(1, 3, 3), np.ones((1, 1, 2, 2))
    >>> grad_input, grad_weight, grad_bias = conv2d_backward(np.ones((1, 2, 2)), image, kernel)
    >>> grad_input[0]
    array([[1., 2., 1.],
           [2., 4., 2.],
           [1., 2., 1.]])
    >>> grad_weight[0, 0], grad_bias
    (array([[ 8., 12.],
           [20., 24.]]), None)
    """
    arguments = (input, weight, bias, stride, padding, dilation, groups)
    return ConvolutionLayer.check("conv2d_backward", 2, *arguments).backward(grad_output)


def conv3d_backward(
    grad_output: ArrayLike,
    input: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: int | tuple[int, int, int] = 1,
    padding: int | tuple[int, int, int] | str = 0,
    dilation: int | tuple[int, int, int] = 1,
    groups: int = 1,
) -> Gradients:
    """Return the gradients of `input`, `weight` and `bias` of `conv3d`; see `conv2d_backward`."""
    arguments = (input, weight, bias, stride, padding, dilation, groups)
    return ConvolutionLayer.check("conv3d_backward", 3, *arguments).backward(grad_output)

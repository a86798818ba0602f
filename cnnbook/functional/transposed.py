"""Transposed convolution layers, with the arguments and the semantics of `torch.nn.functional`.

A transposed convolution is the input gradient of a convolution, used as a layer: every input value paints
its multiple of the kernel onto the output, at steps of `stride`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from cnnbook.arithmetic import transposed_length
from cnnbook.functional import _products
from cnnbook.functional._checks import as_integer, as_tuple, refuse_huge
from cnnbook.functional._layer import (
    ConvolutionLayer,
    check_arrays,
    check_bias,
    check_gradient,
    finish,
    narrow_gradients,
)
from cnnbook.functional._setting import Setting

__all__ = [
    "conv_transpose1d",
    "conv_transpose1d_backward",
    "conv_transpose2d",
    "conv_transpose2d_backward",
    "conv_transpose3d",
    "conv_transpose3d_backward",
]

Gradients = tuple[np.ndarray, np.ndarray, np.ndarray | None]


@dataclass(slots=True)
class TransposedLayer(ConvolutionLayer):
    """A transposed layer: input (N, C, ...), weight (C, K / groups, ...), output of the given size."""

    size: tuple[int, ...]
    unread: tuple[int, ...]  # positions at the end of each axis that output_padding added and no window reads

    @classmethod
    def check(cls, operator, n, input, weight, bias, stride, padding, output_padding, groups, dilation):
        """Return the layer with `n` spatial axes, or raise ValueError or TypeError saying what is wrong."""
        input, weight, bias, batched = check_arrays(operator, n, input, weight, bias)
        groups = as_integer(groups, operator, "groups", 1)
        if input.shape[1] != len(weight) or len(weight) % groups:
            raise ValueError(
                f"{operator}: input has {input.shape[1]} channels but weight expects {len(weight)}, "
                f"a multiple of groups={groups}; shapes {input.shape} and {weight.shape}"
            )
        check_bias(operator, bias, weight.shape[1] * groups)
        stride = as_tuple(stride, n, operator, "stride", 1)
        padding = as_tuple(padding, n, operator, "padding", 0)
        output_padding = as_tuple(output_padding, n, operator, "output_padding", 0)
        dilation = as_tuple(dilation, n, operator, "dilation", 1)
        axes = zip(input.shape[2:], weight.shape[2:], stride, padding, output_padding, dilation, strict=True)
        try:
            size = tuple(transposed_length(*axis) for axis in axes)
        except ValueError as error:
            raise ValueError(f"{operator}: {error}") from None
        ends = list(zip(padding, output_padding, strict=True))
        setting = Setting(stride, tuple((p, max(p - o, 0)) for p, o in ends), dilation, groups)
        layer = cls(
            operator, input, weight, bias, setting, batched, size, tuple(max(o - p, 0) for p, o in ends)
        )
        refuse_huge(layer.output_shape, input.dtype, operator)
        return layer

    @property
    def output_shape(self) -> tuple[int, ...]:
        """The shape (N, K, ...) of what the layer computes."""
        return (len(self.input), self.weight.shape[1] * self.setting.groups, *self.size)

    def forward(self) -> np.ndarray:
        """Compute the layer, bias included."""
        wide = self.widened()
        with np.errstate(all="ignore"):
            output = _products.input_gradient(wide.input, wide.weight, self.size, self.setting)
            return finish(output, wide.bias, self.input.dtype, self.batched)

    def backward(self, grad_output) -> Gradients:
        """Return the gradients of input, weight and bias: the roles of input and gradient are exchanged."""
        grad = check_gradient(self.operator, grad_output, self.output_shape, self.input.dtype, self.batched)
        wide = self.widened()
        grad = grad.astype(wide.input.dtype, copy=False)
        inside = (slice(length - unread) for length, unread in zip(self.size, self.unread, strict=True))
        seen = grad[:, :, *inside]
        with np.errstate(all="ignore"):
            grad_input = _products.forward(seen, wide.weight, self.setting)
            grad_weight = _products.weight_gradient(wide.input, seen, self.weight.shape[2:], self.setting)
            return narrow_gradients(self, grad_input, grad_weight, grad)


def conv_transpose1d(
    input: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: int | tuple[int] = 1,
    padding: int | tuple[int] = 0,
    output_padding: int | tuple[int] = 0,
    groups: int = 1,
    dilation: int | tuple[int] = 1,
) -> np.ndarray:
    """Paint every value's multiple of the kernels onto a longer signal; the adjoint of `conv1d`.

    `input` is (N, C, W) or (C, W), `weight` (C, K / groups, S); see `conv_transpose2d` for every argument.

    Examples
    --------
    >>> conv_transpose1d(np.array([[1.0, 2.0]]), np.array([[[1.0, 1.0, 1.0]]]), stride=2)
    array([[1., 1., 3., 2., 2.]])
    """
    arguments = (input, weight, bias, stride, padding, output_padding, groups, dilation)
    return TransposedLayer.check("conv_transpose1d", 1, *arguments).forward()


def conv_transpose2d(
    input: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: int | tuple[int, int] = 1,
    padding: int | tuple[int, int] = 0,
    output_padding: int | tuple[int, int] = 0,
    groups: int = 1,
    dilation: int | tuple[int, int] = 1,
) -> np.ndarray:
    """Paint every pixel's multiple of the kernels onto a larger image; the adjoint of `conv2d`.

    Parameters
    ----------
    input : array_like of shape (N, C, H, W) or (C, H, W)
    weight : array_like of shape (C, K / groups, R, S)
        As `conv2d` would take it to map K channels to C.
    bias : array_like of shape (K,), optional
    stride, dilation : int or (int, int), default 1
        Distance between the places of neighbouring pixels, and between the weights of a kernel.
    padding : int or (int, int), default 0
        Rows and columns taken off each side of the result.
    output_padding : int or (int, int), default 0
        Rows and columns added below and to the right, to name one of the sizes that `conv2d` with the same
        stride would map to H and W. Smaller than stride or dilation.
    groups : int, default 1
        As in `conv2d`.

    Returns
    -------
    ndarray of shape (N, K, P, Q) or (K, P, Q)
        With P and Q from `cnnbook.arithmetic.transposed_length`.

    Raises
    ------
    TypeError, ValueError
        On anything that PyTorch rejects, naming the argument.

    Examples
    --------
    >>> conv_transpose2d(np.array([[[1.0, 2.0]]]), np.ones((1, 1, 2, 2)), stride=2)[0]
    array([[1., 1., 2., 2.],
           [1., 1., 2., 2.]])
    """
    arguments = (input, weight, bias, stride, padding, output_padding, groups, dilation)
    return TransposedLayer.check("conv_transpose2d", 2, *arguments).forward()


def conv_transpose3d(
    input: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: int | tuple[int, int, int] = 1,
    padding: int | tuple[int, int, int] = 0,
    output_padding: int | tuple[int, int, int] = 0,
    groups: int = 1,
    dilation: int | tuple[int, int, int] = 1,
) -> np.ndarray:
    """Paint every voxel's multiple of the kernels onto a larger volume; the adjoint of `conv3d`.

    `input` is (N, C, D, H, W) or (C, D, H, W), `weight` (C, K / groups, T, R, S); see `conv_transpose2d` for
    every argument.

    Examples
    --------
    >>> conv_transpose3d(np.ones((1, 2, 2, 2)), np.ones((1, 4, 2, 2, 2)), stride=2).shape
    (4, 4, 4, 4)
    """
    arguments = (input, weight, bias, stride, padding, output_padding, groups, dilation)
    return TransposedLayer.check("conv_transpose3d", 3, *arguments).forward()


def conv_transpose1d_backward(
    grad_output: ArrayLike,
    input: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: int | tuple[int] = 1,
    padding: int | tuple[int] = 0,
    output_padding: int | tuple[int] = 0,
    groups: int = 1,
    dilation: int | tuple[int] = 1,
) -> Gradients:
    """Return the gradients of `input`, `weight` and `bias` of `conv_transpose1d`; see `conv2d_backward`."""
    arguments = (input, weight, bias, stride, padding, output_padding, groups, dilation)
    return TransposedLayer.check("conv_transpose1d_backward", 1, *arguments).backward(grad_output)


def conv_transpose2d_backward(
    grad_output: ArrayLike,
    input: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: int | tuple[int, int] = 1,
    padding: int | tuple[int, int] = 0,
    output_padding: int | tuple[int, int] = 0,
    groups: int = 1,
    dilation: int | tuple[int, int] = 1,
) -> Gradients:
    """Return the gradients of a loss with respect to the arrays that `conv_transpose2d` was given.

    `grad_output` has the shape of the layer's output; the other arguments are the forward call's own. Returns
    ``(grad_input, grad_weight, grad_bias)``, the last None without a bias. The adjoint of an adjoint is the
    convolution itself: `grad_input` is ``conv2d(grad_output, weight, ...)``.

    Raises
    ------
    TypeError, ValueError
        As `conv_transpose2d`, and if `grad_output` has not the output's shape and dtype.

    Examples
    --------
    >>> pixels, kernel = np.array([[[1.0, 2.0]]]), np.ones((1, 1, 2, 2))
    >>> grad_input, grad_weight, _ = conv_transpose2d_backward(np.ones((1, 2, 4)), pixels, kernel, stride=2)
    >>> grad_input, grad_weight[0, 0]
    (array([[[4., 4.]]]), array([[3., 3.],
           [3., 3.]]))
    """
    arguments = (input, weight, bias, stride, padding, output_padding, groups, dilation)
    return TransposedLayer.check("conv_transpose2d_backward", 2, *arguments).backward(grad_output)


def conv_transpose3d_backward(
    grad_output: ArrayLike,
    input: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: int | tuple[int, int, int] = 1,
    padding: int | tuple[int, int, int] = 0,
    output_padding: int | tuple[int, int, int] = 0,
    groups: int = 1,
    dilation: int | tuple[int, int, int] = 1,
) -> Gradients:
    """Return the gradients of `input`, `weight` and `bias` of `conv_transpose3d`; see `conv2d_backward`."""
    arguments = (input, weight, bias, stride, padding, output_padding, groups, dilation)
    return TransposedLayer.check("conv_transpose3d_backward", 3, *arguments).backward(grad_output)

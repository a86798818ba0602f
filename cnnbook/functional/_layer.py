"""The checked arguments of one convolution layer, in any number of dimensions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from cnnbook.arithmetic import effective_kernel, same_padding
from cnnbook.functional import _products
from cnnbook.functional._checks import (
    as_batched,
    as_floats,
    as_integer,
    as_numbers,
    as_tuple,
    refuse_huge,
    same_dtype,
)
from cnnbook.functional._setting import Setting
from cnnbook.functional.methods.choose import METHODS


@dataclass(slots=True)
class ConvolutionLayer:
    """A layer whose shapes fit: input (N, C, ...), weight (K, C / groups, ...), bias (K,) or None."""

    operator: str
    input: np.ndarray
    weight: np.ndarray
    bias: np.ndarray | None
    setting: Setting
    batched: bool

    @classmethod
    def check(cls, operator, n, input, weight, bias, stride, padding, dilation, groups):
        """Return the layer with `n` spatial axes, or raise ValueError or TypeError saying what is wrong."""
        input, weight, bias, batched = check_arrays(operator, n, input, weight, bias)
        groups = as_integer(groups, operator, "groups", 1)
        stride = as_tuple(stride, n, operator, "stride", 1)
        dilation = as_tuple(dilation, n, operator, "dilation", 1)
        if not isinstance(padding, str):
            padding = as_tuple(padding, n, operator, "padding", 0)
        call = (stride, padding, dilation, groups)
        setting = _fitting_setting(operator, input.shape, weight.shape, *call, input.dtype)
        check_bias(operator, bias, len(weight))
        return cls(operator, input, weight, bias, setting, batched)

    @property
    def output_shape(self) -> tuple[int, ...]:
        """The shape (N, K, ...) of what the layer computes."""
        size = self.setting.output_size(self.input.shape[2:], self.weight.shape[2:])
        return (len(self.input), len(self.weight), *size)

    def forward(self, method: str = "auto", exact: bool = False) -> np.ndarray:
        """Compute the layer, bias included; infinities and NaN take their course without warnings."""
        if method != "auto" and method not in METHODS:
            raise ValueError(
                f"{self.operator}: method must be one of auto, {', '.join(METHODS)}, got {method!r}"
            )
        wide = self.widened()
        with np.errstate(all="ignore"):
            output = _products.forward(wide.input, wide.weight, wide.setting, method, exact)
            return finish(output, wide.bias, self.input.dtype, self.batched)

    def backward(self, grad_output) -> tuple[np.ndarray, np.ndarray, np.ndarray | None]:
        """Return the gradients of input, weight and bias."""
        grad = check_gradient(self.operator, grad_output, self.output_shape, self.input.dtype, self.batched)
        wide = self.widened()
        grad = grad.astype(wide.input.dtype, copy=False)
        with np.errstate(all="ignore"):
            grad_input = _products.input_gradient(grad, wide.weight, self.input.shape[2:], self.setting)
            grad_weight = _products.weight_gradient(grad, wide.input, self.weight.shape[2:], self.setting)
            return narrow_gradients(self, grad_input, grad_weight, grad)

    def widened(self) -> ConvolutionLayer:
        """Return the layer in float32 if it is in float16, whose sums would lose too much."""
        if self.input.dtype != np.float16:
            return self
        arrays = {"input": self.input, "weight": self.weight, "bias": self.bias}
        wide = {name: None if a is None else a.astype(np.float32) for name, a in arrays.items()}
        return replace(self, **wide)


def finish(output: np.ndarray, bias: np.ndarray | None, dtype: np.dtype, batched: bool) -> np.ndarray:
    """Add the bias in place, round to `dtype`, and drop the batch axis if the caller gave none."""
    if bias is not None:
        output += bias.reshape(-1, *(1,) * (output.ndim - 2))
    output = output.astype(dtype, copy=False)
    return output if batched else output[0]


def narrow_gradients(layer, grad_input, grad_weight, grad) -> tuple:
    """Return the three gradients in the layer's dtype and with the input's own dimensions."""
    dtype = layer.input.dtype
    axes = (0, *range(2, grad.ndim))
    grad_bias = None if layer.bias is None else grad.sum(axis=axes).astype(dtype, copy=False)
    grad_input = grad_input.astype(dtype, copy=False)
    grad_weight = grad_weight.astype(dtype, copy=False)
    return grad_input if layer.batched else grad_input[0], grad_weight, grad_bias


def check_arrays(operator, n, input, weight, bias):
    """Return input (N, C, ...), weight and bias as arrays of one dtype, and whether the input was batched."""
    input, added = as_batched(as_numbers(input, operator), n, operator)
    weight = as_numbers(weight, operator, "weight")
    bias = None if bias is None else as_numbers(bias, operator, "bias")
    same_dtype(operator, input=input, weight=weight, bias=bias)
    if weight.ndim != n + 2:
        raise ValueError(f"{operator}: weight must have {n + 2} dimensions, got shape {weight.shape}")
    if 0 in input.shape[2:]:
        raise ValueError(f"{operator}: input must not be empty along a spatial axis, got {input.shape}")
    if 0 in (len(weight), *weight.shape[2:]):
        raise ValueError(f"{operator}: weight must not be empty, got shape {weight.shape}")
    return input, weight, bias, not added


def check_bias(operator, bias, K) -> None:
    """Refuse a bias that does not have one value for each of the K kernels."""
    if bias is not None and bias.shape != (K,):
        raise ValueError(f"{operator}: bias must have shape ({K},), one value a kernel, got {bias.shape}")


def check_gradient(operator, grad_output, shape, dtype, batched) -> np.ndarray:
    """Return the output's gradient as an array of the batched `shape`, or refuse it."""
    grad = as_floats(grad_output, operator, "grad_output")
    expected = shape if batched else shape[1:]
    if grad.shape != tuple(expected) or grad.dtype != dtype:
        raise ValueError(
            f"{operator}: grad_output must have shape {tuple(expected)} and dtype {dtype}, "
            f"got {grad.shape} and {grad.dtype}"
        )
    return grad.reshape(shape)


@lru_cache(maxsize=1024)
def _fitting_setting(operator, input_shape, weight_shape, stride, padding, dilation, groups, dtype):
    """Return how the kernels move, or refuse shapes that do not fit; a shape seen before needs no checks."""
    _check_channels(operator, input_shape, weight_shape, groups)
    padding = _padding_pairs(operator, padding, weight_shape[2:], stride, dilation)
    _check_sizes(operator, input_shape, weight_shape, padding, dilation)
    setting = Setting(stride, padding, dilation, groups)
    size = setting.output_size(input_shape[2:], weight_shape[2:])
    refuse_huge((input_shape[0], weight_shape[0], *size), dtype, operator)
    return setting


def _check_channels(operator, input_shape, weight_shape, groups) -> None:
    """Refuse a weight (K, C / groups, ...) that does not fit an input (N, C, ...)."""
    shapes = f"shapes {input_shape} and {weight_shape}"
    if input_shape[1] != weight_shape[1] * groups:
        raise ValueError(
            f"{operator}: input has {input_shape[1]} channels but weight expects {weight_shape[1] * groups} "
            f"(groups={groups}); {shapes}"
        )
    if weight_shape[0] % groups:
        raise ValueError(
            f"{operator}: {weight_shape[0]} kernels cannot be dealt out to {groups} groups evenly; {shapes}"
        )


def _padding_pairs(operator, padding, kernel, stride, dilation) -> tuple[tuple[int, int], ...]:
    """Return (before, after) for every axis."""
    if not isinstance(padding, str):
        return tuple((p, p) for p in padding)
    if padding not in ("same", "valid"):
        raise ValueError(f"{operator}: padding must be integers, 'same' or 'valid', got {padding!r}")
    if padding == "valid":
        return ((0, 0),) * len(kernel)
    if any(step != 1 for step in stride):
        raise ValueError(f"{operator}: padding 'same' needs stride 1, got stride {stride}")
    return tuple(same_padding(k, d) for k, d in zip(kernel, dilation, strict=True))


def _check_sizes(operator, input_shape, weight_shape, padding, dilation) -> None:
    """Refuse a kernel that is larger than its padded input."""
    axes = zip(input_shape[2:], weight_shape[2:], dilation, padding, strict=True)
    for length, kernel, step, (before, after) in axes:
        span = effective_kernel(kernel, step)
        if span > length + before + after:
            raise ValueError(
                f"{operator}: the kernel is larger than the padded input: it spans {span} "
                f"(kernel {kernel}, dilation {step}), the input {length} plus padding "
                f"{before} and {after}; shapes {input_shape} and {weight_shape}"
            )

"""The checked arguments of one convolution layer, in any number of dimensions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cnnbook.arithmetic import effective_kernel, output_length, same_padding
from cnnbook.functional._checks import (
    as_batched,
    as_integer,
    as_numbers,
    as_tuple,
    refuse_huge,
    same_dtype,
)


@dataclass(frozen=True)
class ConvolutionLayer:
    """A layer whose shapes fit: input (N, C, ...), weight (K, C / groups, ...), padding in pairs."""

    operator: str
    input: np.ndarray
    weight: np.ndarray
    bias: np.ndarray | None
    stride: tuple[int, ...]
    padding: tuple[tuple[int, int], ...]
    dilation: tuple[int, ...]
    groups: int
    batched: bool

    @classmethod
    def check(cls, operator, n, input, weight, bias, stride, padding, dilation, groups):
        """Return the layer with `n` spatial axes, or raise ValueError or TypeError saying what is wrong."""
        input, added = as_batched(as_numbers(input, operator), n, operator)
        weight = as_numbers(weight, operator, "weight")
        bias = None if bias is None else as_numbers(bias, operator, "bias")
        same_dtype(operator, input=input, weight=weight, bias=bias)
        groups = as_integer(groups, operator, "groups", 1)
        check_channels(operator, n, input, weight, bias, groups)
        stride = as_tuple(stride, n, operator, "stride", 1)
        dilation = as_tuple(dilation, n, operator, "dilation", 1)
        padding = _padding_pairs(operator, padding, weight.shape[2:], stride, dilation)
        layer = cls(operator, input, weight, bias, stride, padding, dilation, groups, not added)
        layer._check_sizes()
        return layer

    @property
    def output_shape(self) -> tuple[int, ...]:
        """The shape (N, K, ...) of what the layer computes."""
        axes = zip(self.input.shape[2:], self.weight.shape[2:], self.stride, self.padding, self.dilation,
                   strict=True)  # fmt: skip
        return (len(self.input), len(self.weight), *(output_length(*axis) for axis in axes))

    def finish(self, output: np.ndarray) -> np.ndarray:
        """Add the bias in place, and drop the batch axis if the caller gave none."""
        if self.bias is not None:
            output += self.bias.reshape(-1, *(1,) * len(self.stride))
        return output if self.batched else output[0]

    def _check_sizes(self) -> None:
        for length, kernel, dilation, pair in zip(
            self.input.shape[2:], self.weight.shape[2:], self.dilation, self.padding, strict=True
        ):
            span = effective_kernel(kernel, dilation)
            if span > length + sum(pair):
                raise ValueError(
                    f"{self.operator}: the kernel is larger than the padded input: it spans {span} "
                    f"(kernel {kernel}, dilation {dilation}), the input {length} plus padding "
                    f"{pair[0]} and {pair[1]}; shapes {self.input.shape} and {self.weight.shape}"
                )
        refuse_huge(self.output_shape, self.input.dtype, self.operator)


def check_channels(operator, n, input, weight, bias, groups) -> None:
    """Refuse a weight (K, C / groups, ...) or a bias (K,) that does not fit the input (N, C, ...)."""
    shapes = f"shapes {input.shape} and {weight.shape}"
    if weight.ndim != n + 2:
        raise ValueError(f"{operator}: weight must have {n + 2} dimensions, got shape {weight.shape}")
    if 0 in weight.shape[2:] or 0 in weight.shape[:1]:
        raise ValueError(f"{operator}: weight must hold at least one kernel of at least one value; {shapes}")
    if input.shape[1] != weight.shape[1] * groups:
        raise ValueError(
            f"{operator}: input has {input.shape[1]} channels but weight expects {weight.shape[1] * groups} "
            f"(groups={groups}); {shapes}"
        )
    if len(weight) % groups:
        raise ValueError(
            f"{operator}: {len(weight)} kernels cannot be dealt out to groups={groups}; {shapes}"
        )
    if 0 in input.shape[2:]:
        raise ValueError(f"{operator}: input must not be empty along rows or columns; {shapes}")
    if bias is not None and bias.shape != (len(weight),):
        raise ValueError(f"{operator}: bias must have shape ({len(weight)},), got {bias.shape}")


def _padding_pairs(operator, padding, kernel, stride, dilation) -> tuple[tuple[int, int], ...]:
    """Return (before, after) for every axis."""
    if not isinstance(padding, str):
        return tuple((p, p) for p in as_tuple(padding, len(kernel), operator, "padding", 0))
    if padding not in ("same", "valid"):
        raise ValueError(f"{operator}: padding must be integers, 'same' or 'valid', got {padding!r}")
    if padding == "valid":
        return ((0, 0),) * len(kernel)
    if any(step != 1 for step in stride):
        raise ValueError(f"{operator}: padding 'same' needs stride 1, got stride {stride}")
    return tuple(same_padding(k, d) for k, d in zip(kernel, dilation, strict=True))

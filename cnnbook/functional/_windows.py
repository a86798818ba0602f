"""Pooling windows: where each one reads, and reducing them axis by axis.

A window of R x S values is reduced in two passes, R values along the rows and then S along the columns:
R + S operations instead of R * S. The first pass is the cheap one, whole rows at a time, and halves the
work of the second. Planes go through in blocks that fit into the processor's cache.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from cnnbook.arithmetic import effective_kernel, output_length
from cnnbook.functional._checks import as_batched, as_tuple

# A block of planes and its intermediate results stay within the second-level cache of common processors.
BLOCK_BYTES = 1 << 18


@dataclass(frozen=True)
class Window:
    """A window sliding along one axis of `length` values; padding is skipped, never read."""

    length: int
    kernel: int
    stride: int
    padding: int
    dilation: int
    count: int  # how many positions it takes

    @cached_property
    def taps(self) -> list[tuple[int, slice, slice]]:
        """Per value of the window that is ever inside: its number, the positions it serves, their reads."""
        found = []
        for tap in range(self.kernel):
            offset = tap * self.dilation - self.padding
            first = max(0, -(offset // self.stride))
            last = min(self.count - 1, (self.length - 1 - offset) // self.stride)
            if first <= last:
                start = first * self.stride + offset
                stop = last * self.stride + offset + 1
                found.append((tap, slice(first, last + 1), slice(start, stop, self.stride)))
        return found

    @property
    def tiles(self) -> bool:
        """Whether the windows cover the axis without gap or overlap."""
        return not self.padding and self.kernel == self.stride and self.count * self.kernel == self.length

    @cached_property
    def starts(self) -> np.ndarray:
        """First position read, padding included, hence possibly negative."""
        return np.arange(self.count) * self.stride - self.padding

    def sizes(self, include_padding: bool) -> np.ndarray:
        """How many values every position averages over; what hangs over the padding never counts."""
        first, last = (-self.padding, self.length + self.padding) if include_padding else (0, self.length)
        ends = np.minimum(self.starts + self.kernel, self.length + self.padding)
        return np.minimum(ends, last) - np.maximum(self.starts, first)


@dataclass(frozen=True)
class Pool:
    """A pooling call whose arguments fit: the input as M planes, and one window per axis."""

    operator: str
    planes: np.ndarray  # (M, H, W) for two axes
    leading: tuple[int, ...]  # (N, C) or (C,)
    windows: tuple[Window, ...]

    @classmethod
    def check(
        cls, operator: str, input: ArrayLike, n: int, kernel_size, stride, padding, dilation, ceil_mode
    ) -> Pool:
        """Return the call with `n` pooled axes, or raise ValueError or TypeError saying what is wrong."""
        planes, leading = as_planes(operator, input, n)
        kernel = as_tuple(kernel_size, n, operator, "kernel_size", 1)
        stride = kernel if _is_missing(stride) else as_tuple(stride, n, operator, "stride", 1)
        padding = as_tuple(padding, n, operator, "padding", 0)
        dilation = as_tuple(dilation, n, operator, "dilation", 1)
        if not isinstance(ceil_mode, bool | np.bool_):
            raise TypeError(f"{operator}: ceil_mode must be True or False, got {ceil_mode!r}")
        settings = zip(planes.shape[1:], kernel, stride, padding, dilation, strict=True)
        windows = tuple(_window(operator, *axis, bool(ceil_mode)) for axis in settings)
        return cls(operator, planes, leading, windows)

    @property
    def counts(self) -> tuple[int, ...]:
        """Output positions along the pooled axes."""
        return tuple(window.count for window in self.windows)

    @property
    def output_shape(self) -> tuple[int, ...]:
        """Shape of the output, with the leading axes that the input has."""
        return (*self.leading, *self.counts)

    @property
    def is_global(self) -> bool:
        """Whether there is one window, and it is the whole plane."""
        return all(window.count == 1 and window.tiles for window in self.windows)

    def blocks(self) -> Iterator[slice]:
        """Yield slices of the planes, each about `BLOCK_BYTES` of input."""
        size = max(1, BLOCK_BYTES // max(1, self.planes[:1].nbytes))
        for start in range(0, len(self.planes), size):
            yield slice(start, start + size)

    def reduce(
        self, ufunc: np.ufunc, initial: float, dtype: np.dtype, divisor: np.ndarray | None = None
    ) -> np.ndarray:
        """Return every window reduced by `ufunc`, whose neutral value is `initial`, as (M, P, Q).

        The division is done here, while the block is still in the cache.
        """
        output = np.empty((len(self.planes), *self.counts), dtype)
        for block in self.blocks():
            values = self.planes[block]
            for axis, window in enumerate(self.windows, 1):
                last = axis == len(self.windows)
                target = output[block] if last else _empty_like(values, axis, window.count, dtype)
                slide(ufunc, values, window, axis, initial, target)
                values = target
            if divisor is not None:
                np.divide(values, divisor, out=values)
        return output


def slide(ufunc, values, window: Window, axis: int, initial, output) -> None:
    """Reduce the windows along one axis into `output`."""
    whole = slice(0, window.count)
    full = [values[along(axis, read)] for _, positions, read in window.taps if positions == whole]
    if len(full) > 1:  # the first two values of every window fill the output in one pass
        ufunc(full[0], full[1], out=output)
    elif full:
        np.copyto(output, full[0])
    else:
        output.fill(initial)
    for part in full[2:]:
        ufunc(output, part, out=output)
    for _, positions, read in window.taps:
        if positions != whole:
            part = output[along(axis, positions)]
            ufunc(part, values[along(axis, read)], out=part)


def spread(gradient: np.ndarray, window: Window, axis: int) -> np.ndarray:
    """Give every value of a window the window's gradient: the transpose of sliding a sum along the axis."""
    if window.tiles:
        return np.repeat(gradient, window.kernel, axis)
    result = np.zeros_like(
        gradient, shape=(*gradient.shape[:axis], window.length, *gradient.shape[axis + 1 :])
    )
    for _, positions, read in window.taps:
        result[along(axis, read)] += gradient[along(axis, positions)]
    return result


def along(axis: int, where: slice) -> tuple[slice, ...]:
    """Return an index that applies `where` to one axis."""
    return (slice(None),) * axis + (where,)


def as_planes(operator: str, input: np.ndarray, n: int) -> tuple[np.ndarray, tuple[int, ...]]:
    """Return the input as (M, *n axes) and its leading shape; only the batch may be empty."""
    batched, added = as_batched(input, n, operator)
    if 0 in batched.shape[1:]:
        raise ValueError(f"{operator}: input may be empty only along the batch axis, got {input.shape}")
    leading = batched.shape[1:2] if added else batched.shape[:2]
    return batched.reshape(-1 if batched.size else 0, *batched.shape[2:]), leading


def _empty_like(values: np.ndarray, axis: int, count: int, dtype: np.dtype) -> np.ndarray:
    return np.empty((*values.shape[:axis], count, *values.shape[axis + 1 :]), dtype)


def _is_missing(stride: object) -> bool:
    """PyTorch takes None and an empty sequence for 'as the kernel'."""
    return stride is None or (isinstance(stride, tuple | list) and not stride)


def _window(operator, length, kernel, stride, padding, dilation, ceil_mode) -> Window:
    if padding > kernel // 2:
        raise ValueError(
            f"{operator}: padding must be at most half of kernel_size, got padding {padding} and "
            f"kernel_size {kernel}"
        )
    try:
        count = output_length(length, kernel, stride, padding, dilation, ceil_mode)
    except ValueError:
        raise ValueError(
            f"{operator}: kernel_size {kernel} with dilation {dilation} spans "
            f"{effective_kernel(kernel, dilation)} values and does not fit into {length} plus padding "
            f"{padding} on both sides"
        ) from None
    return Window(length, kernel, stride, padding, dilation, count)

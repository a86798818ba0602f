"""How adaptive pooling computes: one axis after the other, one output after the other."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import ArrayLike

from cnnbook.functional._checks import as_batched, as_floats, as_integer, refuse_huge
from cnnbook.functional._gradients import as_gradient, widened
from cnnbook.functional._maximum import scatter_to_maxima
from cnnbook.functional._windows import along


def ranges(length: int, count: int) -> Iterator[tuple[int, slice]]:
    """Yield the number and the slice of each of `count` windows that together cover `length` values.

    >>> [(window.start, window.stop) for _, window in ranges(7, 3)]
    [(0, 3), (2, 5), (4, 7)]
    """
    for i in range(count):
        yield i, slice(i * length // count, -(-(i + 1) * length // count))


def averaged(operator, n, input, output_size) -> np.ndarray:
    """Return the mean of every window."""
    input, counts = _checked(operator, n, input, output_size)
    values = widened(input)
    with np.errstate(all="ignore"):
        for axis, count in enumerate(counts, input.ndim - n):
            means = np.empty(_with_length(values, axis, count), values.dtype)
            for i, window in ranges(values.shape[axis], count):
                means[along(axis, i)] = values[along(axis, window)].mean(axis)
            values = means
    return values.astype(input.dtype, copy=values is input)


def averaged_backward(operator, n, grad_output, input, output_size) -> np.ndarray:
    """Return the gradient of `averaged`."""
    input, counts = _checked(operator, n, input, output_size)
    leading = input.shape[: input.ndim - n]
    gradient = widened(as_gradient(grad_output, operator, (*leading, *counts), input.dtype))
    with np.errstate(all="ignore"):
        for axis, count in reversed(list(enumerate(counts, input.ndim - n))):
            shared = np.zeros(_with_length(gradient, axis, input.shape[axis]), gradient.dtype)
            for i, window in ranges(input.shape[axis], count):
                share = gradient[along(axis, slice(i, i + 1))] / (window.stop - window.start)
                shared[along(axis, window)] += share
            gradient = shared
    return gradient.astype(input.dtype, copy=False)


def largest(operator, n, input, output_size, return_indices):
    """Return the largest value of every window, and where it is if asked for."""
    input, counts = _checked(operator, n, input, output_size, channels_too=True)
    values = input
    places = np.arange(math.prod(input.shape[-n:])).reshape(input.shape[-n:])
    places = np.broadcast_to(places, input.shape)
    # Columns before rows: then the first of equal values is the one in the first row, as in PyTorch.
    for axis, count in reversed(list(enumerate(counts, input.ndim - n))):
        shape = _with_length(values, axis, count)
        maxima, at = np.empty(shape, values.dtype), np.empty(shape, np.int64)
        for i, window in ranges(values.shape[axis], count):
            part = values[along(axis, window)]
            chosen = np.expand_dims(_first_largest(part, axis), axis)
            maxima[along(axis, slice(i, i + 1))] = np.take_along_axis(part, chosen, axis)
            at[along(axis, slice(i, i + 1))] = np.take_along_axis(places[along(axis, window)], chosen, axis)
        values, places = maxima, at
    return (values, places) if return_indices else values


def largest_backward(operator, n, grad_output, input, output_size, indices: ArrayLike | None) -> np.ndarray:
    """Return the gradient of `largest`."""
    input, counts = _checked(operator, n, input, output_size, channels_too=True)
    leading = input.ndim - n
    gradient = as_gradient(grad_output, operator, (*input.shape[:leading], *counts), input.dtype)
    if indices is None:
        _, indices = largest(operator, n, input, output_size, return_indices=True)
    return scatter_to_maxima(operator, gradient, indices, input.shape, leading)


def _first_largest(values: np.ndarray, axis: int) -> np.ndarray:
    """Return where the first largest value is; of several NaN the last, as in PyTorch."""
    chosen = values.argmax(axis)
    nan = np.isnan(values)
    if nan.any():
        last = values.shape[axis] - 1 - np.flip(nan, axis).argmax(axis)
        chosen = np.where(nan.any(axis), last, chosen)
    return chosen


def _with_length(values: np.ndarray, axis: int, length: int) -> tuple[int, ...]:
    return (*values.shape[:axis], length, *values.shape[axis + 1 :])


def _checked(operator, n, input, output_size, channels_too=False) -> tuple[np.ndarray, tuple[int, ...]]:
    """Return the input and the number of outputs along each pooled axis."""
    input = as_floats(input, operator)
    batched, _ = as_batched(input, n, operator)
    if 0 in (input.shape[1:] if channels_too or n == 3 else batched.shape[2:]):
        raise ValueError(f"{operator}: input may be empty only along the batch axis, got {input.shape}")
    sizes = output_size
    if not isinstance(sizes, Sequence | np.ndarray):
        sizes = [sizes] * n if sizes is not None else []
    if len(sizes) != n or (n == 1 and sizes[0] is None):
        raise ValueError(f"{operator}: output_size must be an integer or {n} of them, got {output_size!r}")
    counts = tuple(
        length if size is None else as_integer(size, operator, "output_size", 0)
        for size, length in zip(sizes, input.shape[-n:], strict=True)
    )
    refuse_huge((*input.shape[:-n], *counts), input.dtype, operator)
    return input, counts

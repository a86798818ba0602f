"""Padding: what stands beyond the edge of an image."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from cnnbook.functional._checks import as_floats, as_integer, refuse_huge
from cnnbook.functional._gradients import as_gradient
from cnnbook.functional._windows import along

MODES = ("constant", "reflect", "replicate", "circular")


def pad(
    input: ArrayLike, pad: Sequence[int], mode: str = "constant", value: float | None = None
) -> np.ndarray:
    """Add positions at the ends of the last axes, or with negative numbers take them off.

    Parameters
    ----------
    input : array_like of shape (..., H, W)
        Numbers or booleans.
    pad : sequence of int
        Two numbers per axis, before and after, beginning with the last axis:
        ``(left, right, top, bottom)`` for an image. Axes not mentioned stay as they are.
    mode : {'constant', 'reflect', 'replicate', 'circular'}
        Fill with `value`; mirror at the last value without repeating it; repeat the last value; or go on
        at the other end. All but 'constant' work on 1 to 3 axes that follow the channels.
    value : float, optional
        Only for 'constant'; 0 by default.

    Returns
    -------
    ndarray
        In the input's dtype.

    Raises
    ------
    TypeError
        If `pad` holds anything but integers.
    ValueError
        If `pad` does not fit the input or the mode, or leaves less than nothing.

    Examples
    --------
    >>> row = np.array([[1, 2, 3]])
    >>> pad(row, (2, 1))
    array([[0, 0, 1, 2, 3, 0]])
    >>> pad(row, (2, 1), mode="reflect"), pad(row, (2, -1), mode="replicate")
    (array([[3, 2, 1, 2, 3, 2]]), array([[1, 1, 1, 2]]))
    """
    input = np.asarray(input)
    if input.dtype.kind not in "biufc":
        raise TypeError(f"pad: input must hold numbers or booleans, got dtype {input.dtype}")
    pairs = _checked_pairs("pad", input, pad, mode, value)
    if mode == "constant":
        return _filled(input, pairs, 0 if value is None else value)
    for axis, (before, after) in enumerate(pairs):
        if before or after:
            input = input.take(_sources(input.shape[axis], before, after, mode), axis)
    return input.copy() if not any(map(any, pairs)) else input


def pad_backward(
    grad_output: ArrayLike,
    input: ArrayLike,
    pad: Sequence[int],
    mode: str = "constant",
    value: float | None = None,
) -> np.ndarray:
    """Return the gradient of `pad`: every copy sends its gradient back to the value it is a copy of.

    >>> pad_backward([[1.0, 2.0, 3.0, 4.0, 5.0]], np.zeros((1, 3)), (1, 1), mode="reflect")
    array([[2., 9., 4.]])
    """
    input = as_floats(input, "pad_backward")
    pairs = _checked_pairs("pad_backward", input, pad, mode, value)
    shape = _padded_shape(input, pairs)
    gradient = as_gradient(grad_output, "pad_backward", shape, input.dtype)
    if mode == "constant":
        return _filled(gradient, [(-before, -after) for before, after in pairs], 0)
    for axis, (before, after) in enumerate(pairs):
        if before or after:
            gradient = _returned(gradient, axis, input.shape[axis], before, after, mode)
    return gradient.copy() if not any(map(any, pairs)) else gradient


def _filled(input: np.ndarray, pairs: Sequence[tuple[int, int]], value: float) -> np.ndarray:
    output = np.full(_padded_shape(input, pairs), value, input.dtype)
    kept, target = [], []
    for length, (before, after) in zip(input.shape, pairs, strict=True):
        kept.append(slice(max(0, -before), length - max(0, -after)))
        target.append(slice(max(0, before), max(0, before) + max(0, kept[-1].stop - kept[-1].start)))
    output[tuple(target)] = input[tuple(kept)]
    return output


def _sources(length: int, before: int, after: int, mode: str) -> np.ndarray:
    """Return for every position of the padded axis the position of the input that it is a copy of."""
    positions = np.arange(-before, length + after)
    if mode == "replicate":
        return positions.clip(0, length - 1)
    if mode == "circular":
        cut = max(0, -before)  # what is taken off one end is not there to go on with at the other
        return (positions - cut) % (length + min(0, before) + min(0, after)) + cut
    positions = np.abs(positions)
    return np.where(positions < length, positions, 2 * (length - 1) - positions)


def _returned(gradient, axis: int, length: int, before: int, after: int, mode: str) -> np.ndarray:
    """Return the gradient along one axis before padding: the kept middle in one piece, then the copies."""
    result = np.zeros((*gradient.shape[:axis], length, *gradient.shape[axis + 1 :]), gradient.dtype)
    first, last = max(0, before), before + length + min(0, after)
    result[along(axis, slice(first - before, last - before))] = gradient[along(axis, slice(first, last))]
    with np.errstate(all="ignore"):
        for position, source in enumerate(_sources(length, before, after, mode)):
            if not first <= position < last:
                result[along(axis, source)] += gradient[along(axis, position)]
    return result


def _padded_shape(input: np.ndarray, pairs: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    return tuple(length + sum(pair) for length, pair in zip(input.shape, pairs, strict=True))


def _checked_pairs(operator, input, pad, mode, value) -> list[tuple[int, int]]:
    """Return (before, after) for every axis of the input."""
    if not isinstance(pad, Sequence | np.ndarray) or isinstance(pad, str):
        raise TypeError(f"{operator}: pad must be a sequence of integers, got {pad!r}")
    numbers = [as_integer(number, operator, "pad") for number in pad]
    if len(numbers) % 2 or len(numbers) > 2 * input.ndim:
        raise ValueError(
            f"{operator}: pad must be two integers for each of at most {input.ndim} axes, got {pad!r}"
        )
    axes = len(numbers) // 2
    pairs = [(0, 0)] * (input.ndim - axes) + list(zip(numbers[-2::-2], numbers[::-2], strict=True))
    if mode not in MODES:
        raise ValueError(f"{operator}: mode must be one of {MODES}, got {mode!r}")
    shape = _padded_shape(input, pairs)
    if min(shape, default=0) < 0:
        raise ValueError(f"{operator}: pad {pad!r} would leave shape {shape} of {input.shape}")
    if mode != "constant":
        _check_copies(operator, input, axes, pairs, mode, value)
    refuse_huge(shape, input.dtype, operator)
    return pairs


def _check_copies(operator, input, axes, pairs, mode, value) -> None:
    """Refuse what the modes that copy values cannot do."""
    if value is not None:
        raise ValueError(f"{operator}: mode {mode!r} takes no value, got {value!r}")
    if input.dtype.kind == "b" and mode != "circular":
        raise TypeError(f"{operator}: mode {mode!r} needs numbers, got dtype {input.dtype}")
    if not 1 <= axes <= 3 or input.ndim not in (axes + 1, axes + 2):
        raise ValueError(
            f"{operator}: mode {mode!r} pads 1 to 3 axes of an input with one or two axes more, "
            f"got pad for {axes} axes and shape {input.shape}"
        )
    if mode != "circular":
        padded = _padded_shape(input, pairs)[-axes:]
        if 0 in input.shape[-axes - 1 :] or max(padded) < 1:
            raise ValueError(f"{operator}: mode {mode!r} cannot make {padded} of shape {input.shape}")
    for length, (before, after) in zip(input.shape[-axes:], pairs[-axes:], strict=True):
        kept = length + min(0, before) + min(0, after)
        too_long = {
            "reflect": max(before, after) >= length,
            "circular": before > kept or after > length or (kept < 1 and max(before, after) > 0),
        }
        if too_long.get(mode, False):
            raise ValueError(
                f"{operator}: mode {mode!r} cannot pad {length} values by {before} and {after}; "
                f"shape {input.shape}"
            )

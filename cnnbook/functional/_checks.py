"""What all operators ask of their arguments, and how they say no.

Every refusal names the operator, the argument, what was got and what was expected.
"""

from __future__ import annotations

import math
import operator as python_operator
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

# A refused size is one that no machine of the next years could hold; smaller ones are NumPy's to refuse.
LARGEST_BYTES = 2**42


def as_integer(value: object, operator: str, name: str, minimum: int | None = None) -> int:
    """Return `value` as an int, at least `minimum`; a float or a bool is refused even if it is whole."""
    try:
        if isinstance(value, bool | np.bool_):
            raise TypeError
        number = python_operator.index(value)
    except TypeError:
        raise TypeError(f"{operator}: {name} must be an integer, got {value!r}") from None
    if minimum is not None and number < minimum:
        raise ValueError(f"{operator}: {name} must be at least {minimum}, got {value!r}")
    return number


def as_tuple(value: object, n: int, operator: str, name: str, minimum: int | None = None) -> tuple[int, ...]:
    """Return one integer per axis: a single integer stands for all `n` of them, as does a sequence of one.

    >>> as_tuple(2, 3, "conv3d", "stride"), as_tuple((1, 2), 2, "conv2d", "stride")
    ((2, 2, 2), (1, 2))
    """
    if type(value) is int and (minimum is None or value >= minimum):  # the usual case, at once
        return (value,) * n
    if isinstance(value, Sequence | np.ndarray) and not isinstance(value, str) and np.ndim(value) == 1:
        if len(value) not in (1, n):
            raise ValueError(f"{operator}: {name} must be one integer or {n} of them, got {value!r}")
        numbers = tuple(as_integer(item, operator, name, minimum) for item in value)
        return numbers * n if len(numbers) == 1 else numbers
    return (as_integer(value, operator, name, minimum),) * n


def as_numbers(value: ArrayLike, operator: str, name: str = "input") -> np.ndarray:
    """Return an array of integers, floating-point or complex numbers; anything else is a TypeError."""
    array = np.asarray(value)
    if array.dtype.kind not in "iufc":
        raise TypeError(f"{operator}: {name} must hold numbers, got dtype {array.dtype}")
    return array


def as_floats(value: ArrayLike, operator: str, name: str = "input") -> np.ndarray:
    """Return an array of floating-point numbers; anything else is a TypeError."""
    array = np.asarray(value)
    if array.dtype.kind != "f":
        raise TypeError(f"{operator}: {name} must hold floating-point numbers, got dtype {array.dtype}")
    return array


def as_batched(array: np.ndarray, n: int, operator: str, name: str = "input") -> tuple[np.ndarray, bool]:
    """Return the array with shape (N, C, *n axes) and whether a batch axis had to be added.

    >>> batched, added = as_batched(np.zeros((3, 8, 8)), 2, "conv2d")
    >>> batched.shape, added
    ((1, 3, 8, 8), True)
    """
    if array.ndim == n + 1:
        return array[np.newaxis], True
    if array.ndim != n + 2:
        raise ValueError(
            f"{operator}: {name} must have {n + 2} dimensions (batch, channels, and {n} more) "
            f"or {n + 1} without the batch, got shape {array.shape}"
        )
    return array, False


def same_dtype(operator: str, **arrays: np.ndarray | None) -> np.dtype:
    """Return the one dtype of all arrays given (None is skipped), or raise TypeError naming each."""
    dtypes = [array.dtype for array in arrays.values() if array is not None]
    if dtypes.count(dtypes[0]) < len(dtypes):
        listing = ", ".join(f"{name} {array.dtype}" for name, array in arrays.items() if array is not None)
        raise TypeError(f"{operator}: all arrays must have one dtype, got {listing}")
    return dtypes[0]


def refuse_huge(shape: Sequence[int], dtype: np.dtype, operator: str, name: str = "output") -> None:
    """Raise ValueError, before anything is allocated, for an array larger than `LARGEST_BYTES`."""
    size = math.prod(shape) * np.dtype(dtype).itemsize
    if size > LARGEST_BYTES:
        raise ValueError(
            f"{operator}: {name} of shape {tuple(shape)} and dtype {np.dtype(dtype)} would need "
            f"{size / 2**30:,.0f} GiB"
        )

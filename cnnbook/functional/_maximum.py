"""Where the maxima are, and the gradient that goes back to them."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array

from cnnbook.functional._gradients import widened
from cnnbook.functional._windows import Pool


def lowest(dtype: np.dtype) -> float:
    """Return the neutral value of a maximum."""
    return -np.inf if dtype.kind == "f" else np.iinfo(dtype).min


def positions_of_maxima(pool: Pool, maxima: np.ndarray) -> np.ndarray:
    """Return for every window the flat position, within its plane, of its first maximum, as (M, P, Q).

    Values of a window are ranked in falling order. "Equal to the maximum" times the rank, and of these the
    largest, is the first value that is equal; that needs no branch, no sorting, and one byte per window.
    Of several NaN it is the last one that PyTorch takes, so they are ranked in rising order.
    """
    taps = list(itertools.product(*(window.taps for window in pool.windows)))
    steps = [[number * window.dilation for number, _, _ in window.taps] for window in pool.windows]
    offsets = _flat(pool, steps).ravel()
    base = _flat(pool, [window.starts for window in pool.windows])
    rising, falling = np.append(0, offsets), np.append(0, offsets[::-1])
    positions = np.empty(maxima.shape, np.int64)
    for block in pool.blocks():
        values, found = pool.planes[block], maxima[block]
        rank = _largest_rank(values, found, taps[::-1], np.equal)
        offset = falling.take(rank)
        if found.dtype.kind == "f" and np.isnan(found).any():
            nan_rank = _largest_rank(values, found, taps, _is_nan)
            offset = np.where(nan_rank > 0, rising.take(nan_rank), offset)
            rank = np.maximum(rank, nan_rank)
        if 0 in rank:
            raise ValueError(
                f"{pool.operator}: a window lies wholly in holes and padding and has no position to return; "
                f"windows {pool.windows}"
            )
        np.add(offset, base, out=positions[block])
    return positions


def scatter_to_maxima(
    operator: str, gradient: np.ndarray, indices: ArrayLike, shape: tuple[int, ...], leading: int
) -> np.ndarray:
    """Return zeros of `shape` with every output's gradient added at the input value it came from.

    As a map from outputs to inputs the gradient of a maximum is a matrix with a single 1 per output. Held
    as a sparse matrix, one row per plane, it already is the answer; making it dense adds up what
    overlapping windows send to the same place.
    """
    size = math.prod(shape[leading:])
    indices = as_indices(operator, indices, gradient.shape, size)
    planes, each = math.prod(shape[:leading]), math.prod(gradient.shape[leading:])
    if not gradient.size:
        return np.zeros(shape, gradient.dtype)
    narrow = np.int32 if max(gradient.size, size) < 2**31 else np.int64  # spares SciPy a look at them all
    columns = indices.astype(narrow).reshape(-1)
    rows = np.arange(0, planes * each + 1, each, dtype=narrow)
    sparse = csr_array((widened(gradient).reshape(-1), columns, rows), shape=(planes, size))
    return sparse.toarray().reshape(shape).astype(gradient.dtype, copy=False)


def as_indices(operator: str, indices: ArrayLike, shape: tuple[int, ...], size: int) -> np.ndarray:
    """Return int64 indices of that shape, all from 0 to size - 1, or raise."""
    indices = np.asarray(indices)
    if indices.dtype != np.int64:
        raise TypeError(f"{operator}: indices must be int64, got {indices.dtype}")
    if indices.shape != shape:
        raise ValueError(f"{operator}: indices must have shape {shape}, got {indices.shape}")
    if indices.size and indices.view(np.uint64).max() >= size:  # as unsigned, negative ones are huge
        raise ValueError(
            f"{operator}: indices must be from 0 to {size - 1}, got {indices.min()} to {indices.max()}"
        )
    return indices


def _is_nan(values: np.ndarray, _: np.ndarray, out: np.ndarray) -> None:
    """Mark NaN, the only values unlike themselves; `np.isnan` of NumPy 2.4 errs if `out` has gaps."""
    np.not_equal(values, values, out=out)


def _largest_rank(values, found, taps, matches) -> np.ndarray:
    """Return the largest of the numbers 1, 2, ... of the taps whose value matches what was found, or 0."""
    dtype = np.min_scalar_type(len(taps))
    largest = np.zeros(found.shape, dtype)
    match, ranked = np.empty(found.shape, bool), np.empty(found.shape, dtype)
    for rank, tap in enumerate(taps, 1):
        at = (slice(None), *(positions for _, positions, _ in tap))
        read = (slice(None), *(read for _, _, read in tap))
        matches(values[read], found[at], out=match[at])
        np.multiply(match[at].view(np.uint8), dtype.type(rank), out=ranked[at])
        np.maximum(largest[at], ranked[at], out=largest[at])
    return largest


def _flat(pool: Pool, coordinates: Sequence[np.ndarray | int]) -> np.ndarray:
    """Return flat positions within a plane for all combinations of the axes' coordinates."""
    flat = 0
    for window, coordinate in zip(pool.windows, coordinates, strict=True):
        flat = np.add.outer(flat * window.length, coordinate)
    return flat

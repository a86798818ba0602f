"""Exercises of section 0, how to read this book."""

from collections.abc import Iterator

import numpy as np

from cnnbook.check import exercise
from cnnbook.i18n import _

_Four = tuple[int, int, int, int]


def _places() -> Iterator[tuple[_Four, _Four]]:
    yield (0, 0, 0, 1), (2, 3, 5, 4)
    yield (0, 0, 1, 0), (2, 3, 5, 4)
    yield (0, 1, 0, 0), (2, 3, 5, 4)
    yield (1, 0, 0, 0), (2, 3, 5, 4)
    yield (1, 1, 2, 1), (2, 3, 5, 4)
    rng = np.random.default_rng(0)
    for _number in range(5):
        shape = tuple(rng.integers(1, 9, 4).tolist())
        yield tuple(rng.integers(shape).tolist()), shape


def _columns_first(index: _Four, shape: _Four) -> int:
    (n, c, h, w), (N, C, H, W) = index, shape
    return place((n, c, w, h), (N, C, W, H))


def _channels_last(index: _Four, shape: _Four) -> int:
    (n, c, h, w), (N, C, H, W) = index, shape
    return place((n, h, w, c), (N, H, W, C))


def _from_one(index: _Four, shape: _Four) -> int:
    return place(index, shape) + 1


@exercise(
    "0.0.2",
    _places,
    {
        _("You deal down the columns first; the last letter, w, runs fastest."): _columns_first,
        _("You deal the channels last; a whole channel comes before the next one begins."): _channels_last,
        _("You count from 1; the first number lies in position 0."): _from_one,
    },
)
def place(index: _Four, shape: _Four) -> int:
    """Return the position of the number with an index (n, c, h, w) in a batch of shape (N, C, H, W)."""
    (n, c, h, w), (_N, C, H, W) = index, shape
    return ((n * C + c) * H + h) * W + w

"""Exercises of section 3.1, patterns that are small."""

from collections.abc import Iterator

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from cnnbook.check import exercise
from cnnbook.i18n import _


def _images() -> Iterator[tuple[list[list[int]], int]]:
    yield ([[0, 0], [0, 0]], 1)
    yield ([[1, 0, 0], [0, 0, 0]], 2)
    yield ([[0, 1, 0, 1], [1, 0, 1, 0], [0, 1, 0, 1]], 2)
    rng = np.random.default_rng(0)
    for shape, size in (((4, 6), 2), ((6, 5), 3), ((7, 7), 2)):
        yield (rng.integers(0, 2, shape).tolist(), size)


def _all_windows(image: list[list[int]], size: int) -> list[bytes]:
    windows = sliding_window_view(np.array(image), (size, size))
    return [window.tobytes() for row in windows for window in row]


def _with_repeats(image: list[list[int]], size: int) -> int:
    return len(_all_windows(image, size))


def _beside_one_another(image: list[list[int]], size: int) -> int:
    windows = sliding_window_view(np.array(image), (size, size))[::size, ::size]
    return len({window.tobytes() for row in windows for window in row})


@exercise(
    "3.1.4",
    _images,
    {
        _("Count each window once, however often it occurs."): _with_repeats,
        _("The window moves on by one place, not by its own length."): _beside_one_another,
    },
)
def different_windows(image: list[list[int]], size: int) -> int:
    """Return how many different windows of size x size an image shows."""
    return len(set(_all_windows(image, size)))

"""Exercises of section 2.6, pooling."""

from collections.abc import Iterator

import numpy as np

from cnnbook.check import exercise
from cnnbook.functional import max_pool2d
from cnnbook.i18n import _


def _images() -> Iterator[tuple[list[list[int]]]]:
    yield ([[1, 2], [3, 4]],)
    yield ([[-5, -2, -3, -9], [-8, -4, -1, -7]],)
    rng = np.random.default_rng(0)
    for shape in ((4, 4), (5, 6), (6, 5), (7, 7)):
        yield (rng.integers(-9, 10, shape).tolist(),)


def _overlapping(image: list[list[int]]) -> list[list[int]]:
    return max_pool2d(np.array([image]), 2, stride=1)[0].tolist()


def _average(image: list[list[int]]) -> list[list[float]]:
    table = np.array(image)[: len(image) // 2 * 2, : len(image[0]) // 2 * 2]
    return table.reshape(len(table) // 2, 2, -1, 2).mean(axis=(1, 3)).tolist()


@exercise(
    "2.6.2",
    _images,
    {
        _("Your windows move by one; the stride is 2."): _overlapping,
        _("That is the average of each window, not its maximum."): _average,
    },
)
def max_pool(image: list[list[int]]) -> list[list[int]]:
    """Return the maximum of each window of 2 x 2, stride 2."""
    return max_pool2d(np.array([image]), 2)[0].tolist()

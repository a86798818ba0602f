"""Exercises of section 3.2, patterns that move."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from cnnbook.check import exercise
from cnnbook.i18n import _


def _ring(weights: list[int]) -> list[list[int]]:
    return [weights[-place:] + weights[:-place] for place in range(len(weights))]


def _matrices() -> Iterator[tuple[list[list[int]]]]:
    yield ([[1, 0], [0, 1]],)
    yield ([[1, 0], [0, 2]],)
    yield ([[1, 2, 0], [0, 1, 2], [2, 0, 1]],)
    yield ([[1, 2, 0], [0, 1, 2], [0, 0, 1]],)
    yield ([[1, 2, 3], [2, 3, 1], [3, 1, 2]],)
    yield ([[1, 2, 3], [1, 2, 3], [1, 2, 3]],)
    rng = np.random.default_rng(0)
    for length in (5, 6):
        shared = _ring(rng.integers(1, 9, length).tolist())
        yield (shared,)
        own = [list(row) for row in shared]
        own[-1][0] += 1
        yield (own,)


def _without_the_ends(matrix: list[list[int]]) -> bool:
    inner = range(len(matrix) - 1)
    return all(matrix[p + 1][q + 1] == matrix[p][q] for p in inner for q in inner)


def _same_weights(matrix: list[list[int]]) -> bool:
    return all(sorted(row) == sorted(matrix[0]) for row in matrix)


def _backwards(matrix: list[list[int]]) -> bool:
    return all(below == above[1:] + above[:1] for above, below in pairwise(matrix))


@exercise(
    "3.2.2",
    _matrices,
    {
        _("Do not forget the ends: what leaves on the right comes back on the left."): _without_the_ends,
        _("The rows must hold the same weights, and also in the right places."): _same_weights,
        _("The weights must move to the right from one row to the next, not to the left."): _backwards,
    },
)
def moves_along(matrix: list[list[int]]) -> bool:
    """Return whether each row is the one above it, moved to the right by one place on a ring."""
    return all(below == above[-1:] + above[:-1] for above, below in pairwise(matrix))

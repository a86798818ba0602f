"""Exercises of section 2.2, discrete examples."""

from collections.abc import Iterator
from fractions import Fraction

from cnnbook.check import exercise
from cnnbook.convolution import sum_distribution
from cnnbook.i18n import _


def _totals() -> Iterator[tuple[int]]:
    for total in (2, 4, 7, 9, 12, 13, 1):
        yield (total,)


def _pairs(total: int) -> list[tuple[int, int]]:
    return [(a, total - a) for a in range(1, 7) if 1 <= total - a <= 6]


def _unordered(total: int) -> Fraction:
    return Fraction(len({tuple(sorted(pair)) for pair in _pairs(total)}), 21)


def _of_eleven(total: int) -> Fraction:
    return Fraction(1, 11) if 2 <= total <= 12 else Fraction(0)


@exercise(
    "2.2.1",
    _totals,
    {
        _("1 + 3 and 3 + 1 are two of the thirty-six squares, not one."): _unordered,
        _("The eleven sums are not equally likely: count the squares of each."): _of_eleven,
    },
)
def chance(total: int) -> Fraction:
    """Return the chance that two fair dice add up to `total`."""
    die = {face: Fraction(1, 6) for face in range(1, 7)}
    return sum_distribution(die, die).get(total, Fraction(0))

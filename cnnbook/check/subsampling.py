"""Exercises of section 3.3, subsampling."""

from collections.abc import Iterator

from cnnbook.check import exercise
from cnnbook.i18n import _


def _waves() -> Iterator[tuple[int, int, int]]:
    yield (1, 16, 2)
    yield (3, 16, 2)
    yield (6, 16, 2)
    yield (8, 16, 2)
    yield (5, 24, 3)
    yield (7, 24, 3)
    yield (11, 24, 4)


def _unchanged(periods: int, length: int, factor: int) -> int:
    return periods


def _not_mirrored(periods: int, length: int, factor: int) -> int:
    return periods % (length // factor)


def _divided(periods: int, length: int, factor: int) -> int:
    return periods // factor


@exercise(
    "3.3.2",
    _waves,
    {
        _("More periods than half of the values that are left cannot be seen."): _unchanged,
        _(
            "A wave that runs backwards looks the same: more than half counts from the other end."
        ): _not_mirrored,
        _("The periods do not get fewer in proportion; it is the values that do."): _divided,
    },
)
def periods_seen(periods: int, length: int, factor: int) -> int:
    """Return how many periods a cosine seems to have when only every factor-th value is left."""
    left = length // factor
    return min(periods % left, -periods % left)

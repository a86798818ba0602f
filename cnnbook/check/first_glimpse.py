"""Exercises of section 1.1, a first glimpse."""

from collections.abc import Iterator

from cnnbook.arithmetic import output_length
from cnnbook.check import exercise
from cnnbook.i18n import _


def _sizes() -> Iterator[tuple[int]]:
    for size in (32, 28, 36, 64, 30, 33, 16):
        yield (size,)


def _side(size: int) -> int:
    for kernel, stride in ((5, 1), (2, 2), (5, 1), (2, 2)):
        size = output_length(size, kernel, stride=stride)
    return size


def _one_map(size: int) -> int:
    return _side(size) ** 2


def _one_side(size: int) -> int:
    return 16 * _side(size)


@exercise(
    "1.1.1",
    _sizes,
    {
        _("That is one map. How many maps are put into the row?"): _one_map,
        _("A map has rows and columns: its side has to be squared."): _one_side,
    },
)
def row_length(size: int) -> int:
    """Return how many numbers LeNet puts into the long row, for an image of size x size pixels."""
    return 16 * _side(size) ** 2

"""Exercises of section 2.7, flatten."""

from collections.abc import Iterator

from cnnbook.check import exercise
from cnnbook.i18n import _

Shape = tuple[int, int, int]


def _places() -> Iterator[tuple[int, int, int, Shape]]:
    for c, h, w in ((0, 0, 0), (1, 0, 0), (0, 0, 1), (0, 1, 0), (1, 2, 3)):
        yield c, h, w, (2, 3, 4)
    yield 3, 2, 4, (16, 5, 5)
    yield 0, 6, 1, (1, 9, 2)
    yield 2, 426, 639, (3, 427, 640)


def _channels_first(c: int, h: int, w: int, shape: Shape) -> int:
    return (c * shape[1] + h) * shape[2] + w


def _times_rows(c: int, h: int, w: int, shape: Shape) -> int:
    return (h * shape[1] + w) * shape[0] + c


@exercise(
    "2.7.2",
    _places,
    {
        _("That is the order with the channels first."): _channels_first,
        _("How many pixels has one row? As many as there are columns."): _times_rows,
    },
)
def place(c: int, h: int, w: int, shape: Shape) -> int:
    """Return the place of channel c, row h, column w when the channels come last."""
    channels, _rows, columns = shape
    return (h * columns + w) * channels + c

"""Exercises of section 2.5, the details of a layer."""

from collections.abc import Iterator

from cnnbook.check import exercise
from cnnbook.i18n import _


def _layers() -> Iterator[tuple[int, int, int, int, int]]:
    """Length, kernel, stride, padding and dilation."""
    yield 6, 3, 1, 0, 1
    yield 6, 3, 1, 1, 1
    yield 7, 3, 2, 0, 1
    yield 6, 3, 2, 0, 1
    yield 4, 3, 2, 1, 1
    yield 7, 3, 1, 0, 2
    yield 224, 11, 4, 2, 1
    yield 1, 9, 1, 0, 1
    yield 1, 5, 2, 0, 3


def _without_the_first(n: int, k: int, s: int, p: int, d: int) -> int:
    return max(0, (n + 2 * p - d * (k - 1) - 1) // s)


def _one_side(n: int, k: int, s: int, p: int, d: int) -> int:
    return max(0, (n + p - d * (k - 1) - 1) // s + 1)


def _rounded_up(n: int, k: int, s: int, p: int, d: int) -> int:
    return max(0, -(-(n + 2 * p - d * (k - 1) - 1) // s) + 1)


def _whole_times_dilation(n: int, k: int, s: int, p: int, d: int) -> int:
    return max(0, (n + 2 * p - d * k) // s + 1)


def _negative(n: int, k: int, s: int, p: int, d: int) -> int:
    return (n + 2 * p - d * (k - 1) - 1) // s + 1


@exercise(
    "2.5.2",
    _layers,
    {
        _("One is missing: the window also stands where it starts."): _without_the_first,
        _("The padding stands on both sides."): _one_side,
        _("A step that does not fit is not taken: round down."): _rounded_up,
        _("Between k weights there are k − 1 gaps, not k."): _whole_times_dilation,
        _("Where no window fits there is no output, not a negative one."): _negative,
    },
)
def out(n: int, k: int, s: int, p: int, d: int) -> int:
    """Return the length of a layer's output, 0 where no window fits."""
    return max(0, (n + 2 * p - d * (k - 1) - 1) // s + 1)

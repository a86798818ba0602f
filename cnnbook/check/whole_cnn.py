"""Exercises of section 2.9, the whole CNN."""

from collections.abc import Iterator

from cnnbook.arithmetic import output_length
from cnnbook.check import exercise
from cnnbook.i18n import _


def _sides() -> Iterator[tuple[int]]:
    for side in (6, 4, 8, 7, 32, 5, 33):
        yield (side,)


def _sizes(side: int) -> tuple[int, int]:
    """Rows of a map after the convolution, and after the pooling."""
    convolved = output_length(side, 3)
    return convolved, output_length(convolved, 2, stride=2)


def _without_bias(side: int) -> tuple[int, int]:
    parameters, macs = costs(side)
    return parameters - 4, macs


def _one_place(side: int) -> tuple[int, int]:
    parameters, macs = costs(side)
    return parameters, macs - 18 * (_sizes(side)[0] ** 2 - 1)


def _padded(side: int) -> tuple[int, int]:
    parameters, macs = costs(side + 2)
    return parameters, macs


@exercise(
    "2.9.3",
    _sides,
    {
        _("Each kernel and each score has a bias, too."): _without_bias,
        _("A kernel multiplies at every place of its map."): _one_place,
        _("Without padding, a window of 3 fits into a row of n at n − 2 places."): _padded,
    },
)
def costs(side: int) -> tuple[int, int]:
    """Return the parameters and the multiplications of the stroke reader for side x side pixels."""
    convolved, pooled = _sizes(side)
    flat = 2 * pooled**2
    return 2 * (9 + 1) + 2 * (flat + 1), 2 * 9 * convolved**2 + 2 * flat

"""Exercises of section 1.3, the networks since 1989."""

from collections.abc import Iterator

from cnnbook.check import exercise
from cnnbook.i18n import _


def _blocks() -> Iterator[tuple[int, int, int]]:
    yield 4, 1, 3
    yield 4, 2, 3
    yield 256, 64, 3
    yield 512, 128, 3
    yield 192, 16, 5


def _one_way(maps: int, reduced: int, kernel: int) -> float:
    return maps * maps * kernel**2 / (maps * reduced + reduced * reduced * kernel**2)


def _only_square(maps: int, reduced: int, kernel: int) -> float:
    return maps * maps / reduced**2


def _upside_down(maps: int, reduced: int, kernel: int) -> float:
    return 1 / bottleneck_saving(maps, reduced, kernel)


@exercise(
    "1.3.2",
    _blocks,
    {
        _("There are two 1 × 1 convolutions: one down and one up again."): _one_way,
        _("The 1 × 1 convolutions have weights, too."): _only_square,
        _("The direct way has more weights, so the answer is larger than 1."): _upside_down,
    },
)
def bottleneck_saving(maps: int, reduced: int, kernel: int) -> float:
    """Return how many times as many weights a direct convolution has as one through a bottleneck."""
    return maps * maps * kernel**2 / (2 * maps * reduced + reduced * reduced * kernel**2)

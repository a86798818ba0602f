"""Exercises of section 5.2, LeNet in PyTorch."""

from collections.abc import Iterator

from cnnbook.check import exercise
from cnnbook.i18n import _


def _sides() -> Iterator[tuple[int]]:
    for side in (32, 28, 64, 36, 30, 16):
        yield (side,)


def _one_map(side: int) -> int:
    return inputs(side) // 16


def _one_step(side: int) -> int:
    return 16 * ((side - 4) // 2) ** 2


def _padded(side: int) -> int:
    return 16 * (side // 4) ** 2


@exercise(
    "5.2.1",
    _sides,
    {
        _("Sixteen maps are put into the row, not one."): _one_map,
        _("There are two convolutions and two pools."): _one_step,
        _("Without padding a convolution of 5 takes away four rows and columns."): _padded,
    },
)
def inputs(side: int) -> int:
    """Return how many numbers LeNet's first fully connected layer reads, for images of side x side."""
    for _layer in range(2):
        side = (side - 4) // 2
    return 16 * side * side

"""Exercises of section 1.2, LeNet-5 and AlexNet."""

from collections.abc import Iterator

from cnnbook.check import exercise
from cnnbook.i18n import _


def _layers() -> Iterator[tuple[int, int, int, int]]:
    yield 1, 1, 1, 1
    yield 1, 6, 5, 32
    yield 6, 16, 5, 14
    yield 16, 120, 5, 5
    yield 3, 8, 3, 12


def _without_bias(inputs: int, maps: int, kernel: int, side: int) -> tuple[int, int]:
    weights = maps * inputs * kernel**2
    return weights, weights * (side - kernel + 1) ** 2


def _one_input(inputs: int, maps: int, kernel: int, side: int) -> tuple[int, int]:
    return convolution_counts(1, maps, kernel, side)


def _same_size(inputs: int, maps: int, kernel: int, side: int) -> tuple[int, int]:
    parameters = maps * (inputs * kernel**2 + 1)
    return parameters, parameters * side**2


@exercise(
    "1.2.2",
    _layers,
    {
        _("Each map has a bias: it is a parameter, and used at every place."): _without_bias,
        _("A kernel reads all input maps, so it has weights for each of them."): _one_input,
        _("Without padding, a kernel has fewer places than the input has pixels."): _same_size,
    },
)
def convolution_counts(inputs: int, maps: int, kernel: int, side: int) -> tuple[int, int]:
    """Return parameters and connections of a convolution without padding."""
    parameters = maps * (inputs * kernel**2 + 1)
    return parameters, parameters * (side - kernel + 1) ** 2

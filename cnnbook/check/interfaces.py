"""Exercises of section 5.1, the interfaces of PyTorch."""

from collections.abc import Iterator

from cnnbook.check import exercise
from cnnbook.i18n import _

_Arguments = tuple[int, int, tuple[int, int], int, bool]


def _layers() -> Iterator[_Arguments]:
    yield 1, 1, (1, 1), 1, False
    yield 1, 6, (5, 5), 1, True
    yield 16, 32, (3, 3), 1, True
    yield 16, 32, (3, 3), 1, False
    yield 4, 8, (1, 7), 1, True
    yield 16, 32, (3, 3), 16, True
    yield 12, 6, (3, 2), 3, False


def _without_channels(C: int, K: int, size: tuple[int, int], groups: int, bias: bool) -> int:
    return K * (size[0] * size[1] + bias)


def _without_groups(C: int, K: int, size: tuple[int, int], groups: int, bias: bool) -> int:
    return parameters(C, K, size, 1, bias)


def _always_a_bias(C: int, K: int, size: tuple[int, int], groups: int, bias: bool) -> int:
    return parameters(C, K, size, groups, True)


def _a_bias_for_each_weight(C: int, K: int, size: tuple[int, int], groups: int, bias: bool) -> int:
    return parameters(C, K, size, groups, False) * (1 + bias)


@exercise(
    "5.1.2",
    _layers,
    {
        _("A kernel reads several channels, and has weights for each of them."): _without_channels,
        _("With groups a kernel reads only the channels of its own group."): _without_groups,
        _("Without bias there are no biases to count."): _always_a_bias,
        _("A kernel has one bias, however many weights it has."): _a_bias_for_each_weight,
    },
)
def parameters(
    in_channels: int, out_channels: int, kernel_size: tuple[int, int], groups: int, bias: bool
) -> int:
    """Return how many parameters a convolution has."""
    rows, columns = kernel_size
    return out_channels * (in_channels // groups * rows * columns + bias)

"""Exercises of section 4.1, receptive fields."""

from collections.abc import Iterator

from cnnbook.check import exercise
from cnnbook.i18n import _

Layers = list[tuple[int, int]]


def _networks() -> Iterator[tuple[Layers]]:
    yield ([],)
    yield ([(3, 1)],)
    yield ([(3, 1), (3, 1)],)
    yield ([(2, 2), (3, 1)],)
    yield ([(5, 1), (2, 2), (5, 1), (2, 2), (5, 1)],)
    yield ([(11, 4), (3, 2), (5, 1), (3, 2), (3, 1), (3, 1), (3, 1), (3, 2)],)


def _no_strides(layers: Layers) -> tuple[int, int]:
    return 1 + sum(kernel - 1 for kernel, stride in layers), receptive_field(layers)[1]


def _stride_too_early(layers: Layers) -> tuple[int, int]:
    size = step = 1
    for kernel, stride in layers:
        step *= stride
        size += (kernel - 1) * step
    return size, step


def _strides_added(layers: Layers) -> tuple[int, int]:
    return receptive_field(layers)[0], sum(stride for kernel, stride in layers)


@exercise(
    "4.1.2",
    _networks,
    {
        _("After a stride, one step of a later layer is worth several pixels."): _no_strides,
        _("A layer's own stride counts only for the layers after it."): _stride_too_early,
        _("Strides multiply; they do not add up."): _strides_added,
    },
)
def receptive_field(layers: Layers) -> tuple[int, int]:
    """Return the size of the receptive field and the effective stride of a chain of (kernel, stride)."""
    size = step = 1
    for kernel, stride in layers:
        size += (kernel - 1) * step
        step *= stride
    return size, step

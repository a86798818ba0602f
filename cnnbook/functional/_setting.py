"""Stride, padding, dilation and groups of a layer, and the move between one, two and three dimensions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from cnnbook.arithmetic import output_length


class Setting(NamedTuple):
    """How a window moves: one entry per axis, padding as (before, after)."""

    stride: tuple[int, ...]
    padding: tuple[tuple[int, int], ...]
    dilation: tuple[int, ...]
    groups: int

    def output_size(self, size: tuple[int, ...], kernel: tuple[int, ...]) -> tuple[int, ...]:
        """Return the number of window positions along each axis."""
        axes = zip(size, kernel, self.stride, self.padding, self.dilation, strict=True)
        return tuple(output_length(*axis) for axis in axes)

    def covers(self, size: tuple[int, ...], kernel: tuple[int, ...]) -> bool:
        """Return whether the one window is the whole input, so that the layer is fully connected."""
        return size == kernel and not any(map(sum, self.padding)) and set(self.dilation) == {1}

    def lifted(self) -> Setting:
        """Return the same setting with one more axis in front, along which nothing happens."""
        return Setting((1, *self.stride), ((0, 0), *self.padding), (1, *self.dilation), self.groups)

    def flat(self) -> Setting:
        """Return the setting without its first axis."""
        return Setting(self.stride[1:], self.padding[1:], self.dilation[1:], self.groups)

    def meetings(self, outputs: int, taps: int, length: int) -> Iterator[tuple[int, int, int]]:
        """Yield (output, tap, input) positions that meet along the first axis, padding left out."""
        before = self.padding[0][0]
        for output, tap in product(range(outputs), range(taps)):
            source = output * self.stride[0] + tap * self.dilation[0] - before
            if 0 <= source < length:
                yield output, tap, source

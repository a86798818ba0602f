"""Reading through a reshape that moves positions between channels and space: shuffles in both directions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod

from cnnbook.receptive_field.graph import Edge, Node
from cnnbook.receptive_field.index_set import IndexSet, interval, residue, scaled_sum
from cnnbook.receptive_field.layout import Dim
from cnnbook.receptive_field.periodic import PeriodicMap, Shapeless, Theory, compose, interleave
from cnnbook.receptive_field.pieces import Piece, merged

__all__ = ["ViewEdge"]


class ViewEdge(Edge):
    """A node whose axes are made of factors of its operand's axes.

    Pixel shuffle is the model case: row ``r * q + i`` of the output is row q of the operand, in a channel
    that depends on i. The first factor of each axis can be long; the others are gone through one by one.

    Parameters
    ----------
    source : int
        Index of the operand's node.
    dims : tuple of tuple of Factor
        The factors of each axis of the node, the channel axis first.
    """

    def __init__(self, source: int, dims: tuple[Dim, ...]) -> None:
        """Keep the operand and its factors."""
        super().__init__(source, (None,) * len(dims))
        self.dims = dims

    def read(self, term: tuple[IndexSet, ...]) -> list[tuple[IndexSet, ...]]:
        """Return one box of operand positions for every combination of the short factors."""
        boxes = []
        for digits in product(*(_digits(dim) for dim in self.dims)):
            read = [interval(0, 0)] * len(self.dims)
            for dim, units, (phase, offsets) in zip(self.dims, term, digits, strict=True):
                for axis, offset in offsets:
                    read[axis] = read[axis].shift(offset)
                long = residue(units, prod(factor.size for factor in dim[1:]), phase)
                if dim and dim[0].axis is not None:
                    read[dim[0].axis] = scaled_sum(long, dim[0].step, read[dim[0].axis])
                elif not long:
                    read[0] = long
            if all(read):
                boxes.append(tuple(read))
        return boxes

    def pieces(self, source: Node, channels: int) -> list[Piece]:
        """Return what each channel sees, one piece per channel unless the operand's channels are alike."""
        long = self.dims[0][0] if self.dims[0] else None
        short = list(_digits(self.dims[0]))
        result = []
        for channel in range(channels):
            high, low = divmod(channel, len(short))
            offsets = [0] * len(self.dims)
            for axis, offset in short[low][1]:
                offsets[axis] += offset
            if long and long.axis is not None:
                offsets[long.axis] += high * long.step
            theory = tuple(self._along(axis, offsets, source) for axis in range(1, len(self.dims)))
            if result and result[-1].theory == theory:
                result[-1] = Piece(result[-1].start, channel + 1, theory)
            else:
                result.append(Piece(channel, channel + 1, theory))
        return result

    def _along(self, axis: int, offsets: list[int], source: Node) -> Theory:
        """Return what one channel sees along one axis: the phases take turns in reading channels."""
        long = self.dims[axis][0] if self.dims[axis] else None
        if long and long.axis not in (axis, None):
            return Shapeless.IRREGULAR
        others = [dim for other, dim in enumerate(self.dims) if other not in (0, axis)]
        step = 1 if long is None else long.step if long.axis is not None else 0
        maps = []
        for _, own in _digits(self.dims[axis]):
            base = offsets[0] + sum(offset for to, offset in own if to == 0)
            rest = product(*(_digits(dim) for dim in others))
            read = {base + sum(o for _, moves in digits for to, o in moves if to == 0) for digits in rest}
            theory = merged(
                [p for p in source.pieces if any(p.start <= channel < p.stop for channel in read)]
            )
            at = offsets[axis] + sum(offset for to, offset in own if to == axis)
            maps.append(compose(PeriodicMap(1, step, (interval(at, at),)), theory[axis - 1]))
        return interleave(maps) if len(maps) > 1 else maps[0]

    def uniform(self, source: Node) -> bool:
        """Return whether all channels read alike: not if they come from different places."""
        return source.uniform and all(factor.axis in (0, None) for factor in self.dims[0])

    def separable(self, source: Node) -> bool:
        """Return whether the axes are independent: not if rows and columns together choose among unlike
        channels."""
        stays = all(factor.axis != 0 for dim in self.dims[1:] for factor in dim)
        return source.separable and (source.uniform or stays)


def _digits(dim: Dim) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Yield (phase, moves) for every setting of the short factors; a move is (axis, offset)."""
    short = dim[1:]
    for phase, digits in enumerate(product(*(range(factor.size) for factor in short))):
        moves = [
            (f.axis, digit * f.step) for f, digit in zip(short, digits, strict=True) if f.axis is not None
        ]
        yield phase, moves

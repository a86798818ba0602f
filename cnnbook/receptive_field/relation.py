"""Which positions of its input an operator reads along one axis.

A relation knows two things about an operator: `theory`, the repeating pattern far from any border, and what
happens at the borders of an axis that has `extent` positions. Both are closed formulas, so that nothing here
costs more on a larger image.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from cnnbook.receptive_field.index_set import EMPTY, IndexSet, from_indices, interval, progression, union
from cnnbook.receptive_field.periodic import IDENTITY, PeriodicMap, Shapeless, Theory

__all__ = ["Relation", "fixed", "padding", "spread", "tabled", "whole", "window"]


class Relation(NamedTuple):
    """How one axis of an operator's output reads the same axis of its operand.

    Parameters
    ----------
    theory : PeriodicMap or Shapeless
        The pattern far from the borders.
    extent : int
        Number of positions of the operand.
    total : bool
        Whether every output position is known to read at least one position.
    border : callable or None, default None
        Where a read outside the operand lands: ``border(index, extent)``. None: it reads a constant.
    rule : callable or None, default None
        What one output position reads, for operators that no pattern describes at the borders.
    gapless : bool, default False
        Whether neighbouring positions of `rule` read neighbouring or overlapping intervals, in order.
    """

    theory: Theory
    extent: int
    total: bool
    border: Callable[[int, int], int] | None = None
    rule: Callable[[int], IndexSet] | None = None
    gapless: bool = False

    def read(self, units: IndexSet) -> IndexSet:
        """Return the positions of the operand that any of the output positions `units` reads."""
        if not units:
            return EMPTY
        if self.rule is not None:
            if self.gapless and units.bits is None:
                return interval(self.rule(units.first).first, self.rule(units.last).last)
            return union(*map(self.rule, units.members()))
        if self.theory is Shapeless.UNBOUNDED:
            return interval(0, self.extent - 1)
        seen = self.theory.image(units)
        inside = seen.clip(self.extent)
        if self.border is None or inside == seen:
            return inside
        outside = (index for index in seen.members() if not 0 <= index < self.extent)
        return union(inside, from_indices(self.border(index, self.extent) for index in outside))


@lru_cache(maxsize=4096)
def window(kernel: int, stride: int, dilation: int, before: int, extent: int, length: int) -> Relation:
    """Return how a sliding window reads: convolution, pooling, and with ``kernel=1`` slices and crops.

    Parameters
    ----------
    kernel, stride, dilation : int
        Number of taps, step of the window, distance between taps.
    before : int
        Constant padding before the first position; negative values crop.
    extent, length : int
        Number of input and of output positions.

    Examples
    --------
    >>> relation = window(3, 2, 1, before=1, extent=8, length=4)
    >>> relation.read(interval(0, 0)), relation.read(interval(3, 3))
    (IndexSet(first=0, last=1, bits=None), IndexSet(first=5, last=7, bits=None))
    """
    reach = dilation * (kernel - 1) - before
    touches = reach >= 0 and (length - 1) * stride - before < extent
    total = touches and (kernel == 1 or dilation <= extent) and (kernel > 1 or before <= 0)
    return Relation(PeriodicMap(1, stride, (progression(-before, kernel, dilation),)), extent, total)


@lru_cache(maxsize=4096)
def spread(kernel: int, stride: int, dilation: int, before: int, extent: int, length: int) -> Relation:
    """Return how a transposed window reads: transposed convolution, and upsampling by repetition.

    Output position v reads the input positions i with ``v = i * stride - before + tap * dilation``.

    Parameters
    ----------
    kernel, stride, dilation, before, extent, length : int
        As in `window`, of the convolution that is transposed.

    Examples
    --------
    With stride 2 and one tap, every second position reads nothing:

    >>> relation = spread(1, 2, 1, before=0, extent=4, length=8)
    >>> [list(relation.read(interval(v, v)).members()) for v in range(4)]
    [[0], [], [1], []]
    """
    taps = progression(0, kernel, dilation)
    phases = tuple(
        from_indices(
            (v + before - tap) // stride for tap in taps.members() if (v + before - tap) % stride == 0
        )
        for v in range(stride)
    )
    total = dilation == 1 and kernel >= stride and length - 1 + before < (extent - 1) * stride + kernel
    return Relation(PeriodicMap(stride, 1, phases), extent, total and before >= 0)


@lru_cache(maxsize=4096)
def whole(extent: int) -> Relation:
    """Return how a global operator reads: every output position reads all `extent` positions."""
    return Relation(Shapeless.UNBOUNDED, extent, extent > 0)


@lru_cache(maxsize=4096)
def fixed(index: int, extent: int) -> Relation:
    """Return how broadcasting or selecting reads: every output position reads the one position `index`."""
    return Relation(PeriodicMap(1, 0, (interval(index, index),)), extent, True)


def tabled(table: tuple[IndexSet, ...], extent: int, gapless: bool = False) -> Relation:
    """Return the relation that reads ``table[v]`` at output position ``v``."""
    return Relation(Shapeless.IRREGULAR, extent, all(table), rule=table.__getitem__, gapless=gapless)


@lru_cache(maxsize=4096)
def padding(mode: str, before: int, after: int, extent: int) -> Relation:
    """Return how padding reads: identity inside, and outside whatever `mode` puts there.

    Parameters
    ----------
    mode : {'constant', 'reflect', 'replicate', 'circular'}
        As in ``torch.nn.functional.pad``.
    before, after : int
        Positions added on each side; negative values crop.
    extent : int
        Number of input positions.

    Examples
    --------
    >>> [padding("reflect", 2, 0, extent=5).read(interval(v, v)).first for v in range(4)]
    [2, 1, 0, 1]
    """
    if mode == "constant":
        return window(1, 1, 1, before, extent, extent + before + after)
    theory = PeriodicMap(1, 1, (interval(-before, -before),)) if before else IDENTITY
    return Relation(theory, extent, True, border=_LANDINGS[mode])


def _reflect(index: int, extent: int) -> int:
    return -index if index < 0 else 2 * (extent - 1) - index


def _replicate(index: int, extent: int) -> int:
    return min(max(index, 0), extent - 1)


def _circular(index: int, extent: int) -> int:
    return index % extent


_LANDINGS = {"reflect": _reflect, "replicate": _replicate, "circular": _circular}

"""What a unit sees when no border is near: a map from positions to sets of positions that repeats.

A convolution with stride s looks the same at every unit, s input positions further on. After a transposed
convolution or an upsampling the units take turns: unit u and unit u + period see the same pattern, `advance`
input positions apart, and the patterns in between (the phases) may differ in size or be empty.
"""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from math import gcd, lcm
from typing import NamedTuple

from cnnbook.receptive_field.index_set import IndexSet, interval, residue, scaled_sum, union

__all__ = ["IDENTITY", "PeriodicMap", "Shapeless", "Theory", "compose", "interleave", "join"]


class Shapeless(Enum):
    """Why an axis has no repeating pattern.

    ``UNBOUNDED``: every unit sees the whole axis, however long it is. ``IRREGULAR``: what a unit sees
    grows or moves along the axis in no fixed rhythm, because branches of different strides were joined.
    """

    UNBOUNDED = "whole input"
    IRREGULAR = "irregular"


class PeriodicMap(NamedTuple):
    """A map with ``map(u + period) == map(u) + advance`` for every integer ``u``.

    Parameters
    ----------
    period : int
        Number of units after which the pattern repeats.
    advance : int
        Number of input positions by which it has moved then.
    phases : tuple of IndexSet
        What units 0 to ``period - 1`` see.

    Examples
    --------
    A window of 3 with stride 2 and padding 1, seen by unit 5:

    >>> PeriodicMap(1, 2, (interval(-1, 1),)).at(5) == interval(9, 11)
    True
    """

    period: int
    advance: int
    phases: tuple[IndexSet, ...]

    @property
    def stride(self) -> Fraction:
        """Input positions per unit, on average."""
        return Fraction(self.advance, self.period)

    def at(self, unit: int) -> IndexSet:
        """Return what one unit sees."""
        turns, phase = divmod(unit, self.period)
        return self.phases[phase].shift(turns * self.advance)

    def image(self, units: IndexSet) -> IndexSet:
        """Return what any of `units` sees."""
        if self.period == 1:
            return scaled_sum(units, self.advance, self.phases[0])
        turns = (residue(units, self.period, phase) for phase in range(self.period))
        return union(*(scaled_sum(q, self.advance, seen) for q, seen in zip(turns, self.phases, strict=True)))

    def extended(self, period: int) -> PeriodicMap:
        """Return the same map written with a multiple of its period."""
        times = period // self.period
        return PeriodicMap(period, self.advance * times, tuple(self.at(unit) for unit in range(period)))


Theory = PeriodicMap | Shapeless
IDENTITY = PeriodicMap(1, 1, (interval(0, 0),))


def compose(outer: Theory, inner: Theory) -> Theory:
    """Return what units see through two layers: `outer` reads positions of `inner`, which reads the input.

    Examples
    --------
    Two windows of 3 make a window of 5:

    >>> window = PeriodicMap(1, 1, (interval(-1, 1),))
    >>> compose(window, window).phases[0] == interval(-2, 2)
    True
    """
    if Shapeless.UNBOUNDED in (outer, inner):
        return Shapeless.UNBOUNDED
    if Shapeless.IRREGULAR in (outer, inner):
        return Shapeless.IRREGULAR
    turns = inner.period // gcd(inner.period, outer.advance)
    period = outer.period * turns
    advance = inner.advance * (outer.advance * turns // inner.period)
    return _reduced(
        PeriodicMap(period, advance, tuple(inner.image(outer.at(unit)) for unit in range(period)))
    )


def join(*maps: Theory) -> Theory:
    """Return what a sum or a concatenation of branches sees: everything that one of them sees.

    Examples
    --------
    >>> join(PeriodicMap(1, 1, (interval(-1, 1),)), IDENTITY).phases[0] == interval(-1, 1)
    True
    """
    distinct = list(dict.fromkeys(maps))
    if len(distinct) == 1:
        return distinct[0]
    if Shapeless.UNBOUNDED in distinct:
        return Shapeless.UNBOUNDED
    if Shapeless.IRREGULAR in distinct or len({one.stride for one in distinct}) > 1:
        return Shapeless.IRREGULAR
    period = lcm(*(one.period for one in distinct))
    aligned = [one.extended(period) for one in distinct]
    phases = tuple(union(*seen) for seen in zip(*(one.phases for one in aligned), strict=True))
    return _reduced(PeriodicMap(period, aligned[0].advance, phases))


def interleave(maps: list[Theory]) -> Theory:
    """Return the map whose unit ``r * q + i`` sees what unit ``q`` of the i-th of the r maps sees.

    Examples
    --------
    Pixel shuffle by 2 takes turns between two channels:

    >>> interleave([IDENTITY, IDENTITY])
    PeriodicMap(period=2, advance=1, phases=(IndexSet(first=0, last=0, bits=None), IndexSet(first=0, last=0,
    bits=None)))
    """
    for shapeless in Shapeless:
        if shapeless in maps:
            return shapeless
    if len({one.stride for one in maps}) > 1:
        return Shapeless.IRREGULAR
    turns = lcm(*(one.period for one in maps))
    phases = tuple(one.at(q) for q in range(turns) for one in maps)
    advance = maps[0].advance * turns // maps[0].period
    return _reduced(PeriodicMap(turns * len(maps), advance, phases))


def _reduced(one: PeriodicMap) -> PeriodicMap:
    """Write a map with its smallest period."""
    for period in range(1, one.period):
        if one.period % period or one.advance * period % one.period:
            continue
        shorter = PeriodicMap(period, one.advance * period // one.period, one.phases[:period])
        if shorter.extended(one.period) == one:
            return shorter
    return one

"""What the analysis returns: the receptive field of one value, with that of every other value at hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import floor
from typing import NamedTuple

from cnnbook.receptive_field.alignment import Misalignment
from cnnbook.receptive_field.graph import Graph
from cnnbook.receptive_field.index_set import interval, union
from cnnbook.receptive_field.periodic import PeriodicMap, Shapeless, Theory
from cnnbook.receptive_field.reach import Box, reach, trail

__all__ = ["Phase", "ReceptiveField", "Region"]

Region = tuple[tuple[int, int] | None, ...]


class Phase(NamedTuple):
    """The pattern of every period-th unit: its size, and the padding that gives its left edge (None: sees
    nothing)."""

    size: int
    padding: int | Fraction | None


class ReceptiveField:
    """What each unit of one value sees of the input, along every spatial axis.

    Positions are pixel indices: with ``stride`` s and ``padding`` p, unit u sees the pixels from ``u * s -
    p`` to ``u * s - p + size - 1``, of which some may lie outside the image. Attributes are tuples with one
    entry per spatial axis.

    Parameters
    ----------
    graph : Graph
        The network.
    node : int
        Index of the value.
    """

    def __init__(self, graph: Graph, node: int) -> None:
        """Keep the graph; numbers are worked out when asked for."""
        self._graph, self._node = graph, node
        self.theory: tuple[Theory, ...] = graph.nodes[node].theory

    def __repr__(self) -> str:
        """Return one line with the numbers."""
        facts = {"units": self.units, "size": self.size, "stride": self.stride, "padding": self.padding}
        shown = ", ".join(f"{name}={tuple_text(value)}" for name, value in facts.items())
        notes = "" if self.aligned else f", {len(self.misalignments)} misaligned"
        return f"ReceptiveField({self.name!r}, {shown}{notes})"

    @property
    def name(self) -> str:
        """Name of the value."""
        return self._graph.nodes[self._node].name

    @property
    def kind(self) -> str:
        """Name of the operator that computes the value."""
        return self._graph.nodes[self._node].kind

    @property
    def units(self) -> tuple[int, ...]:
        """Number of units along each axis."""
        return self._graph.nodes[self._node].shape[1:]

    @property
    def input_size(self) -> tuple[int, ...]:
        """Number of pixels along each axis."""
        return self._graph.nodes[0].shape[1:]

    @property
    def size(self) -> tuple[int | None, ...]:
        """Extent of a unit's receptive field away from borders; None if units differ or see everything."""
        return tuple(_single(phase.size for phase in phases) for phases in self.phases)

    @property
    def stride(self) -> tuple[int | Fraction | None, ...]:
        """Pixels from one unit's receptive field to the next one's, a fraction after upsampling."""
        return tuple(_plain(one.stride) if isinstance(one, PeriodicMap) else None for one in self.theory)

    @property
    def padding(self) -> tuple[int | Fraction | None, ...]:
        """Pixels by which unit 0's receptive field sticks out of the image; None if phases differ."""
        return tuple(_single(phase.padding for phase in phases) for phases in self.phases)

    @property
    def phases(self) -> tuple[tuple[Phase, ...], ...]:
        """The repeating pattern: entry r is the `Phase` of units r, r + period, ...; empty if nothing
        repeats."""
        return tuple(_phases(one) if isinstance(one, PeriodicMap) else () for one in self.theory)

    @property
    def unbounded(self) -> tuple[bool, ...]:
        """Whether every unit sees the whole axis, however long it is."""
        return tuple(one is Shapeless.UNBOUNDED for one in self.theory)

    @property
    def density(self) -> tuple[float | None, ...]:
        """Share of the extent that is used; below 1 after dilation, or a stride larger than the kernel."""
        return tuple(_density(one) if isinstance(one, PeriodicMap) else None for one in self.theory)

    @property
    def misalignments(self) -> list[Misalignment]:
        """Joins on the way to this value whose branches have different centres, in order of computation."""
        return self._graph.misalignments(self._node)

    @property
    def aligned(self) -> bool:
        """Whether branches meet centre on centre everywhere on the way to this value."""
        return not self.misalignments

    @property
    def layers(self) -> Mapping[str, ReceptiveField]:
        """Every value up to this one, by name, in order of computation."""
        return _Layers(self._graph, self._node)

    def region(self, unit: int | Sequence[int], clip: bool = True) -> Region:
        """Return the first and last pixel that a unit sees along each axis.

        Parameters
        ----------
        unit : int or sequence of int
            Position of the unit; a single number for one axis.
        clip : bool, default True
            Whether to follow every border on the way and return exactly the pixels that matter. False gives
            the pattern away from borders, which may stick out of the image.

        Returns
        -------
        tuple of ((int, int) or None)
            One (first, last), both included, per axis; None throughout if the unit sees nothing.

        Raises
        ------
        IndexError
            If there is no such unit.
        """
        unit = self._checked("region", unit, self.units, "unit")
        boxes = reach(self._graph, self._node, tuple(interval(u, u) for u in unit))
        exact = _hull(boxes, len(unit))
        return exact if clip else tuple(map(_unclipped, self.theory, unit, exact))

    def cone(self, unit: int | Sequence[int]) -> dict[str, Region]:
        """Return which positions of every value on the way a unit sees, from the input to the unit itself.

        Examples
        --------
        >>> from cnnbook.receptive_field import Conv, analyze
        >>> analyze([Conv(3), Conv(3)], (1, 9)).cone(2)
        {'input': ((2, 6),), 'conv1': ((2, 4),), 'conv2': ((2, 2),)}
        """
        unit = self._checked("cone", unit, self.units, "unit")
        boxes = trail(self._graph, self._node, tuple(interval(u, u) for u in unit))
        return {self._graph.nodes[index].name: _hull(boxes[index], len(unit)) for index in sorted(boxes)}

    def center(self, unit: int | Sequence[int]) -> tuple[float | None, ...]:
        """Return the middle of what a unit sees, borders left aside; halves lie between two pixels."""
        return tuple(None if ends is None else sum(ends) / 2 for ends in self.region(unit, clip=False))

    def unit_at(self, pixel: int | Sequence[int]) -> tuple[int | None, ...]:
        """Return the unit whose centre is nearest to a pixel; None along an axis where all see everything.

        Raises
        ------
        IndexError
            If the pixel lies outside the input.
        """
        pixel = self._checked("unit_at", pixel, self.input_size, "pixel")
        return tuple(self._nearest(axis, position) for axis, position in enumerate(pixel))

    def rows(self) -> list[tuple[str, ...]]:
        """Return name, operator, units, size, stride and padding of every layer as text."""
        return [_row(one) for one in self.layers.values()]

    def table(self) -> str:
        """Return one line of text per layer, under a header."""
        header = ("layer", "operator", "units", "size", "stride", "padding")
        rows = [header, *self.rows()]
        widths = [max(len(row[column]) for row in rows) for column in range(len(header))]
        lines = ("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)
        return "\n".join(lines)

    def to_dict(self) -> dict:
        """Return the numbers in a form that JSON can hold; fractions become floats."""
        names = ("size", "stride", "padding", "unbounded", "density")
        numbers = {name: [_number(entry) for entry in getattr(self, name)] for name in names}
        phases = [[[_number(entry) for entry in phase] for phase in phases] for phases in self.phases]
        places = [{"node": m.node, "axis": m.axis, "offset": _number(m.offset)} for m in self.misalignments]
        return {
            "name": self.name,
            "operator": self.kind,
            "units": list(self.units),
            **numbers,
            "phases": phases,
            "aligned": not places,
            "misalignments": places,
        }

    def _checked(
        self, where: str, given: int | Sequence[int], extents: tuple[int, ...], what: str
    ) -> tuple[int, ...]:
        place = (given,) if isinstance(given, int) else tuple(given)
        if len(place) != len(extents) or not all(0 <= p < n for p, n in zip(place, extents, strict=True)):
            raise IndexError(
                f"ReceptiveField.{where}: {what} {tuple_text(place)} is outside of {tuple_text(extents)}"
            )
        return place

    def _nearest(self, axis: int, pixel: int) -> int | None:
        theory, count = self.theory[axis], self.units[axis]
        if theory is Shapeless.UNBOUNDED:
            return None
        candidates = range(count)
        if isinstance(theory, PeriodicMap) and theory.advance:
            guess = floor((pixel - _middle(theory)) / theory.stride)
            candidates = range(guess - theory.period, guess + theory.period + 2)
        units = sorted({min(max(unit, 0), count - 1) for unit in candidates})
        others = [0] * len(self.units)
        distances = {}
        for unit in units:
            middle = self.center([*others[:axis], unit, *others[axis + 1 :]])[axis]
            if middle is not None:
                distances[unit] = abs(middle - pixel)
        return min(distances, key=distances.get, default=None)


class _Layers(Mapping):
    """The receptive fields of all values up to one, made when asked for."""

    def __init__(self, graph: Graph, last: int) -> None:
        self._graph, self._last = graph, last

    def __repr__(self) -> str:
        return f"<{len(self)} layers: {', '.join([*self][:6])}{', ...' * (len(self) > 6)}>"

    def __getitem__(self, name: str) -> ReceptiveField:
        index = self._graph.aliases[name]
        if index > self._last:
            raise KeyError(name)
        return ReceptiveField(self._graph, index)

    def __iter__(self) -> Iterator[str]:
        return (node.name for node in self._graph.nodes[1 : self._last + 1])

    def __len__(self) -> int:
        return self._last


def tuple_text(entries: Sequence) -> str:
    """Return numbers in brackets, fractions as a/b and None as a dash."""
    return f"({', '.join('-' if entry is None else str(entry) for entry in entries)})"


def _row(field: ReceptiveField) -> tuple[str, ...]:
    size = ["whole" if whole else entry for entry, whole in zip(field.size, field.unbounded, strict=True)]
    return (field.name, field.kind, *map(tuple_text, (field.units, size, field.stride, field.padding)))


def _hull(boxes: Sequence[Box], axes: int) -> Region:
    """Return the first and last position of any box along each spatial axis."""
    if not boxes:
        return (None,) * axes
    hulls = [union(*along) for along in list(zip(*boxes, strict=True))[1:]]
    return tuple((hull.first, hull.last) for hull in hulls)


def _phases(theory: PeriodicMap) -> tuple[Phase, ...]:
    return tuple(
        Phase(seen.extent, _plain(unit * theory.stride - seen.first)) if seen else Phase(0, None)
        for unit, seen in enumerate(theory.phases)
    )


def _unclipped(theory: Theory, unit: int, exact: tuple[int, int] | None) -> tuple[int, int] | None:
    if not isinstance(theory, PeriodicMap):
        return exact
    seen = theory.at(unit)
    return (seen.first, seen.last) if seen else None


def _density(theory: PeriodicMap) -> float | None:
    extent = sum(seen.extent for seen in theory.phases if seen)
    return sum(seen.cardinality for seen in theory.phases if seen) / extent if extent else None


def _middle(theory: PeriodicMap) -> Fraction:
    seen = next(seen for seen in theory.phases if seen)
    return Fraction(seen.first + seen.last, 2)


def _single(entries: Iterator) -> int | Fraction | None:
    """Return the entry that all are equal to, or None."""
    distinct = set(entries)
    return distinct.pop() if len(distinct) == 1 else None


def _plain(number: Fraction) -> int | Fraction:
    return int(number) if number.denominator == 1 else number


def _number(entry: int | Fraction | float | None) -> int | float | None:
    return float(entry) if isinstance(entry, Fraction) else entry

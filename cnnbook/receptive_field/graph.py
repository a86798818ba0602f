"""The network as a graph of values, each with what it sees in theory.

A node is one value with a channel axis (axis 0) and the spatial axes of the input. It reads its operands
through one `Relation` per axis; None stands for the identity. Nodes are added in the order in which they are
computed, so every operand comes before its readers, and what a node sees follows from its operands at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from cnnbook.receptive_field.index_set import IndexSet, interval
from cnnbook.receptive_field.periodic import IDENTITY, PeriodicMap, Shapeless, Theory, compose, join
from cnnbook.receptive_field.relation import Relation

__all__ = ["Edge", "Graph", "Misalignment", "Node", "Piece", "Work"]


class Piece(NamedTuple):
    """Neighbouring channels ``[start, stop)`` that see the same, with one theory per spatial axis."""

    start: int
    stop: int
    theory: tuple[Theory, ...]


class Misalignment(NamedTuple):
    """Branches that meet at one node with their centres apart.

    Parameters
    ----------
    node : str
        Name of the value where they meet.
    axis : int
        The spatial axis, 0 for the first.
    offset : fractions.Fraction or None
        Largest distance between two branches' centres in input positions, averaged over phases; None
        if the branches have different strides, so that they drift apart.
    """

    node: str
    axis: int
    offset: Fraction | None


class Work(NamedTuple):
    """What computing one value costs: multiply-accumulates, bias additions, connections."""

    macs: int = 0
    bias: int = 0
    connections: int = 0


class Edge:
    """A node's way of reading one operand, axis by axis.

    Parameters
    ----------
    source : int
        Index of the operand's node.
    relations : tuple of (Relation or None)
        One per axis, the channel axis first; None is the identity.
    """

    def __init__(self, source: int, relations: tuple[Relation | None, ...]) -> None:
        """Keep the operand and the relations."""
        self.source = source
        self.relations = relations

    def read(self, term: tuple[IndexSet, ...]) -> list[tuple[IndexSet, ...]]:
        """Return the boxes of operand positions that a box of the node's positions reads."""
        read = []
        for units, relation in zip(term, self.relations, strict=True):
            seen = units if relation is None else relation.read(units)
            if not seen:
                return []
            read.append(seen)
        return [tuple(read)]

    def pieces(self, source: Node, channels: int) -> list[Piece]:
        """Return what each of the node's channels sees through this edge."""
        channel, *spatial = self.relations

        def through(theory: tuple[Theory, ...]) -> tuple[Theory, ...]:
            pairs = zip(spatial, theory, strict=True)
            return tuple(inner if outer is None else compose(outer.theory, inner) for outer, inner in pairs)

        if channel is None:
            return [Piece(start, stop, through(theory)) for start, stop, theory in source.pieces]
        if channel.theory is Shapeless.UNBOUNDED or (len(source.pieces) == 1 and channel.total):
            return [Piece(0, channels, through(merged(source.pieces)))]
        return _gathered(channel, [Piece(a, b, through(theory)) for a, b, theory in source.pieces], channels)

    def uniform(self, source: Node) -> bool:
        """Return whether all channels read alike, so that a border cannot tell them apart."""
        channel = self.relations[0]
        if channel is None:
            return source.uniform
        return channel.theory is Shapeless.UNBOUNDED or (source.uniform and channel.total)

    def separable(self, source: Node) -> bool:
        """Return whether what is seen along one axis cannot depend on the place along another."""
        return source.separable and all(one is None or one.total for one in self.relations[1:])


@dataclass(slots=True)
class Node:
    """One value of the network.

    Parameters
    ----------
    name, kind : str
        Name of the value and of the operator that computes it.
    shape : tuple of int
        Extent of each axis, the channel axis first.
    edges : tuple of Edge
        How it reads its operands.
    work : Work
        What computing it costs.
    parameters : frozenset of str
        Names of the parameters it uses.
    module : str
        The module in whose forward it was computed.
    call : int or None
        Number of that call, if the module has no modules inside.
    result : tuple of int or None
        Shape of the tensor, without the batch axis, where that is not (C, *spatial).
    pieces : list of Piece
        What its channels see in theory.
    uniform, separable : bool
        Whether all channels read alike, and whether the axes are independent (`Edge.uniform`,
        `Edge.separable`).
    """

    name: str
    kind: str
    shape: tuple[int, ...]
    edges: tuple[Edge, ...] = ()
    work: Work = Work()  # noqa: RUF009 (immutable)
    parameters: frozenset[str] = frozenset()
    module: str = ""
    call: int | None = None
    result: tuple[int, ...] | None = None
    pieces: list[Piece] = field(default_factory=list)
    uniform: bool = True
    separable: bool = True

    @property
    def theory(self) -> tuple[Theory, ...]:
        """What a unit sees along each spatial axis, over all its channels."""
        return merged(self.pieces)


class Graph:
    """All values of a network, in the order of computation; the input is node 0.

    Parameters
    ----------
    input_shape : tuple of int
        (C, *spatial) of the input, without the batch axis.
    """

    def __init__(self, input_shape: tuple[int, ...]) -> None:
        """Start with the input alone."""
        axes = len(input_shape) - 1
        whole = Piece(0, input_shape[0], (IDENTITY,) * axes)
        self.nodes = [Node("input", "input", tuple(input_shape), pieces=[whole])]
        self.aliases: dict[str, int] = {"input": 0}

    @property
    def axes(self) -> int:
        """Number of spatial axes."""
        return len(self.nodes[0].shape) - 1

    def add(self, kind: str, shape: Iterable[int], edges: Iterable[Edge]) -> int:
        """Append a value and return its index.

        Parameters
        ----------
        kind : str
            Name of the operator that computes it.
        shape : iterable of int
            Extent of each axis, the channel axis first.
        edges : iterable of Edge
            How it reads its operands.
        """
        node = Node(kind, kind, tuple(shape), tuple(edges))
        sources = [(edge, self.nodes[edge.source]) for edge in node.edges]
        node.pieces = _overlaid([edge.pieces(source, node.shape[0]) for edge, source in sources])
        node.separable = all(edge.separable(source) for edge, source in sources)
        alike = len({edge.relations[0] for edge in node.edges}) == 1
        node.uniform = alike and all(edge.uniform(source) for edge, source in sources)
        self.nodes.append(node)
        return len(self.nodes) - 1

    def unique(self, name: str) -> str:
        """Return `name`, or with the first free number behind it if a value has that name already."""
        count, free = 1, name
        while free in self.aliases:
            count += 1
            free = f"{name}#{count}"
        return free

    def label(
        self,
        since: int,
        name: str,
        work: Work,
        parameters: frozenset[str],
        module: str = "",
        call: int | None = None,
    ) -> None:
        """Name the nodes from index `since` on, which one operator made; the last one carries its work."""
        last = len(self.nodes) - 1
        for index in range(since, last + 1):
            node = self.nodes[index]
            node.name = self.unique(name if index == last else f"{name}.{node.kind}")
            node.module, node.call = module, call
            self.aliases[node.name] = index
        self.nodes[last].work = work
        self.nodes[last].parameters = parameters

    def rename(self, index: int, name: str) -> None:
        """Give a node the name of the module that computed it."""
        del self.aliases[self.nodes[index].name]
        self.nodes[index].name = self.unique(name)
        self.aliases[self.nodes[index].name] = index

    def misalignments(self, upto: int) -> list[Misalignment]:
        """Return where branches meet off centre, among the values that node `upto` depends on."""
        needed, found = {upto}, []
        for index in range(upto, 0, -1):
            if index not in needed:
                continue
            node = self.nodes[index]
            needed.update(edge.source for edge in node.edges)
            if len(node.edges) > 1:
                found += _apart(
                    node, [edge.pieces(self.nodes[edge.source], node.shape[0]) for edge in node.edges]
                )
        return found[::-1]


def merged(pieces: list[Piece]) -> tuple[Theory, ...]:
    """Return what the given channels see together, per axis."""
    if len(pieces) == 1:
        return pieces[0].theory
    distinct = dict.fromkeys(piece.theory for piece in pieces)
    return tuple(join(*along) for along in zip(*distinct, strict=True))


def _overlaid(layers: list[list[Piece]]) -> list[Piece]:
    """Join what several operands contribute to the same channels, and fuse neighbours that agree."""
    if len(layers) == 1 and len(layers[0]) == 1:
        return layers[0]
    cuts = sorted({edge for pieces in layers for piece in pieces for edge in piece[:2]})
    result: list[Piece] = []
    starts = [iter(pieces) for pieces in layers]
    current = [next(pieces, None) for pieces in starts]
    for start, stop in pairwise(cuts):
        for which, piece in enumerate(current):
            if piece is not None and piece.stop <= start:
                current[which] = next(starts[which], None)
        here = [piece for piece in current if piece is not None and piece.start <= start]
        if not here:
            continue
        theory = merged(here)
        if result and result[-1].stop == start and result[-1].theory == theory:
            result[-1] = Piece(result[-1].start, stop, theory)
        else:
            result.append(Piece(start, stop, theory))
    return result


def _gathered(channel: Relation, pieces: list[Piece], channels: int) -> list[Piece]:
    """Return the pieces of `channels` output channels that read `pieces` as `channel` says."""
    if channel.rule is None and channel.theory.stride == 1 and channel.theory.phases[0].extent == 1:
        by = channel.theory.phases[0].first  # a slice, or a part of a concatenation
        moved = (
            Piece(max(start - by, 0), min(stop - by, channels), theory) for start, stop, theory in pieces
        )
        return [piece for piece in moved if piece.start < piece.stop]
    result = []
    for out in range(channels):
        seen = channel.read(interval(out, out))
        read = [piece for piece in pieces if seen.shift(-piece.start).clip(piece.stop - piece.start)]
        if read:
            result.append(Piece(out, out + 1, merged(read)))
    return _overlaid([result])


def _apart(node: Node, layers: list[list[Piece]]) -> list[Misalignment]:
    found = []
    for axis in range(len(node.shape) - 1):
        branches = {piece.theory[axis] for pieces in layers for piece in pieces}
        regular = [
            one for one in branches if isinstance(one, PeriodicMap) and one.advance and any(one.phases)
        ]
        if len({one.stride for one in regular}) > 1:
            found.append(Misalignment(node.name, axis, None))
            continue
        centres = [_mean_centre(one) for one in regular]
        if centres and max(centres) > min(centres):
            found.append(Misalignment(node.name, axis, max(centres) - min(centres)))
    return found


def _mean_centre(one: PeriodicMap) -> Fraction:
    """Return how far the centres of a map lie from ``stride * unit``, averaged over the phases that see
    something."""
    centres = [Fraction(s.first + s.last, 2) - u * one.stride for u, s in enumerate(one.phases) if s]
    return sum(centres, Fraction(0)) / len(centres)

"""The network as a graph of values, each with what it sees in theory.

A node is one value with a channel axis (axis 0) and the spatial axes of the input. It reads its operands
through one `Relation` per axis; None stands for the identity. Nodes are added in the order in which they are
computed, so every operand comes before its readers, and what a node sees follows from its operands at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from cnnbook.receptive_field.alignment import Misalignment, apart
from cnnbook.receptive_field.index_set import IndexSet
from cnnbook.receptive_field.periodic import IDENTITY, Shapeless, Theory, compose
from cnnbook.receptive_field.pieces import Piece, gathered, merged, overlaid
from cnnbook.receptive_field.relation import Relation

__all__ = ["Edge", "Graph", "Node", "Work"]


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
        return gathered(channel, [Piece(a, b, through(theory)) for a, b, theory in source.pieces], channels)

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
        node.pieces = overlaid([edge.pieces(source, node.shape[0]) for edge, source in sources])
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
                sources = ((edge, self.nodes[edge.source]) for edge in node.edges)
                found += apart(node.name, [edge.pieces(source, node.shape[0]) for edge, source in sources])
        return found[::-1]

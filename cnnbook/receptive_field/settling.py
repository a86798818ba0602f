"""Giving reshaped tensors their rows, columns and channels back, as far as an operator needs them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import prod

from cnnbook.receptive_field.graph import Edge, Graph, Work
from cnnbook.receptive_field.index_set import IndexSet, interval, scaled_sum
from cnnbook.receptive_field.layout import Dim, Factor, LayoutError, Value, along, canonical
from cnnbook.receptive_field.relation import fixed, tabled
from cnnbook.receptive_field.view import ViewEdge

__all__ = ["Settling"]


class Settling:
    """A graph in the making, and what reshaped tensors mean in it.

    Parameters
    ----------
    input_shape : tuple of int
        (C, *spatial), without the batch axis.
    """

    def __init__(self, input_shape: Sequence[int]) -> None:
        """Start with the input alone."""
        self.graph = Graph(tuple(input_shape))
        self.input = canonical(0, tuple(input_shape))

    def shown(self, value: Value) -> Value:
        """Return a result with an axis for each spatial dimension, also where all its positions are alike."""
        if len(value.dims) != self.graph.axes + 2:
            return value
        since, name = len(self.graph.nodes), self.graph.nodes[value.node].name
        for dim in range(2, len(value.dims)):
            if value.dims[dim] and not self.has_axis(value, dim):
                value = self._given_axis(value, dim)
        if len(self.graph.nodes) > since:
            self.graph.label(since, f"{name}.expand", Work(), frozenset())
        return value

    def settled(self, value: Value, needed: Iterable[int] = (), compound: bool = False) -> Value:
        """Return the same tensor with one whole axis per dimension, at least for the dimensions `needed`.

        With `compound`, a dimension that covers several whole axes may stay as it is.
        """
        whole_axes = all(f.axis is None or self._covers(value, f) for dim in value.dims for f in dim)
        simple = whole_axes and (compound or all(len(dim) < 2 for dim in value.dims))
        if not simple:
            value = self._viewed(value)
        for dim in () if compound else needed:
            if not self.has_axis(value, dim):
                value = self._given_axis(value, dim)
        return value

    def _covers(self, value: Value, factor: Factor) -> bool:
        return factor.step == 1 and factor.size == self.graph.nodes[value.node].shape[factor.axis]

    def is_part(self, value: Value, dim: int) -> bool:
        """Return whether a dimension counts along one axis without covering it: channels in groups."""
        factors = value.dims[dim]
        return len(factors) == 1 and factors[0].axis is not None and not self._covers(value, factors[0])

    def digits(self, value: Value, kind: str, dim: int, reads: Sequence[IndexSet]) -> Value:
        """Let position i of a dimension that is part of an axis read the positions ``reads[i]`` of it."""
        axis = value.dims[dim][0].axis
        places = [
            (d, i) for d, factors in enumerate(value.dims) for i, f in enumerate(factors) if f.axis == axis
        ]
        places.sort(key=lambda place: -value.dims[place[0]][place[1]].step)
        table = [interval(0, 0)]
        for d, i in places:  # from the slowest factor to the fastest
            factor = value.dims[d][i]
            moves = reads if d == dim else [interval(digit, digit) for digit in range(factor.size)]
            table = [scaled_sum(move, factor.step, seen) for seen in table for move in moves]
        dims, count = [list(factors) for factors in value.dims], 1
        for d, i in reversed(places):
            size = len(reads) if d == dim else dims[d][i].size
            dims[d][i], count = Factor(axis, count, size), count * size
        node = self.graph.nodes[value.node]
        relations = [
            tabled(tuple(table), extent) if a == axis else None for a, extent in enumerate(node.shape)
        ]
        shape = [len(table) if a == axis else extent for a, extent in enumerate(node.shape)]
        kept = tuple(tuple(f for f in factors if f.size > 1) for factors in dims)
        return Value(self.graph.add(kind, shape, [Edge(value.node, tuple(relations))]), kept)

    def _viewed(self, value: Value) -> Value:
        """Make the node that a reshaped tensor stands for."""
        rank = self.graph.axes + 1
        targets = {dim: _target(factors) for dim, factors in enumerate(value.dims) if factors}
        if len(value.dims) == rank + 1 and all(t in (0, dim - 1) for dim, t in targets.items() if dim > 1):
            targets = {dim: dim - 1 for dim in targets}  # rows and columns are where they always are
        if len(set(targets.values())) < len(targets) or -1 in targets.values():
            raise LayoutError(
                f"a tensor of shape {value.shape} mixes axes in a way that has no rows and columns"
            )
        axes: list[Dim] = [()] * rank
        for dim, axis in targets.items():
            axes[axis] = value.dims[dim]
        shape = [prod(factor.size for factor in factors) for factors in axes]
        node = self.graph.add("view", shape, [ViewEdge(value.node, tuple(axes))])
        sizes = enumerate(value.shape)
        return Value(node, tuple(along(targets.get(dim), size) for dim, size in sizes))

    def _given_axis(self, value: Value, dim: int) -> Value:
        """Give a dimension whose positions are all alike an axis of its own."""
        node, axis = self.graph.nodes[value.node], self.free_axis(value, dim)
        if axis is None:
            raise LayoutError(
                f"dimension {dim} of a tensor of shape {value.shape} has no axis left to run along"
            )
        size = value.shape[dim]
        if size > 1:
            shape = [*node.shape[:axis], size, *node.shape[axis + 1 :]]
            relations = [fixed(0, 1) if other == axis else None for other in range(len(shape))]
            value = Value(self.graph.add("expand", shape, [Edge(value.node, tuple(relations))]), value.dims)
        return self.resized(value, dim, (Factor(axis, 1, size),))

    def has_axis(self, value: Value, dim: int) -> bool:
        """Return whether a dimension runs along an axis, rather than being all alike."""
        return bool(value.dims[dim]) and value.dims[dim][0].axis is not None

    def free_axis(self, value: Value, dim: int) -> int | None:
        """Return an axis that no dimension runs along, if there is one.

        The axis in the same place is the first choice, places in space counted from the end: PyTorch does
        one-dimensional pooling with a row in front.
        """
        used = {factor.axis for d in value.dims for factor in d}
        extents = self.graph.nodes[value.node].shape
        free = [axis for axis, extent in enumerate(extents) if extent == 1 and axis not in used]
        place = 0 if dim == 1 else self.graph.axes + 1 - (len(value.dims) - dim)
        return place if place in free else next(reversed(free), None)

    def resized(self, value: Value, dim: int, factors: Dim) -> Value:
        """Return the same tensor with other factors for one dimension."""
        return Value(value.node, (*value.dims[:dim], factors, *value.dims[dim + 1 :]))


def _target(factors: Dim) -> int:
    """Return the axis that a dimension stands for: the first of space along it, else the channels."""
    return next((factor.axis for factor in factors if factor.axis), 0)

"""The operators of a network as edges of the graph, in words that every front end shares.

Every method takes tensors (`Value`) and returns one. Dimensions are the tensor's, counted from 0 with the
batch first; which axis of the graph a dimension runs along is looked up here, so that a front end never asks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from cnnbook.receptive_field.graph import Edge
from cnnbook.receptive_field.index_set import interval
from cnnbook.receptive_field.layout import Dim, LayoutError, Value, along, regroup
from cnnbook.receptive_field.periodic import IDENTITY
from cnnbook.receptive_field.relation import Relation, fixed, padding, tabled, whole, window
from cnnbook.receptive_field.settling import Settling

__all__ = ["Builder", "Change", "grouped"]


class Change(NamedTuple):
    """How one dimension is read: ``relation(extent)``, and its length afterwards."""

    relation: Callable[[int], Relation]
    length: int


class Builder(Settling):
    """Adds operators to a graph.

    Parameters
    ----------
    input_shape : tuple of int
        (C, *spatial), without the batch axis.
    """

    def transform(self, value: Value, kind: str, changes: Mapping[int, Change]) -> Value:
        """Read some dimensions through relations and keep the others."""
        value = self.settled(value)
        alike = {dim for dim, change in changes.items() if self._stays_alike(value, dim, change)}
        value = self.settled(value, [dim for dim in changes if dim not in alike])
        node = self.graph.nodes[value.node]
        relations: list[Relation | None] = [None] * len(node.shape)
        shape, dims = list(node.shape), list(value.dims)
        for dim, (relation, length) in changes.items():
            axis = None
            if dim not in alike:
                axis = value.dims[dim][0].axis
                relations[axis], shape[axis] = relation(node.shape[axis]), length
            dims[dim] = along(axis, length)
        return Value(self.graph.add(kind, shape, [Edge(value.node, tuple(relations))]), tuple(dims))

    def _stays_alike(self, value: Value, dim: int, change: Change) -> bool:
        """Return whether a dimension without an axis needs none: each new position reads some of the old, all
        alike."""
        if self.has_axis(value, dim):
            return False
        relation = change.relation(value.shape[dim])
        return relation.total and (relation.theory == IDENTITY or self.free_axis(value, dim) is None)

    def pointwise(self, kind: str, values: Sequence[Value], shape: Sequence[int]) -> Value:
        """Combine tensors element by element, with broadcasting; `shape` is the result's."""
        rank = len(shape)
        padded = [Value(v.node, ((),) * (rank - len(v.dims)) + v.dims) for v in values]
        try:
            columns = zip(*(v.dims for v in padded), strict=True)
            dims = tuple(_common(column, size) for column, size in zip(columns, shape, strict=True))
        except LayoutError:
            settled = [self.settled(v) for v in padded]
            if settled == padded:
                raise
            return self.pointwise(kind, settled, shape)
        nodes = [self.graph.nodes[v.node] for v in padded]
        extents = tuple(max(sizes) for sizes in zip(*(node.shape for node in nodes), strict=True))
        edges = []
        for value, node in zip(padded, nodes, strict=True):
            sizes = zip(node.shape, extents, strict=True)
            relations = (None if have == want else fixed(0, have) for have, want in sizes)
            edges.append(Edge(value.node, tuple(relations)))
        return Value(self.graph.add(kind, extents, edges), dims)

    def contract(self, value: Value, kind: str, dim: int, length: int) -> Value:
        """Mix everything along one dimension into `length` new features: a linear layer."""
        axes = [factor.axis for factor in value.dims[dim] if factor.axis is not None]
        # The new features all see the same; without an axis of their own they stay alike until one is needed.
        axis = axes[0] if len(axes) == 1 else 0 if 0 in axes else None
        return self._mixed(value, kind, {dim: along(axis, length)})

    def reduce(self, value: Value, kind: str, dims: Sequence[int]) -> Value:
        """Let every position see all of `dims`, which shrink to one position: global pooling, a sum."""
        for dim in dims:
            if self.is_part(value, dim):
                value = self.digits(value, kind, dim, [interval(0, value.shape[dim] - 1)])
        return self._mixed(value, kind, dict.fromkeys(dims, ()))

    def normalise(self, value: Value, kind: str, dims: Sequence[int]) -> Value:
        """Let every position see all of `dims`, which stay: softmax, layer normalisation."""
        return self._mixed(value, kind, dict.fromkeys(dims))

    def _mixed(self, value: Value, kind: str, after: Mapping[int, Dim | None]) -> Value:
        """Let every position see all of some dimensions, and give those new factors (None: the old ones)."""
        value = self.settled(value, compound=True)
        node = self.graph.nodes[value.node]
        relations: list[Relation | None] = [None] * len(node.shape)
        shape, dims = list(node.shape), list(value.dims)
        for dim, factors in after.items():
            new = value.dims[dim] if factors is None else factors
            for axis in {factor.axis for factor in value.dims[dim]} - {None}:
                relations[axis], shape[axis] = whole(node.shape[axis]), 1
            for axis, _, size in new:
                if axis is not None:
                    shape[axis] = size
            dims[dim] = new
        return Value(self.graph.add(kind, shape, [Edge(value.node, tuple(relations))]), tuple(dims))

    def concat(self, kind: str, values: Sequence[Value | None], sizes: Sequence[int], dim: int) -> Value:
        """Put tensors one behind the other along `dim`; None stands for a constant of that size."""
        known = [v if v is None else self.settled(v, [dim]) for v in values]
        axes = {v.dims[dim][0].axis for v in known if v is not None}
        shapes = [self.graph.nodes[v.node].shape for v in known if v is not None]
        extents = [max(extent) for extent in zip(*shapes, strict=True)]
        others = {tuple(d for i, d in enumerate(v.dims) if i != dim) for v in known if v is not None}
        if len(axes) > 1 or len(others) > 1:
            raise LayoutError("a concatenation of tensors that were reshaped in different ways")
        (axis,), total, start, edges = axes, sum(sizes), 0, []
        for value, size in zip(known, sizes, strict=True):
            if value is not None:
                shape = self.graph.nodes[value.node].shape
                sizes_along = zip(shape, extents, strict=True)
                relations = [None if have == want else fixed(0, have) for have, want in sizes_along]
                relations[axis] = window(1, 1, 1, start, size, total)
                edges.append(Edge(value.node, tuple(relations)))
            start += size
        extents[axis] = total
        dims = list(next(v for v in known if v is not None).dims)
        dims[dim] = along(axis, total)
        return Value(self.graph.add(kind, extents, edges), tuple(dims))

    def stack(self, kind: str, values: Sequence[Value | None], dim: int) -> Value:
        """Put tensors side by side along a new dimension, which becomes part of the channels."""
        rank = next(len(v.dims) for v in values if v is not None)
        known = [v for v in values if v is not None]
        channel = next(
            (d for d in range(rank) if any(f.axis == 0 for f in known[0].dims[d])), min(1, rank - 1)
        )
        sizes = [known[0].shape[channel]] * len(values)
        joined = self.concat(kind, values, sizes, channel)
        shape = joined.shape
        cut = self.reshape(joined, (*shape[:channel], len(values), sizes[0], *shape[channel + 1 :]))
        order = [d for d in range(rank + 1) if d != channel]
        return self.permute(cut, [*order[:dim], channel, *order[dim:]])

    def slice(self, value: Value, kind: str, dim: int, start: int, step: int, length: int) -> Value:
        """Take `length` positions along `dim`, from `start` on, `step` apart."""
        if all(factor.axis is None for factor in value.dims[dim]):
            return self.resized(value, dim, along(None, length))
        if self.is_part(value, dim):
            return self.digits(
                value, kind, dim, [interval(start + i * step, start + i * step) for i in range(length)]
            )
        change = Change(lambda extent: window(1, step, 1, -start, extent, length), length)
        return self.transform(value, kind, {dim: change})

    def take(self, value: Value, kind: str, dim: int, indices: Sequence[int]) -> Value:
        """Take the positions `indices` along `dim`, in that order."""
        table = tuple(interval(index, index) for index in indices)
        if self.is_part(value, dim):
            return self.digits(value, kind, dim, table)
        return self.transform(value, kind, {dim: Change(lambda extent: tabled(table, extent), len(indices))})

    def roll(self, value: Value, kind: str, dim: int, by: int) -> Value:
        """Move positions along `dim` around a circle."""
        size = value.shape[dim]
        return self.transform(value, kind, {dim: Change(lambda n: padding("circular", by, -by, n), size)})

    def pad(self, value: Value, kind: str, pads: Mapping[int, tuple[int, int]], mode: str) -> Value:
        """Pad or crop; `pads` gives (before, after) for dimensions."""
        changes = {}
        for dim, (before, after) in pads.items():
            length = value.shape[dim] + before + after
            changes[dim] = Change(lambda n, b=before, a=after: padding(mode, b, a, n), length)
        return self.transform(value, kind, changes)

    def reshape(self, value: Value, shape: Sequence[int]) -> Value:
        """Regroup the same elements."""
        return Value(value.node, regroup(value.dims, tuple(shape)))

    def permute(self, value: Value, order: Sequence[int]) -> Value:
        """Reorder dimensions; squeezing leaves some out."""
        return Value(value.node, tuple(value.dims[dim] for dim in order))

    def expand(self, value: Value, shape: Sequence[int]) -> Value:
        """Repeat dimensions of size 1 without computing anything."""
        dims = ((),) * (len(shape) - len(value.dims)) + value.dims
        sizes = Value(value.node, dims).shape
        pairs = zip(dims, sizes, shape, strict=True)
        return Value(
            value.node, tuple(along(None, want) if have != want else dim for dim, have, want in pairs)
        )

    def shuffle(self, value: Value, factor: int, down: bool = False) -> Value:
        """Move channels into space (pixel shuffle), or space into channels if `down`."""
        batch, channels, *spatial = value.shape
        n = len(spatial)
        if down:
            cut = [batch, channels, *(size for extent in spatial for size in (extent // factor, factor))]
            order = [0, 1, *range(3, 3 + 2 * n, 2), *range(2, 2 + 2 * n, 2)]
            shape = [batch, channels * factor**n, *(extent // factor for extent in spatial)]
        else:
            cut = [batch, channels // factor**n, *[factor] * n, *spatial]
            order = [0, 1, *(dim for i in range(n) for dim in (2 + n + i, 2 + i))]
            shape = [batch, channels // factor**n, *(extent * factor for extent in spatial)]
        return self.settled(self.reshape(self.permute(self.reshape(value, cut), order), shape))


def _common(dims: Sequence[Dim], size: int) -> Dim:
    """Return the factors of one dimension of an element-wise result."""
    distinct = {dim for dim in dims if any(factor.axis is not None for factor in dim)}
    if len(distinct) > 1:
        raise LayoutError("tensors that were reshaped in different ways meet")
    return distinct.pop() if distinct else along(None, size)


@lru_cache(maxsize=1024)
def grouped(groups: int, extent: int, length: int) -> Relation:
    """Return how the channels of a grouped convolution read.

    Examples
    --------
    >>> list(grouped(2, extent=6, length=4).read(interval(2, 2)).members())
    [3, 4, 5]
    """
    if groups == 1:
        return whole(extent)
    inputs, outputs = extent // groups, length // groups
    if inputs == outputs == 1:
        return Relation(IDENTITY, extent, True)
    starts = (channel // outputs * inputs for channel in range(length))
    return tabled(tuple(interval(start, start + inputs - 1) for start in starts), extent, gapless=True)

"""Exactly which input positions given units see, borders included.

The question is answered backwards, one node at a time: which positions of its operands do these positions
read? Boxes (one set of positions per axis) travel from the unit to the input. Where branches split and meet
again, several boxes wait at one node; they are fused only where that cannot change the answer.
"""

from __future__ import annotations

from cnnbook.receptive_field.graph import Graph, Node
from cnnbook.receptive_field.index_set import IndexSet, interval, union

__all__ = ["Box", "reach", "trail"]

Box = tuple[IndexSet, ...]


def reach(graph: Graph, node: int, units: Box) -> list[Box]:
    """Return boxes of the input that together hold every position that `units` of a node see.

    Parameters
    ----------
    graph : Graph
        The network.
    node : int
        Index of the value that the units belong to.
    units : tuple of IndexSet
        Positions along each spatial axis; all channels are meant.

    Returns
    -------
    list of tuple of IndexSet
        Boxes of the input, channel axis first; empty if the units see nothing.
    """
    return trail(graph, node, units).get(0, [])


def trail(graph: Graph, node: int, units: Box) -> dict[int, list[Box]]:
    """Return what `units` see of every value on the way to the input, by the index of the value's node."""
    boxes: dict[int, list[Box]] = {node: [(interval(0, graph.nodes[node].shape[0] - 1), *units)]}
    for index in range(node, -1, -1):
        if index not in boxes:
            continue
        here = graph.nodes[index]
        if len(boxes[index]) > 1:
            boxes[index] = _fused(here, boxes[index])
        for box in boxes[index]:
            for edge in here.edges:
                for read in edge.read(box):
                    boxes.setdefault(edge.source, []).append(read)
    return boxes


def _fused(node: Node, boxes: list[Box]) -> list[Box]:
    """Return fewer boxes with the same meaning.

    Two boxes that differ along one axis only are one box. Where what a unit sees along one axis cannot depend
    on its place along another, every set of boxes with the same channels can be replaced by their hull.
    """
    if node.separable:
        groups: dict[IndexSet, list[Box]] = {}
        for box in boxes:
            groups.setdefault(box[0], []).append(box)
        boxes = [tuple(union(*axis) for axis in zip(*group, strict=True)) for group in groups.values()]
    result: list[Box] = []
    for box in dict.fromkeys(boxes):
        _insert(result, box)
    return result


def _insert(boxes: list[Box], box: Box) -> None:
    """Add a box to a list in which no box holds another and no two differ along one axis only."""
    for index, other in enumerate(boxes):
        if all(a.covers(b) for a, b in zip(other, box, strict=True)):
            return
        differing = [axis for axis, (a, b) in enumerate(zip(other, box, strict=True)) if a != b]
        inside = all(b.covers(a) for a, b in zip(other, box, strict=True))
        if len(differing) == 1 or inside:
            del boxes[index]
            _insert(boxes, box if inside else tuple(union(a, b) for a, b in zip(other, box, strict=True)))
            return
    boxes.append(box)

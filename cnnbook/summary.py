"""What a network consists of and what it costs, layer by layer, from the same graph as its receptive
field."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import groupby

from cnnbook.receptive_field.analyze import Model, capture, choose
from cnnbook.receptive_field.graph import Graph, Node
from cnnbook.receptive_field.result import ReceptiveField, tuple_text

__all__ = ["Layer", "Summary", "summarize"]


@dataclass(frozen=True)
class Layer:
    """One row of a summary.

    Parameters
    ----------
    name, kind : str
        Name of the layer and of its operator, the costliest if it has several.
    shape : tuple of int
        Shape of its result without the batch axis, (C, H, W) or (features,).
    parameters : int
        Trainable parameters that no earlier layer uses.
    connections : int
        Inputs that its units read, plus one for every bias added.
    macs : int
        Multiply-accumulates for one input, without the bias; padding counts as input.
    bias : int
        Additions of a bias.
    field : ReceptiveField
        What its units see.
    """

    name: str
    kind: str
    shape: tuple[int, ...]
    parameters: int
    connections: int
    macs: int
    bias: int
    field: ReceptiveField

    @property
    def flops(self) -> int:
        """Floating-point operations: two for each multiply-accumulate."""
        return 2 * self.macs

    def to_dict(self) -> dict:
        """Return the row in a form that JSON can hold."""
        row = {entry.name: getattr(self, entry.name) for entry in fields(self) if entry.name != "field"}
        numbers = self.field.to_dict()
        return {
            **row,
            "shape": list(self.shape),
            "flops": self.flops,
            **{f"field_{name}": numbers[name] for name in ("size", "stride", "padding")},
        }


@dataclass(frozen=True)
class Summary:
    """A network's layers and totals.

    Parameters
    ----------
    layers : list of Layer
        In order of computation.
    parameters : int
        All parameters of the model, those of unused modules included.
    unused : tuple of str
        Names of parameters that no layer uses.
    """

    layers: list[Layer]
    parameters: int
    unused: tuple[str, ...]

    @property
    def totals(self) -> dict[str, int]:
        """Parameters, connections, multiply-accumulates, operations and bias additions of the whole
        network."""
        sums = {
            name: sum(getattr(row, name) for row in self.layers)
            for name in ("connections", "macs", "flops", "bias")
        }
        return {"parameters": self.parameters, **sums}

    def __str__(self) -> str:
        """Return a table in text."""
        header = (
            "layer",
            "operator",
            "shape",
            "parameters",
            "connections",
            "MACs",
            "field",
            "stride",
            "padding",
        )
        rows = [header, *(_cells(row) for row in self.layers)]
        totals = self.totals
        rows.append(
            (
                "total",
                "",
                "",
                *(f"{totals[name]:,}" for name in ("parameters", "connections", "macs")),
                "",
                "",
                "",
            )
        )
        widths = [max(len(row[column]) for row in rows) for column in range(len(header))]
        numbers = range(3, 6)
        lines = (
            "  ".join(
                cell.rjust(w) if i in numbers else cell.ljust(w)
                for i, (cell, w) in enumerate(zip(row, widths, strict=True))
            )
            for row in rows
        )
        note = (
            f"FLOPs: {totals['flops']:,} (2 per MAC); additions of a bias, counted apart: {totals['bias']:,}"
        )
        unused = [f"unused parameters: {', '.join(self.unused)}"] if self.unused else []
        return "\n".join([*(line.rstrip() for line in lines), note, *unused])

    def to_dict(self) -> dict:
        """Return everything in a form that JSON can hold."""
        layers = [row.to_dict() for row in self.layers]
        return {"layers": layers, "totals": self.totals, "unused": list(self.unused)}

    def to_csv(self) -> str:
        """Return the layers as comma-separated values with a header; lists are written as 2x3."""
        rows = [row.to_dict() for row in self.layers]
        text = io.StringIO()
        writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow({name: _by_x(entry) for name, entry in row.items()})
        return text.getvalue()


def summarize(
    model: Model,
    input_shape: Sequence[int] | None = None,
    *,
    output: str | None = None,
    depth: int | None = None,
) -> Summary:
    """Return shape, parameters, connections, multiply-accumulates and receptive field of every layer.

    Functional calls count like modules, a module that is called twice costs twice but has its parameters
    once, and a transposed convolution costs what it multiplies: each of its inputs by each weight.

    Parameters
    ----------
    model, input_shape, output
        As in `cnnbook.receptive_field.analyze`.
    depth : int or None, default None
        How many levels of modules to tell apart; 1 gives one row for each direct child. None gives one row
        for each call of a module without children, and one for each functional call outside of such modules.

    Returns
    -------
    Summary
        Printed, it is a table; `Summary.to_dict` and `Summary.to_csv` give the numbers.

    Examples
    --------
    >>> import torch
    >>> model = torch.nn.Sequential(torch.nn.Conv2d(1, 6, 5), torch.nn.Tanh(), torch.nn.AvgPool2d(2))
    >>> print(summarize(model, (1, 32, 32)))
    layer  operator     shape        parameters  connections     MACs  field   stride  padding
    0      convolution  (6, 28, 28)         156      122,304  117,600  (5, 5)  (1, 1)  (0, 0)
    1      tanh         (6, 28, 28)           0            0        0  (5, 5)  (1, 1)  (0, 0)
    2      avg_pool2d   (6, 14, 14)           0        4,704        0  (6, 6)  (2, 2)  (0, 0)
    total                                   156      127,008  117,600
    FLOPs: 235,200 (2 per MAC); additions of a bias, counted apart: 4,704
    """
    graph, outputs, sizes = capture(model, input_shape)
    last = choose(graph, outputs, output)
    seen: set[str] = set()
    layers = [_layer(graph, list(group), sizes, seen, depth) for group in _groups(graph, last, depth)]
    return Summary(layers, sum(sizes.values()), tuple(name for name in sizes if name not in seen))


def _groups(graph: Graph, last: int, depth: int | None) -> Iterator[Iterator[int]]:
    """Yield the indices of the nodes of each row."""

    def row(index: int) -> object:
        node = graph.nodes[index]
        if depth is not None and node.module:
            return ".".join(node.module.split(".")[:depth])
        return index if node.call is None else ("call", node.call)

    return (group for _, group in groupby(range(1, last + 1), key=row))


def _layer(
    graph: Graph, indices: list[int], sizes: dict[str, int], seen: set[str], depth: int | None
) -> Layer:
    """Return the row of some neighbouring nodes; `seen` are the parameters counted so far."""
    nodes: list[Node] = [graph.nodes[index] for index in indices]
    new = frozenset().union(*(node.parameters for node in nodes)) - seen
    seen |= new
    costs = (sum(getattr(node.work, name) for node in nodes) for name in ("connections", "macs", "bias"))
    costliest = max(nodes, key=lambda node: (node.work.macs, node.work.connections))
    kind = costliest.kind if any(costliest.work) else nodes[-1].kind
    name = nodes[-1].name
    if depth is not None and nodes[-1].module:
        name = ".".join(nodes[-1].module.split(".")[:depth])
    field = ReceptiveField(graph, indices[-1])
    shape = nodes[-1].shape if nodes[-1].result is None else nodes[-1].result
    return Layer(name, kind, shape, sum(sizes.get(p, 0) for p in new), *costs, field)


def _cells(row: Layer) -> tuple[str, ...]:
    field = row.field
    size = ["whole" if whole else entry for entry, whole in zip(field.size, field.unbounded, strict=True)]
    numbers = (f"{number:,}" for number in (row.parameters, row.connections, row.macs))
    return (
        row.name,
        row.kind,
        tuple_text(row.shape),
        *numbers,
        *map(tuple_text, (size, field.stride, field.padding)),
    )


def _by_x(entry: object) -> object:
    return "x".join("" if one is None else f"{one:g}" for one in entry) if isinstance(entry, list) else entry

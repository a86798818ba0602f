"""ONNX front end: read the file's operators in order, with its own shape inference and constant folding."""

from __future__ import annotations

from os import PathLike

import numpy as np
import onnx
from onnx.reference import ReferenceEvaluator

from cnnbook.receptive_field import onnx_layers, onnx_tensors
from cnnbook.receptive_field.builder import Builder
from cnnbook.receptive_field.errors import UnsupportedOperator
from cnnbook.receptive_field.graph import Graph
from cnnbook.receptive_field.layout import LayoutError, Value
from cnnbook.receptive_field.onnx_call import OnnxCall

__all__ = ["read_onnx"]

OPERATORS = onnx_layers.OPERATORS | onnx_tensors.OPERATORS


def read_onnx(
    path: str | PathLike, input_shape: tuple[int, ...] | None
) -> tuple[Graph, list[Value], dict[str, int]]:
    """Return the graph of an ONNX file, its results, and the number of elements of every weight.

    Parameters
    ----------
    path : str or path
        The file; it must have one input besides its weights.
    input_shape : tuple of int or None
        (C, *spatial); None takes what the file states.

    Raises
    ------
    UnsupportedOperator
        If an operator's dependence on its input is not known.
    ValueError
        If the file has several inputs or its shapes stay unknown.
    """
    model = onnx.load(path)
    weights = {tensor.name: tensor for tensor in model.graph.initializer}
    inputs = [entry for entry in model.graph.input if entry.name not in weights]
    if len(inputs) != 1:
        raise ValueError(f"analyze: {path} has {len(inputs)} inputs, not one")
    shape = _fix_shape(inputs[0], input_shape)
    model = onnx.shape_inference.infer_shapes(model, data_prop=True)
    reader = _Reader(
        Builder(shape), _shapes(model), {name: onnx.numpy_helper.to_array(t) for name, t in weights.items()}
    )
    reader.values[inputs[0].name] = reader.builder.input
    for index, node in enumerate(model.graph.node):
        reader.read(node, node.name.strip("/").replace("/", ".") or f"{node.op_type}_{index}")
    names = [entry.name for entry in model.graph.output if entry.name in reader.values]
    outputs = [reader.builder.shown(reader.values[name]) for name in names]
    # Integers are shapes and indices, not weights.
    sizes = {name: array.size for name, array in reader.weights.items() if array.dtype.kind == "f"}
    return reader.builder.graph, outputs, sizes


class _Reader:
    """What is known of each name in the file: a value of the graph, a constant, a shape."""

    def __init__(
        self, builder: Builder, shapes: dict[str, tuple[int, ...]], weights: dict[str, np.ndarray]
    ) -> None:
        self.builder, self.shapes, self.weights = builder, shapes, weights
        self.constants = dict(weights)
        self.values: dict[str, Value] = {}

    def read(self, node: onnx.NodeProto, name: str) -> None:
        """Fold a node without dependence on the input, or add it to the graph."""
        if not any(entry in self.values for entry in node.input):
            return self._fold(node)
        if node.op_type == "Shape":
            self.constants[node.output[0]] = np.array(self.values[node.input[0]].shape)
            return None
        handler = OPERATORS.get(node.op_type)
        if handler is None:
            raise UnsupportedOperator(node.op_type, name, "")
        shape = self.shapes.get(node.output[0], ())
        call = OnnxCall(node, self.values, self.constants, self.builder, shape)
        graph, since = self.builder.graph, len(self.builder.graph.nodes)
        try:
            results = handler(call)
        except LayoutError as error:
            raise UnsupportedOperator(node.op_type, name, "", str(error)) from None
        results = results if isinstance(results, list) else [results]
        self.values.update(zip(node.output, results, strict=False))
        if len(graph.nodes) > since:
            graph.label(since, name, call.work, frozenset(node.input) & frozenset(self.weights))
            graph.nodes[-1].result = results[0].shape[1:]
        else:
            graph.aliases.setdefault(name, results[0].node)
        return None

    def _fold(self, node: onnx.NodeProto) -> None:
        """Compute a constant with ONNX's own reference implementation."""
        given = {entry: self.constants[entry] for entry in node.input if entry}
        self.constants.update(zip(node.output, ReferenceEvaluator(node).run(None, given), strict=True))


def _fix_shape(entry: onnx.ValueInfoProto, input_shape: tuple[int, ...] | None) -> tuple[int, ...]:
    """Write a batch of one and the wanted shape into the file's input, and return (C, *spatial)."""
    dims = entry.type.tensor_type.shape.dim
    stated = tuple(dim.dim_value for dim in dims[1:])
    shape = input_shape or stated
    if not all(shape) or len(shape) != len(stated):
        raise ValueError(
            f"analyze: the file's input is (N, {', '.join(map(str, stated))}), 0 for unknown; "
            f"input_shape {input_shape} does not complete it"
        )
    for dim, extent in zip(dims, (1, *shape), strict=True):
        dim.Clear()
        dim.dim_value = extent
    return shape


def _shapes(model: onnx.ModelProto) -> dict[str, tuple[int, ...]]:
    """Return every shape that inference found."""
    entries = [*model.graph.value_info, *model.graph.output]
    shapes = {
        entry.name: tuple(dim.dim_value for dim in entry.type.tensor_type.shape.dim) for entry in entries
    }
    return {name: shape for name, shape in shapes.items() if all(shape)}

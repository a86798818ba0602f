"""One node of an ONNX file: its attributes, constants and windows."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import onnx

from cnnbook.arithmetic import effective_kernel
from cnnbook.receptive_field.builder import Builder
from cnnbook.receptive_field.graph import Work
from cnnbook.receptive_field.layout import LayoutError, Value

__all__ = ["Handler", "OnnxCall"]


class OnnxCall:
    """One node of the file.

    Parameters
    ----------
    node : onnx.NodeProto
        The node.
    values, constants : dict
        What is known of its inputs, by name.
    builder : Builder
        Where to add nodes.
    shape : tuple of int
        Shape of its first result as far as inferred, else ().
    """

    def __init__(
        self, node: onnx.NodeProto, values: dict, constants: dict, builder: Builder, shape: tuple
    ) -> None:
        """Keep what the handlers ask for."""
        self.kind, self.builder, self.shape, self.names = node.op_type, builder, shape, list(node.input)
        self.values, self.constants = values, constants
        self.attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
        self.outputs = len(node.output)
        self.work = Work()

    @property
    def input(self) -> Value:
        """The first input, which must depend on the network's input."""
        if self.names[0] not in self.values:
            raise LayoutError("only another input than its first depends on the network's input")
        return self.values[self.names[0]]

    def get(self, name: str, default: object = None) -> object:
        """Return an attribute; bytes come as text."""
        value = self.attributes.get(name, default)
        return value.decode() if isinstance(value, bytes) else value

    def constant(self, index: int) -> np.ndarray | None:
        """Return an input that must be constant, None if it is left out."""
        if index >= len(self.names) or not self.names[index]:
            return None
        if self.names[index] not in self.constants:
            raise LayoutError(f"its input {self.names[index]!r} depends on the network's input")
        return self.constants[self.names[index]]

    def numbers(self, name: str, index: int) -> list[int] | None:
        """Return integers that are an attribute in older versions of the operator and an input in newer
        ones."""
        if name in self.attributes:
            return list(self.attributes[name])
        array = self.constant(index)
        return None if array is None else np.atleast_1d(array).astype(int).tolist()

    def windows(self, kernel: list[int]) -> list[tuple[int, int, int, int, int]]:
        """Return (kernel, stride, dilation, before, after) per axis, automatic padding worked out."""
        axes, extents = len(kernel), self.input.shape[2:]
        stride, dilation = self.get("strides", [1] * axes), self.get("dilations", [1] * axes)
        pads, mode = self.get("pads", [0] * 2 * axes), self.get("auto_pad", "NOTSET")
        result = []
        for axis, (k, s, d) in enumerate(zip(kernel, stride, dilation, strict=True)):
            before, after = pads[axis], pads[axes + axis]
            if mode.startswith("SAME"):
                total = max((-(-extents[axis] // s) - 1) * s + effective_kernel(k, d) - extents[axis], 0)
                before = total // 2 if mode == "SAME_UPPER" else total - total // 2
                after = total - before
            result.append((k, s, d, before, after))
        return result


Handler = Callable[[OnnxCall], Value | list[Value]]

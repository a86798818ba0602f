"""What each of ONNX's operators reads, in the words of `Builder`.

Definitions: https://onnx.ai/onnx/operators/. What is not in `OPERATORS` is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod

import numpy as np
import onnx

from cnnbook.arithmetic import effective_kernel, output_length, transposed_length
from cnnbook.receptive_field.builder import Builder, Change, grouped
from cnnbook.receptive_field.graph import Work
from cnnbook.receptive_field.layout import LayoutError, Value
from cnnbook.receptive_field.relation import spread, window
from cnnbook.receptive_field.resample import interpolation

__all__ = ["OPERATORS", "OnnxCall"]

POINTWISE = [
    "Abs",
    "Add",
    "BatchNormalization",
    "Cast",
    "Ceil",
    "Clip",
    "Div",
    "Dropout",
    "Elu",
    "Equal",
    "Erf",
    "Exp",
    "Floor",
    "Gelu",
    "Greater",
    "HardSigmoid",
    "HardSwish",
    "LeakyRelu",
    "Less",
    "Log",
    "Max",
    "Min",
    "Mish",
    "Mul",
    "Neg",
    "Not",
    "PRelu",
    "Pow",
    "Reciprocal",
    "Relu",
    "Round",
    "Selu",
    "Sigmoid",
    "Sign",
    "Softplus",
    "Softsign",
    "Sqrt",
    "Sub",
    "Sum",
    "Swish",
    "Tanh",
    "ThresholdedRelu",
    "Where",
]
REDUCTIONS = [
    "ReduceL1",
    "ReduceL2",
    "ReduceLogSum",
    "ReduceLogSumExp",
    "ReduceMax",
    "ReduceMean",
    "ReduceMin",
    "ReduceProd",
    "ReduceSum",
    "ReduceSumSquare",
    "ArgMax",
    "ArgMin",
]


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


def convolution(call: OnnxCall) -> Value:
    """Cross-correlation with groups."""
    weight, value = call.constant(1), call.input
    lengths = [
        output_length(n, k, s, (a, b), d)
        for n, (k, s, d, a, b) in zip(value.shape[2:], call.windows(list(weight.shape[2:])), strict=True)
    ]
    changes = {1: _groups(call.get("group", 1), weight.shape[0])}
    for axis, (k, s, d, before, _) in enumerate(call.windows(list(weight.shape[2:]))):
        changes[2 + axis] = Change(
            lambda n, c=(k, s, d, before), m=lengths[axis]: window(*c, n, m), lengths[axis]
        )
    _count(call, prod(lengths) * weight.size, prod(lengths) * weight.shape[0])
    return call.builder.transform(value, call.kind, changes)


def transposed(call: OnnxCall) -> Value:
    """Transposed convolution."""
    weight, value, groups = call.constant(1), call.input, call.get("group", 1)
    if call.get("auto_pad", "NOTSET") != "NOTSET" or call.get("output_shape"):
        raise LayoutError("automatic padding of a transposed convolution")
    channels = weight.shape[1] * groups
    extra = call.get("output_padding", [0] * (weight.ndim - 2))
    changes = {1: _groups(groups, channels)}
    for axis, (k, s, d, before, after) in enumerate(call.windows(list(weight.shape[2:]))):
        length = transposed_length(value.shape[2 + axis], k, s, 0, extra[axis], d) - before - after
        changes[2 + axis] = Change(lambda n, c=(k, s, d, before), m=length: spread(*c, n, m), length)
    bias = channels * prod(changes[2 + axis].length for axis in range(weight.ndim - 2))
    _count(call, prod(value.shape[2:]) * weight.size, bias)
    return call.builder.transform(value, call.kind, changes)


def pool(call: OnnxCall) -> Value:
    """Pooling with a window of fixed size."""
    value, changes = call.input, {}
    ceil = bool(call.get("ceil_mode", 0))
    for axis, (k, s, d, a, b) in enumerate(call.windows(call.get("kernel_shape"))):
        length = output_length(value.shape[2 + axis], k, s, (a, b), d, ceil)
        changes[2 + axis] = Change(lambda n, c=(k, s, d, a), m=length: window(*c, n, m), length)
    result = call.builder.transform(value, call.kind, changes)
    call.work = Work(connections=prod(result.shape) * prod(call.get("kernel_shape")))
    return result


def global_pool(call: OnnxCall) -> Value:
    """Pooling over all positions."""
    call.work = Work(connections=prod(call.input.shape))
    return call.builder.reduce(call.input, call.kind, range(2, len(call.input.shape)))


def instance_norm(call: OnnxCall) -> Value:
    """Normalisation of each channel over all positions."""
    return call.builder.normalise(call.input, call.kind, range(2, len(call.input.shape)))


def layer_norm(call: OnnxCall) -> Value:
    """Normalisation over the last dimensions."""
    rank = len(call.input.shape)
    return call.builder.normalise(call.input, call.kind, range(call.get("axis", -1) % rank, rank))


def response_norm(call: OnnxCall) -> Value:
    """Normalisation over neighbouring channels."""
    size, channels = call.get("size"), call.input.shape[1]
    near = Change(lambda n: window(size, 1, 1, (size - 1) // 2, n, channels), channels)
    return call.builder.transform(call.input, call.kind, {1: near})


def pointwise(call: OnnxCall) -> Value:
    """Element by element, with broadcasting."""
    values = [call.values[name] for name in call.names if name in call.values]
    arrays = [call.constants[name] for name in call.names if name in call.constants]
    shape = values[0].shape
    if call.kind != "BatchNormalization":
        shape = np.broadcast_shapes(*(v.shape for v in values), *(a.shape for a in arrays))
    return call.builder.pointwise(call.kind, values, shape)


def reduction(call: OnnxCall) -> Value:
    """Sums, means and extrema over whole dimensions."""
    value = call.input
    rank = len(value.shape)
    axes = [call.get("axis", 0)] if call.kind.startswith("Arg") else call.numbers("axes", 1)
    dims = list(range(rank)) if not axes else [axis % rank for axis in axes]
    result = call.builder.reduce(value, call.kind, dims)
    keep = [dim for dim in range(rank) if call.get("keepdims", 1) or dim not in dims]
    return call.builder.permute(result, keep)


def softmax(call: OnnxCall) -> Value:
    """Normalisation of a dimension by all of it."""
    return call.builder.normalise(call.input, call.kind, [call.get("axis", -1) % len(call.input.shape)])


def gemm(call: OnnxCall) -> Value:
    """A fully connected layer."""
    weight = call.constant(1)
    if call.get("transA", 0):
        raise LayoutError("a transposed input")
    features = weight.shape[0 if call.get("transB", 0) else 1]
    _count(call, weight.size, features)
    return call.builder.contract(call.input, call.kind, 1, features)


def matmul(call: OnnxCall) -> Value:
    """A product with a constant matrix on the right."""
    weight, value = call.constant(1), call.input
    if weight.ndim != 2:
        raise LayoutError("a product with more than a matrix")
    call.work = Work(prod(value.shape[:-1]) * weight.size, 0, prod(value.shape[:-1]) * weight.size)
    return call.builder.contract(value, call.kind, len(value.shape) - 1, weight.shape[1])


def concat(call: OnnxCall) -> Value:
    """Tensors one behind the other, constants among them."""
    values = [call.values.get(name) for name in call.names]
    known = next(value for value in values if value is not None)
    dim = call.get("axis") % len(known.shape)
    shapes = [
        call.constants[name].shape if v is None else v.shape
        for v, name in zip(values, call.names, strict=True)
    ]
    return call.builder.concat(call.kind, values, [shape[dim] for shape in shapes], dim)


def slicing(call: OnnxCall) -> Value:
    """Ranges of some dimensions."""
    value = call.input
    starts, ends = call.numbers("starts", 1), call.numbers("ends", 2)
    axes = call.numbers("axes", 3) or list(range(len(starts)))
    steps = call.numbers("steps", 4) or [1] * len(starts)
    for start, end, axis, step in zip(starts, ends, axes, steps, strict=True):
        dim = axis % len(value.shape)
        taken = range(value.shape[dim])[slice(start, end, step)]
        if step > 0:
            value = call.builder.slice(value, call.kind, dim, taken.start, step, len(taken))
        else:
            value = call.builder.take(value, call.kind, dim, taken)
    return value


def split(call: OnnxCall) -> list[Value]:
    """Neighbouring parts of a dimension."""
    value = call.input
    dim = call.get("axis", 0) % len(value.shape)
    part = -(-value.shape[dim] // call.outputs)
    equal = [min(part, value.shape[dim] - part * i) for i in range(call.outputs)]
    sizes = call.numbers("split", 1) or equal
    starts = [sum(sizes[:i]) for i in range(len(sizes))]
    return [call.builder.slice(value, call.kind, dim, a, 1, n) for a, n in zip(starts, sizes, strict=True)]


def gather(call: OnnxCall) -> Value:
    """Positions given by constant integers along one dimension."""
    value, indices = call.input, call.constant(1)
    dim = call.get("axis", 0) % len(value.shape)
    chosen = [int(index) % value.shape[dim] for index in indices.ravel()]
    taken = call.builder.take(value, call.kind, dim, chosen)
    return taken if indices.ndim == 1 else call.builder.reshape(taken, call.shape)


def pad(call: OnnxCall) -> Value:
    """Padding of every kind; negative amounts crop."""
    value = call.input
    modes = {"constant": "constant", "reflect": "reflect", "edge": "replicate", "wrap": "circular"}
    amounts, axes = call.numbers("pads", 1), call.numbers("axes", 3) or list(range(len(value.shape)))
    pairs = zip(axes, amounts[: len(axes)], amounts[len(axes) :], strict=True)
    pads = {axis % len(value.shape): (before, after) for axis, before, after in pairs if before or after}
    return call.builder.pad(value, call.kind, pads, modes[call.get("mode", "constant")])


def resize(call: OnnxCall) -> Value:
    """Interpolation to another size, with the coordinates that PyTorch's exports use."""
    mode, place = call.get("mode", "nearest"), call.get("coordinate_transformation_mode", "half_pixel")
    if not call.shape:
        raise LayoutError("its size is not constant")
    if (
        mode == "nearest"
        and (place, call.get("nearest_mode")) != ("asymmetric", "floor")
        and call.kind == "Resize"
    ):
        raise LayoutError(f"nearest with {place} coordinates rounded by {call.get('nearest_mode')}")
    if mode != "nearest" and place not in ("half_pixel", "pytorch_half_pixel", "align_corners"):
        raise LayoutError(f"{mode} with {place} coordinates")
    changes = {}
    for dim, (extent, length) in enumerate(zip(call.input.shape, call.shape, strict=True)):
        if extent != length:
            corners = place == "align_corners"
            changes[dim] = Change(
                lambda n, m=length, c=corners: interpolation(mode, n, m, align_corners=c), length
            )
    return call.builder.transform(call.input, call.kind, changes)


def shuffle(call: OnnxCall) -> Value:
    """Channels to space (in the order of pixel shuffle) and back."""
    if call.get("mode", "DCR") != "CRD" and call.kind == "DepthToSpace":
        raise LayoutError("the order DCR")
    return call.builder.shuffle(call.input, call.get("blocksize"), down=call.kind == "SpaceToDepth")


def reshape(call: OnnxCall) -> Value:
    """The same elements in the same order."""
    if not call.shape:
        raise LayoutError("its shape is not constant")
    return call.builder.reshape(call.input, call.shape)


def transpose(call: OnnxCall) -> Value:
    """The dimensions in another order."""
    return call.builder.permute(call.input, call.get("perm") or range(len(call.input.shape))[::-1])


def expand(call: OnnxCall) -> Value:
    """Dimensions of size 1 seen as longer ones."""
    shape = np.broadcast_shapes(call.input.shape, tuple(call.constant(1)))
    return call.builder.expand(call.input, shape)


def _groups(groups: int, channels: int) -> Change:
    return Change(lambda n: grouped(groups, n, channels), channels)


def _count(call: OnnxCall, macs: int, bias: int) -> None:
    bias = bias if len(call.names) > 2 and call.names[2] else 0
    call.work = Work(macs, bias, macs + bias)


OPERATORS: dict[str, Handler] = {
    **dict.fromkeys(POINTWISE, pointwise),
    **dict.fromkeys(REDUCTIONS, reduction),
    **dict.fromkeys(("Reshape", "Flatten", "Squeeze", "Unsqueeze", "Identity"), reshape),
    **dict.fromkeys(("MaxPool", "AveragePool", "LpPool"), pool),
    **dict.fromkeys(("GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool"), global_pool),
    **dict.fromkeys(("Softmax", "LogSoftmax"), softmax),
    **dict.fromkeys(("Resize", "Upsample"), resize),
    **dict.fromkeys(("DepthToSpace", "SpaceToDepth"), shuffle),
    "Concat": concat,
    "Conv": convolution,
    "ConvTranspose": transposed,
    "Expand": expand,
    "Gather": gather,
    "Gemm": gemm,
    "InstanceNormalization": instance_norm,
    "LRN": response_norm,
    "LayerNormalization": layer_norm,
    "MatMul": matmul,
    "Pad": pad,
    "Slice": slicing,
    "Split": split,
    "Transpose": transpose,
}

"""What ONNX's operators on whole tensors read: arithmetic, reductions, joining, cutting and reshaping.

Definitions: https://onnx.ai/onnx/operators/.
"""

from __future__ import annotations

import numpy as np

from cnnbook.receptive_field.layout import LayoutError, Value
from cnnbook.receptive_field.onnx_call import Handler, OnnxCall

__all__ = ["OPERATORS"]

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


OPERATORS: dict[str, Handler] = {
    **dict.fromkeys(POINTWISE, pointwise),
    **dict.fromkeys(REDUCTIONS, reduction),
    **dict.fromkeys(("Reshape", "Flatten", "Squeeze", "Unsqueeze", "Identity"), reshape),
    **dict.fromkeys(("DepthToSpace", "SpaceToDepth"), shuffle),
    "Concat": concat,
    "Expand": expand,
    "Gather": gather,
    "Pad": pad,
    "Slice": slicing,
    "Split": split,
    "Transpose": transpose,
}

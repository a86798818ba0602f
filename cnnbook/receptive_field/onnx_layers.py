"""What ONNX's layers read: convolution, pooling, interpolation, normalisation, linear maps.

Definitions: https://onnx.ai/onnx/operators/.
"""

from __future__ import annotations

from math import prod

from cnnbook.arithmetic import output_length, transposed_length
from cnnbook.receptive_field.builder import Change, grouped
from cnnbook.receptive_field.graph import Work
from cnnbook.receptive_field.layout import LayoutError, Value
from cnnbook.receptive_field.onnx_call import Handler, OnnxCall
from cnnbook.receptive_field.relation import spread, window
from cnnbook.receptive_field.resample import interpolation

__all__ = ["OPERATORS"]


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


def _groups(groups: int, channels: int) -> Change:
    return Change(lambda n: grouped(groups, n, channels), channels)


def _count(call: OnnxCall, macs: int, bias: int) -> None:
    bias = bias if len(call.names) > 2 and call.names[2] else 0
    call.work = Work(macs, bias, macs + bias)


OPERATORS: dict[str, Handler] = {
    **dict.fromkeys(("MaxPool", "AveragePool", "LpPool"), pool),
    **dict.fromkeys(("GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool"), global_pool),
    **dict.fromkeys(("Softmax", "LogSoftmax"), softmax),
    **dict.fromkeys(("Resize", "Upsample"), resize),
    "Conv": convolution,
    "ConvTranspose": transposed,
    "Gemm": gemm,
    "InstanceNormalization": instance_norm,
    "LRN": response_norm,
    "LayerNormalization": layer_norm,
    "MatMul": matmul,
}

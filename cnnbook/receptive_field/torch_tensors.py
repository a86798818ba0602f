"""What PyTorch's operators on whole tensors read: arithmetic, reductions, joining, cutting and reshaping."""

from __future__ import annotations

from math import prod

import torch

from cnnbook.receptive_field.graph import Work
from cnnbook.receptive_field.layout import LayoutError, Value
from cnnbook.receptive_field.torch_call import Call, Registry

__all__ = ["OPERATORS", "pointwise"]

OPERATORS = Registry()


@OPERATORS.named(
    "mean",
    "sum",
    "amax",
    "amin",
    "max",
    "min",
    "std",
    "var",
    "linalg_vector_norm",
    "logsumexp",
    "prod",
    "all",
    "any",
    "argmax",
    "argmin",
    "var_mean",
    "std_mean",
)
def reduction(call: Call) -> Value | list[Value]:
    """Sums, means, extrema and norms over whole dimensions."""
    if isinstance(call.args.get("other"), torch.Tensor):  # torch.max(a, b) is element-wise
        return pointwise(call)
    value, dims = call.input, call.dims()
    call.work = Work(connections=prod(value.shape))
    result = call.builder.reduce(value, call.kind, dims)
    keep = call.args.get("keepdim", False) and len(call.shape) == len(value.dims)
    if not keep:
        result = call.builder.permute(result, [d for d in range(len(value.dims)) if d not in dims])
    return [result, result]


@OPERATORS.named(
    "_prelu_kernel",
    "rrelu_with_noise",
    "hardswish",
    "hardswish_",
    "native_dropout",
    "bernoulli",
    "copy_",
    "_to_copy",
    "contiguous",
    "fill_",
    "masked_fill",
    "masked_fill_",
    "complex",
    "hardtanh",
    "hardtanh_",
    "leaky_relu",
    "leaky_relu_",
    "elu",
    "elu_",
    "dropout",
    "rrelu_with_noise_",
    "log_sigmoid_forward",
    "nan_to_num",
    "type_as",
)
def pointwise(call: Call) -> Value | list[Value]:
    """Element by element, with broadcasting; in place or not."""
    values = [
        v for a in call.args.values() for v in [call.lookup(a) if isinstance(a, torch.Tensor) else None] if v
    ]
    result = call.builder.pointwise(call.kind.rstrip("_"), values, call.shape)
    return [result, result]


@OPERATORS.named("cat", "stack")
def concatenation(call: Call) -> Value:
    """Tensors one behind the other, constants among them."""
    tensors, dim = call["tensors"], call["dim"] % len(call.shape)
    values = [call.lookup(tensor) for tensor in tensors]
    if call.kind == "stack":
        return call.builder.stack(call.kind, values, dim)
    pairs = [(v, t.shape[dim]) for v, t in zip(values, tensors, strict=True) if t.dim() == len(call.shape)]
    return call.builder.concat(call.kind, [v for v, _ in pairs], [size for _, size in pairs], dim)


@OPERATORS.named("split", "split_with_sizes", "unbind", "chunk")
def split(call: Call) -> list[Value]:
    """Neighbouring parts of a dimension."""
    value, dim = call.input, call.dim()
    size = value.shape[dim]
    if call.kind == "split_with_sizes":
        sizes = call["split_sizes"]
    else:
        part = call["split_size"] if call.kind == "split" else 1
        sizes = [min(part, size - start) for start in range(0, size, part)]
    starts = [sum(sizes[:i]) for i in range(len(sizes))]
    parts = [call.builder.slice(value, call.kind, dim, a, 1, n) for a, n in zip(starts, sizes, strict=True)]
    if call.kind == "unbind":
        parts = [call.builder.permute(part, [d for d in range(len(part.dims)) if d != dim]) for part in parts]
    return parts


@OPERATORS.named("slice")
def slicing(call: Call) -> Value:
    """A range of a dimension."""
    dim = call.dim()
    start, _, step = slice(call["start"], call["end"], call["step"]).indices(call.input.shape[dim])
    return call.builder.slice(call.input, call.kind, dim, start, step, call.shape[dim])


@OPERATORS.named("select")
def select(call: Call) -> Value:
    """One position of a dimension, which disappears."""
    value, dim = call.input, call.dim()
    index = call["index"] % value.shape[dim]
    one = call.builder.slice(value, call.kind, dim, index, 1, 1)
    return call.builder.permute(one, [d for d in range(len(value.dims)) if d != dim])


@OPERATORS.named("index", "index_select")
def take(call: Call) -> Value:
    """Positions given by a constant list of integers along one dimension."""
    indices = [call["index"]] if call.kind == "index_select" else call["indices"]
    used = [(dim, index) for dim, index in enumerate(indices) if index is not None]
    dim, index = (call.dim(), indices[0]) if call.kind == "index_select" else used[0]
    if call.lookup(index) is not None:
        raise LayoutError("positions that are chosen by the input's values")
    if len(used) > 1 or index.dim() != 1 or index.dtype == torch.bool or index.is_meta:
        raise LayoutError("only one list of integers along one dimension is understood")
    size = call.input.shape[dim]
    return call.builder.take(call.input, call.kind, dim, [i % size for i in index.tolist()])


@OPERATORS.named(
    "view",
    "_unsafe_view",
    "reshape",
    "unsqueeze",
    "squeeze",
    "alias",
    "detach",
    "lift_fresh",
    "clone",
    "flatten",
)
def reshape(call: Call) -> Value:
    """The same elements in the same order."""
    return call.builder.reshape(call.input, call.shape)


@OPERATORS.named("permute", "transpose", "t")
def permute(call: Call) -> Value:
    """The dimensions in another order."""
    rank = len(call.shape)
    order = list(range(rank))
    if call.kind == "permute":
        order = [dim % rank for dim in call["dims"]]
    elif rank > 1:
        a, b = (call["dim0"] % rank, call["dim1"] % rank) if call.kind == "transpose" else (0, 1)
        order[a], order[b] = b, a
    return call.builder.permute(call.input, order)


@OPERATORS.named("expand")
def expand(call: Call) -> Value:
    """Dimensions of size 1 seen as longer ones."""
    return call.builder.expand(call.input, call.shape)


@OPERATORS.named("repeat")
def repeat(call: Call) -> Value:
    """The whole tensor several times along some dimensions."""
    value, times = call.input, call["repeats"]
    lead = [1] * (len(times) - len(value.dims))
    sizes = [*lead, *value.shape]
    value = call.builder.reshape(value, [n for size in sizes for n in (1, size)])
    value = call.builder.expand(value, [n for pair in zip(times, sizes, strict=True) for n in pair])
    return call.builder.reshape(value, call.shape)


@OPERATORS.named("roll")
def roll(call: Call) -> Value:
    """Positions moved around a circle."""
    value = call.input
    if not call["dims"]:
        raise LayoutError("rolling a flattened tensor")
    for dim, by in zip(call.dims("dims"), call["shifts"], strict=True):
        value = call.builder.roll(value, call.kind, dim, by)
    return value


@OPERATORS.named("flip")
def flip(call: Call) -> Value:
    """Positions in the opposite order."""
    value = call.input
    for dim in call.dims("dims"):
        value = call.builder.take(value, call.kind, dim, range(value.shape[dim])[::-1])
    return value


@OPERATORS.named(
    "constant_pad_nd",
    "reflection_pad1d",
    "reflection_pad2d",
    "reflection_pad3d",
    "replication_pad1d",
    "replication_pad2d",
    "replication_pad3d",
    "circular_pad",
)
def pad(call: Call) -> Value:
    """Padding of every kind; negative amounts crop."""
    mode = {"cons": "constant", "refl": "reflect", "repl": "replicate", "circ": "circular"}[call.kind[:4]]
    amounts = list(call.args.values())[1]
    pairs = zip(amounts[::2], amounts[1::2], strict=True)
    rank = len(call.shape)
    pads = {rank - 1 - i: (before, after) for i, (before, after) in enumerate(pairs) if before or after}
    return call.builder.pad(call.input, call.kind, pads, mode)


@OPERATORS.named("pixel_shuffle", "pixel_unshuffle")
def pixel_shuffle(call: Call) -> Value:
    """Channels to space and back."""
    factor = call["upscale_factor"] if call.kind == "pixel_shuffle" else call["downscale_factor"]
    return call.builder.shuffle(call.input, factor, down=call.kind == "pixel_unshuffle")


@OPERATORS.named("channel_shuffle")
def channel_shuffle(call: Call) -> Value:
    """Channels dealt out to groups."""
    batch, channels, *spatial = call.shape
    cut = call.builder.reshape(call.input, [batch, call["groups"], channels // call["groups"], *spatial])
    order = [0, 2, 1, *range(3, len(cut.dims))]
    return call.builder.reshape(call.builder.permute(cut, order), call.shape)


@OPERATORS.named("glu")
def glu(call: Call) -> Value:
    """One half of a dimension gates the other."""
    dim = call.dim()
    size = call.shape[dim]
    halves = [call.builder.slice(call.input, call.kind, dim, start, 1, size) for start in (0, size)]
    return call.builder.pointwise(call.kind, halves, call.shape)

"""What each of PyTorch's operators reads: one short function per family, named as ``torch.ops.aten`` names
them.

The operators are those that PyTorch itself breaks a model into, so ``padding='same'``, an in-place ReLU, a
module and its functional twin all arrive here in the same few forms. What is not in `OPERATORS` is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod

import torch

from cnnbook.receptive_field.builder import Builder, Change, grouped
from cnnbook.receptive_field.graph import Work
from cnnbook.receptive_field.layout import LayoutError, Value
from cnnbook.receptive_field.relation import spread, window
from cnnbook.receptive_field.resample import adaptive, interpolation

__all__ = ["OPERATORS", "Call"]


class Call:
    """One call of an operator while a model is traced.

    Parameters
    ----------
    kind : str
        The operator's name.
    args : dict
        Its arguments by name, defaults filled in.
    lookup : callable
        Returns the `Value` of a tensor, or None if it does not depend on the input.
    builder : Builder
        Where to add nodes.
    shape : tuple of int
        Shape of its first result.
    """

    def __init__(
        self, kind: str, args: dict, lookup: Callable, builder: Builder, shape: tuple[int, ...]
    ) -> None:
        """Keep what the handlers ask for."""
        self.kind, self.args, self.lookup, self.builder, self.shape = kind, args, lookup, builder, shape
        self.work = Work()

    def __getitem__(self, name: str) -> object:
        """Return an argument."""
        return self.args[name]

    @property
    def input(self) -> Value:
        """The first argument, which must depend on the network's input."""
        first = self.lookup(next(iter(self.args.values())))
        if first is None:
            raise LayoutError("only another argument than its first depends on the input")
        return first

    def dim(self, name: str = "dim") -> int:
        """Return a dimension, counted from the front."""
        return self.args[name] % max(len(self.input.dims), 1)

    def dims(self, name: str = "dim") -> list[int]:
        """Return several dimensions, counted from the front; none given means all."""
        rank, given = len(self.input.dims), self.args.get(name)
        given = [given] if isinstance(given, int) else given
        return [dim % rank for dim in given] if given else list(range(rank))

    def refuse_other_tensors(self) -> None:
        """Raise if a later argument depends on the input too."""
        for name, argument in list(self.args.items())[1:]:
            if isinstance(argument, torch.Tensor) and self.lookup(argument) is not None:
                raise LayoutError(f"its argument {name!r} depends on the input")


Handler = Callable[[Call], Value | list[Value | None]]
OPERATORS: dict[str, Handler] = {}


def operator(*names: str) -> Callable[[Handler], Handler]:
    """Register a handler under the names of its operators."""

    def register(handler: Handler) -> Handler:
        OPERATORS.update(dict.fromkeys(names, handler))
        return handler

    return register


def per_axis(given: list[int], axes: int, default: list[int] | None = None) -> list[int]:
    """Return one number per axis from a list that may be empty or hold one number for all."""
    given = list(given) or list(default)
    return given * axes if len(given) == 1 else given


@operator("convolution")
def convolution(call: Call) -> Value:
    """Cross-correlation and its transpose, with groups."""
    call.refuse_other_tensors()
    value, weight, groups = call.input, call["weight"], call["groups"]
    axes = weight.dim() - 2
    stride, pads = per_axis(call["stride"], axes), per_axis(call["padding"], axes)
    dilation, make = per_axis(call["dilation"], axes), spread if call["transposed"] else window
    changes = {1: Change(lambda n: grouped(groups, n, call.shape[1]), call.shape[1])}
    for axis in range(axes):
        settings = (weight.shape[2 + axis], stride[axis], dilation[axis], pads[axis])
        length = call.shape[2 + axis]
        changes[2 + axis] = Change(lambda n, s=settings, m=length: make(*s, n, m), length)
    # A transposed convolution multiplies each of its inputs once by each weight; an ordinary one, each
    # output.
    positions = prod((value.shape if call["transposed"] else call.shape)[2:])
    macs = positions * weight.numel()
    bias = prod(call.shape) if call["bias"] is not None else 0
    call.work = Work(macs, bias, macs + bias)
    return call.builder.transform(value, call.kind, changes)


@operator("max_pool2d_with_indices", "max_pool3d_with_indices", "avg_pool2d", "avg_pool3d")
def pool(call: Call) -> Value:
    """Pooling with a window of fixed size."""
    axes = int(call.kind.split("d")[0][-1]) if "with" in call.kind else int(call.kind[-2])
    kernel = per_axis(call["kernel_size"], axes)
    stride = per_axis(call["stride"], axes, default=kernel)
    pads, dilation = per_axis(call["padding"], axes), per_axis(call.args.get("dilation", [1]), axes)
    changes = {}
    for axis in range(axes):
        dim = len(call.shape) - axes + axis
        settings = (kernel[axis], stride[axis], dilation[axis], pads[axis])
        changes[dim] = Change(lambda n, s=settings, m=call.shape[dim]: window(*s, n, m), call.shape[dim])
    call.work = Work(connections=prod(call.shape) * prod(kernel))
    return call.builder.transform(call.input, call.kind, changes)


@operator("_adaptive_avg_pool2d", "_adaptive_avg_pool3d", "adaptive_max_pool2d", "adaptive_max_pool3d")
def adaptive_pool(call: Call) -> Value:
    """Pooling to a given size; to size 1 it is global."""
    changes, value, reads = {}, call.input, 1
    ones = []
    for dim in range(len(call.shape) - int(call.kind[-2]), len(call.shape)):
        length, extent = call.shape[dim], value.shape[dim]
        reads *= sum(-(-(v + 1) * extent // length) - v * extent // length for v in range(length))
        if length == 1:
            ones.append(dim)
        else:
            changes[dim] = Change(lambda n, m=length: adaptive(n, m), length)
    call.work = Work(connections=prod(call.shape[: len(call.shape) - int(call.kind[-2])]) * reads)
    if changes:
        value = call.builder.transform(value, call.kind, changes)
    return call.builder.reduce(value, call.kind, ones) if ones else value


@operator(
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


@operator("_softmax", "_log_softmax", "_safe_softmax")
def softmax(call: Call) -> Value:
    """Normalisation of a dimension by all of it."""
    return call.builder.normalise(call.input, call.kind, [call.dim()])


@operator(
    "native_batch_norm",
    "_native_batch_norm_legit",
    "_native_batch_norm_legit_no_training",
    "_batch_norm_no_update",
)
def batch_norm(call: Call) -> Value:
    """Point by point with stored statistics; with the batch's own it sees everything in its channel."""
    if call.args.get("training"):
        return call.builder.normalise(call.input, call.kind, range(2, len(call.shape)))
    return call.builder.pointwise(call.kind, [call.input], call.shape)


@operator("native_group_norm")
def group_norm(call: Call) -> Value:
    """Normalisation over all positions of a group of channels."""
    value, groups = call.input, call["group"]
    value = call.builder.normalise(value, call.kind, range(2, len(call.shape)))
    mixed = {1: Change(lambda n: grouped(groups, n, n), call.shape[1])}
    return call.builder.transform(value, call.kind, mixed)


@operator("native_layer_norm")
def layer_norm(call: Call) -> Value:
    """Normalisation over the last dimensions."""
    rank = len(call.shape)
    return call.builder.normalise(call.input, call.kind, range(rank - len(call["normalized_shape"]), rank))


@operator("addmm", "mm", "bmm", "mv", "addbmm", "baddbmm")
def matrix_product(call: Call) -> Value:
    """A product with one constant matrix: a linear layer."""
    tensors = {name: a for name, a in call.args.items() if isinstance(a, torch.Tensor)}
    known = [name for name, tensor in tensors.items() if call.lookup(tensor) is not None]
    if len(known) > 1:
        raise LayoutError("both factors depend on the input, as in attention")
    (name,) = known
    left = name in ("mat1", "batch1") or (
        name == "self" and "mat1" not in tensors and "batch1" not in tensors
    )
    if name == "self" and not left:
        raise LayoutError("the term that is added depends on the input")
    value = call.lookup(tensors[name])
    if left:
        features = call.shape[-1] if call.kind != "mv" else 1
        result = call.builder.contract(value, call.kind, len(value.dims) - 1, features)
        if call.kind == "mv":
            result = call.builder.permute(result, range(len(value.dims) - 1))
    else:
        result = call.builder.contract(value, call.kind, len(value.dims) - 2, call.shape[-2])
    inner = value.shape[-1] if left else value.shape[-2]
    bias = prod(call.shape) if call.kind in ("addmm", "addbmm", "baddbmm") else 0
    call.work = Work(prod(call.shape) * inner, bias, prod(call.shape) * inner + bias)
    return result


@operator(
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


@operator("cat", "stack")
def concatenation(call: Call) -> Value:
    """Tensors one behind the other, constants among them."""
    tensors, dim = call["tensors"], call["dim"] % len(call.shape)
    values = [call.lookup(tensor) for tensor in tensors]
    if call.kind == "stack":
        return call.builder.stack(call.kind, values, dim)
    pairs = [(v, t.shape[dim]) for v, t in zip(values, tensors, strict=True) if t.dim() == len(call.shape)]
    return call.builder.concat(call.kind, [v for v, _ in pairs], [size for _, size in pairs], dim)


@operator("split", "split_with_sizes", "unbind", "chunk")
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


@operator("slice")
def slicing(call: Call) -> Value:
    """A range of a dimension."""
    dim = call.dim()
    start, _, step = slice(call["start"], call["end"], call["step"]).indices(call.input.shape[dim])
    return call.builder.slice(call.input, call.kind, dim, start, step, call.shape[dim])


@operator("select")
def select(call: Call) -> Value:
    """One position of a dimension, which disappears."""
    value, dim = call.input, call.dim()
    index = call["index"] % value.shape[dim]
    one = call.builder.slice(value, call.kind, dim, index, 1, 1)
    return call.builder.permute(one, [d for d in range(len(value.dims)) if d != dim])


@operator("index", "index_select")
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


@operator(
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


@operator("permute", "transpose", "t")
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


@operator("expand")
def expand(call: Call) -> Value:
    """Dimensions of size 1 seen as longer ones."""
    return call.builder.expand(call.input, call.shape)


@operator("repeat")
def repeat(call: Call) -> Value:
    """The whole tensor several times along some dimensions."""
    value, times = call.input, call["repeats"]
    lead = [1] * (len(times) - len(value.dims))
    sizes = [*lead, *value.shape]
    value = call.builder.reshape(value, [n for size in sizes for n in (1, size)])
    value = call.builder.expand(value, [n for pair in zip(times, sizes, strict=True) for n in pair])
    return call.builder.reshape(value, call.shape)


@operator("roll")
def roll(call: Call) -> Value:
    """Positions moved around a circle."""
    value = call.input
    if not call["dims"]:
        raise LayoutError("rolling a flattened tensor")
    for dim, by in zip(call.dims("dims"), call["shifts"], strict=True):
        value = call.builder.roll(value, call.kind, dim, by)
    return value


@operator("flip")
def flip(call: Call) -> Value:
    """Positions in the opposite order."""
    value = call.input
    for dim in call.dims("dims"):
        value = call.builder.take(value, call.kind, dim, range(value.shape[dim])[::-1])
    return value


@operator(
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


@operator(
    "upsample_nearest1d",
    "upsample_nearest2d",
    "upsample_nearest3d",
    "_upsample_nearest_exact1d",
    "_upsample_nearest_exact2d",
    "_upsample_nearest_exact3d",
    "upsample_linear1d",
    "upsample_bilinear2d",
    "upsample_trilinear3d",
    "upsample_bicubic2d",
)
def upsample(call: Call) -> Value:
    """Interpolation to another size, up or down."""
    axes, value = int(call.kind[-2]), call.input
    words = {"nearest_exact": "nearest-exact", "nearest": "nearest", "cubic": "cubic", "linear": "linear"}
    kind = next(name for word, name in words.items() if word in call.kind)
    scales = [
        call.args.get(name) for name in ("scales_d", "scales_h", "scales_w", "scales") if name in call.args
    ]
    changes = {}
    for dim, scale in zip(range(len(call.shape) - axes, len(call.shape)), scales[-axes:], strict=True):
        length = call.shape[dim]
        if call.kind == "upsample_nearest2d" and length in (value.shape[dim], 2 * value.shape[dim]):
            scale = None  # its kernel then copies or doubles, whatever the scale
        extra = (scale, bool(call.args.get("align_corners")))
        changes[dim] = Change(lambda n, m=length, e=extra: interpolation(kind, n, m, *e), length)
    return call.builder.transform(value, call.kind, changes)


@operator("pixel_shuffle", "pixel_unshuffle")
def pixel_shuffle(call: Call) -> Value:
    """Channels to space and back."""
    factor = call["upscale_factor"] if call.kind == "pixel_shuffle" else call["downscale_factor"]
    return call.builder.shuffle(call.input, factor, down=call.kind == "pixel_unshuffle")


@operator("channel_shuffle")
def channel_shuffle(call: Call) -> Value:
    """Channels dealt out to groups."""
    batch, channels, *spatial = call.shape
    cut = call.builder.reshape(call.input, [batch, call["groups"], channels // call["groups"], *spatial])
    order = [0, 2, 1, *range(3, len(cut.dims))]
    return call.builder.reshape(call.builder.permute(cut, order), call.shape)


@operator("glu")
def glu(call: Call) -> Value:
    """One half of a dimension gates the other."""
    dim = call.dim()
    size = call.shape[dim]
    halves = [call.builder.slice(call.input, call.kind, dim, start, 1, size) for start in (0, size)]
    return call.builder.pointwise(call.kind, halves, call.shape)

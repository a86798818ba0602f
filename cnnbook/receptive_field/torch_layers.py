"""What PyTorch's layers read: convolution, pooling, interpolation, normalisation, linear maps.

The operators are those that PyTorch itself breaks a model into, so ``padding='same'``, a module and its
functional twin all arrive here in the same few forms.
"""

from __future__ import annotations

from math import prod

import torch

from cnnbook.receptive_field.builder import Change, grouped
from cnnbook.receptive_field.graph import Work
from cnnbook.receptive_field.layout import LayoutError, Value
from cnnbook.receptive_field.relation import spread, window
from cnnbook.receptive_field.resample import adaptive, interpolation
from cnnbook.receptive_field.torch_call import Call, Registry

__all__ = ["OPERATORS"]

OPERATORS = Registry()


def per_axis(given: list[int], axes: int, default: list[int] | None = None) -> list[int]:
    """Return one number per axis from a list that may be empty or hold one number for all."""
    given = list(given) or list(default)
    return given * axes if len(given) == 1 else given


@OPERATORS.named("convolution")
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


@OPERATORS.named("max_pool2d_with_indices", "max_pool3d_with_indices", "avg_pool2d", "avg_pool3d")
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


@OPERATORS.named("_adaptive_avg_pool2d", "_adaptive_avg_pool3d", "adaptive_max_pool2d", "adaptive_max_pool3d")
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


@OPERATORS.named(
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


@OPERATORS.named("_softmax", "_log_softmax", "_safe_softmax")
def softmax(call: Call) -> Value:
    """Normalisation of a dimension by all of it."""
    return call.builder.normalise(call.input, call.kind, [call.dim()])


@OPERATORS.named(
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


@OPERATORS.named("native_group_norm")
def group_norm(call: Call) -> Value:
    """Normalisation over all positions of a group of channels."""
    value, groups = call.input, call["group"]
    value = call.builder.normalise(value, call.kind, range(2, len(call.shape)))
    mixed = {1: Change(lambda n: grouped(groups, n, n), call.shape[1])}
    return call.builder.transform(value, call.kind, mixed)


@OPERATORS.named("native_layer_norm")
def layer_norm(call: Call) -> Value:
    """Normalisation over the last dimensions."""
    rank = len(call.shape)
    return call.builder.normalise(call.input, call.kind, range(rank - len(call["normalized_shape"]), rank))


@OPERATORS.named("addmm", "mm", "bmm", "mv", "addbmm", "baddbmm")
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

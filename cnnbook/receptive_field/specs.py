"""Networks as plain lists of layers: no weights, no PyTorch.

A list is a chain. A `Branch` runs several chains side by side and joins their results, so residual blocks and
inception modules are lists inside a list. ``padding='SAME'`` is TensorFlow's: as much as keeps
``ceil(length / stride)`` units, the odd pixel at the end, so that it depends on the size of the image.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cnnbook.arithmetic import effective_kernel, output_length, transposed_length
from cnnbook.receptive_field.builder import Builder, Change, grouped
from cnnbook.receptive_field.graph import Graph, Work
from cnnbook.receptive_field.layout import Value
from cnnbook.receptive_field.relation import Relation, spread, window
from cnnbook.receptive_field.resample import interpolation

__all__ = ["Branch", "Conv", "ConvTranspose", "GlobalPool", "Layer", "Pool", "Upsample", "from_layers"]

Sizes = int | Sequence[int]


@dataclass(frozen=True, kw_only=True)
class Layer:
    """What all layers have in common: an optional name, for `ReceptiveField.layers`."""

    name: str | None = None

    def add(self, builder: Builder, value: Value, label: str) -> Value:
        """Add the layer to a graph and return its result."""
        raise NotImplementedError


@dataclass(frozen=True)
class Conv(Layer):
    """A convolution.

    Parameters
    ----------
    kernel, stride, dilation : int or sequence of int
        Per axis, or one number for all.
    padding : int, 'SAME' or sequence of (int or (int, int))
        Per axis, or one for all; a pair is (before, after).
    channels : int or None, default None
        Number of channels of the result; None keeps the input's.
    groups : int, default 1
        Number of groups of channels that do not mix.
    """

    kernel: Sizes
    stride: Sizes = 1
    padding: int | str | Sequence = 0
    dilation: Sizes = 1
    channels: int | None = None
    groups: int = 1

    def add(self, builder: Builder, value: Value, label: str) -> Value:
        """Add the layer to a graph and return its result."""
        changes = {dim: self._along(dim - 2, value.shape) for dim in range(2, len(value.shape))}
        return builder.transform(value, label, changes | self._mixing(value.shape[1]))

    def _mixing(self, before: int) -> dict[int, Change]:
        channels = self.channels or before
        return {1: Change(lambda n: grouped(self.groups, n, channels), channels)}

    def _along(self, axis: int, shape: Sequence[int]) -> Change:
        axes, length = len(shape) - 2, shape[2 + axis]
        kernel, stride, dilation = (
            _per_axis(s, axes)[axis] for s in (self.kernel, self.stride, self.dilation)
        )
        if self.padding == "SAME":
            total = max((-(-length // stride) - 1) * stride + effective_kernel(kernel, dilation) - length, 0)
            before, after = total // 2, total - total // 2
        else:
            padding = _per_axis(self.padding, axes)[axis]
            before, after = (padding, padding) if isinstance(padding, int) else padding
        ceil = getattr(self, "ceil_mode", False)
        units = output_length(length, kernel, stride, (before, after), dilation, ceil)
        return Change(lambda n: window(kernel, stride, dilation, before, n, units), units)


@dataclass(frozen=True)
class Pool(Conv):
    """Pooling, of whatever kind: the stride is the kernel unless given."""

    stride: Sizes | None = None
    ceil_mode: bool = False

    def __post_init__(self) -> None:
        """Let the stride default to the kernel."""
        if self.stride is None:
            object.__setattr__(self, "stride", self.kernel)

    def _mixing(self, before: int) -> dict[int, Change]:
        return {}


@dataclass(frozen=True)
class ConvTranspose(Layer):
    """A transposed convolution; parameters as in `Conv`, with `output_padding` at the end."""

    kernel: Sizes
    stride: Sizes = 1
    padding: Sizes = 0
    output_padding: Sizes = 0
    dilation: Sizes = 1
    channels: int | None = None

    def add(self, builder: Builder, value: Value, label: str) -> Value:
        """Add the layer to a graph and return its result."""
        axes, channels = len(value.shape) - 2, self.channels or value.shape[1]
        settings = (self.kernel, self.stride, self.padding, self.output_padding, self.dilation)
        changes = {1: Change(lambda n: grouped(1, n, channels), channels)}
        for axis, (kernel, stride, padding, extra, dilation) in enumerate(
            zip(*(_per_axis(s, axes) for s in settings), strict=True)
        ):
            units = transposed_length(value.shape[2 + axis], kernel, stride, padding, extra, dilation)
            make = _transposed(kernel, stride, dilation, padding, units)
            changes[2 + axis] = Change(make, units)
        return builder.transform(value, label, changes)


@dataclass(frozen=True)
class Upsample(Layer):
    """Interpolation by an integer factor; `kind` is nearest, linear or cubic."""

    factor: Sizes
    kind: str = "nearest"

    def add(self, builder: Builder, value: Value, label: str) -> Value:
        """Add the layer to a graph and return its result."""
        changes = {}
        for axis, factor in enumerate(_per_axis(self.factor, len(value.shape) - 2)):
            units = value.shape[2 + axis] * factor
            changes[2 + axis] = Change(lambda n, m=units: interpolation(self.kind, n, m), units)
        return builder.transform(value, label, changes)


@dataclass(frozen=True)
class GlobalPool(Layer):
    """Pooling over all positions; with `keep` the result is spread over them again, as squeeze-excitation
    does."""

    keep: bool = False

    def add(self, builder: Builder, value: Value, label: str) -> Value:
        """Add the layer to a graph and return its result."""
        dims = range(2, len(value.shape))
        return builder.normalise(value, label, dims) if self.keep else builder.reduce(value, label, dims)


@dataclass(frozen=True)
class Branch(Layer):
    """Chains side by side on the same input, joined by a sum or a concatenation of channels.

    Parameters
    ----------
    *paths : sequence of Layer
        The chains; an empty one is the identity.
    join : {'add', 'concat'}, default 'add'
        How the results meet.
    """

    paths: Sequence[Sequence[Layer]]
    join: str = "add"

    def add(self, builder: Builder, value: Value, label: str) -> Value:
        """Add the layer to a graph and return its result."""
        ends = [_chain(builder, value, path, f"{label}.") for path in self.paths]
        if len({end.shape[2:] for end in ends}) > 1:
            raise ValueError(
                f"Branch: paths of {label!r} end in different sizes: {[end.shape[2:] for end in ends]}"
            )
        if self.join == "concat":
            return builder.concat(label, ends, [end.shape[1] for end in ends], 1)
        return builder.pointwise(label, ends, ends[0].shape)


def from_layers(
    layers: Sequence[Layer], input_shape: tuple[int, ...]
) -> tuple[Graph, list[Value], dict[str, int]]:
    """Return the graph of a list of layers, its result, and no parameters."""
    builder = Builder(input_shape)
    return builder.graph, [_chain(builder, builder.input, layers, "")], {}


def _chain(builder: Builder, value: Value, layers: Sequence[Layer], prefix: str) -> Value:
    counts: dict[str, int] = {}
    for layer in layers:
        kind = type(layer).__name__.lower()
        counts[kind] = counts.get(kind, 0) + 1
        name = prefix + (layer.name or f"{kind}{counts[kind]}")
        since = len(builder.graph.nodes)
        value = layer.add(builder, value, name)
        builder.graph.nodes[-1].kind = kind
        builder.graph.label(max(since, len(builder.graph.nodes) - 1), name, Work(), frozenset())
    return value


def _transposed(kernel: int, stride: int, dilation: int, padding: int, units: int):
    def relation(extent: int) -> Relation:
        return spread(kernel, stride, dilation, padding, extent, units)

    return relation


def _per_axis(given: Sizes, axes: int) -> tuple:
    return (given,) * axes if isinstance(given, int | str) else tuple(given)

"""PyTorch front end: run the model once on a tensor without memory and write down every operator.

This is how ``torch.export`` captures a model too, at the level of the operators that PyTorch breaks
everything into. What runs is the model's own Python, so reused modules, functional calls, loops and branches
on shapes need no special care; a branch on a *value* fails, because the tensor has none. Export itself is not
used because it needs many times longer than the analysis.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import NamedTuple

import torch
from torch.nn.modules import module as hooks
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

from cnnbook.receptive_field import torch_layers, torch_tensors
from cnnbook.receptive_field.builder import Builder
from cnnbook.receptive_field.errors import DataDependentControlFlow, UnsupportedOperator
from cnnbook.receptive_field.graph import Graph
from cnnbook.receptive_field.layout import LayoutError, Value
from cnnbook.receptive_field.torch_call import Call
from cnnbook.receptive_field.weightless import (
    blank,
    bound,
    is_pointwise,
    signature,
    tensors_in,
    weightless,
    with_tensors,
)

__all__ = ["Traced", "evaluating", "trace"]

OPERATORS = torch_layers.OPERATORS | torch_tensors.OPERATORS
# What turns a tensor into a Python number, or gives a tensor whose shape depends on values.
LOOKS_AT_VALUES = {
    "_local_scalar_dense",
    "equal",
    "is_nonzero",
    "nonzero",
    "masked_select",
    "_unique2",
    "unique_dim",
}
# What only asks for a tensor's shape.
ASKS_FOR_SHAPE = {
    "zeros_like",
    "ones_like",
    "empty_like",
    "full_like",
    "rand_like",
    "randn_like",
    "new_zeros",
    "new_ones",
    "new_empty",
    "new_full",
    "sym_size",
    "empty_strided",
    "new_empty_strided",
}


class Traced(NamedTuple):
    """A model as a graph, with its results and the number of elements of every parameter."""

    graph: Graph
    outputs: list[Value]
    parameters: dict[str, int]


def trace(model: torch.nn.Module, input_shape: Sequence[int]) -> Traced:
    """Return the graph of a model in evaluation mode.

    Parameters
    ----------
    model : torch.nn.Module
        The model; its weights are neither read nor moved, and may lie on the meta device.
    input_shape : sequence of int
        (C, *spatial), without the batch axis; the model sees a batch of one.

    Raises
    ------
    UnsupportedOperator
        If an operator's dependence on its input is not known.
    DataDependentControlFlow
        If the model decides by the values of its input what to compute.
    """
    dtype = next((p.dtype for p in model.parameters() if p.is_floating_point()), torch.float32)
    recorder = _Recorder(model, Builder(input_shape))
    start = torch.empty((1, *input_shape), dtype=dtype, device="meta")
    recorder.remember(start, recorder.builder.input, frozenset())
    with evaluating(model), torch.no_grad(), recorder.watching(), _Python(recorder), recorder:
        result = model(start)
    outputs = [recorder.lookup(leaf) for leaf in tree_leaves(result) if isinstance(leaf, torch.Tensor)]
    sizes = {name: parameter.numel() for name, parameter in model.named_parameters()}
    known = [recorder.builder.shown(value) for value in outputs if value is not None]
    return Traced(recorder.builder.graph, known, sizes)


@contextmanager
def evaluating(model: torch.nn.Module) -> Iterator[None]:
    """Put a model into evaluation mode for a while, each module back as it was afterwards."""
    training = [module for module in model.modules() if module.training]
    for module in training:
        module.training = False
    fast = torch.backends.mha.get_fastpath_enabled()
    torch.backends.mha.set_fastpath_enabled(False)
    try:
        yield
    finally:
        torch.backends.mha.set_fastpath_enabled(fast)
        for module in training:
            module.training = True


class _Known(NamedTuple):
    """A tensor that depends on the input or on parameters; kept alive, so that its id stays its own."""

    tensor: torch.Tensor
    value: Value | None
    parameters: frozenset[str]
    version: int


class _Running(NamedTuple):
    """A module whose forward is running: its name, the first node it can have made, the call's number if a
    leaf."""

    module: str
    since: int
    call: int | None

    @property
    def place(self) -> tuple[str, int | None]:
        return self.module, self.call


class _Recorder(TorchDispatchMode):
    """Passes every operator to its handler and gives the model a tensor of the right shape."""

    def __init__(self, model: torch.nn.Module, builder: Builder) -> None:
        super().__init__()
        self.builder = builder
        self.known: dict[int, _Known] = {}
        self.versions: dict[int, int] = {}  # of memory that has been written to: how often
        self.names = {id(module): name for name, module in model.named_modules()}
        self.shapes: dict[tuple, object] = {}  # signatures of what operators have returned
        self.calls = 0
        self.stack = [_Running("", 1, None)]
        for name, parameter in model.named_parameters():
            self.known[id(parameter)] = _Known(parameter, None, frozenset({name}), 0)

    # ---- which tensors depend on the input ----

    def remember(self, tensor: torch.Tensor, value: Value | None, parameters: frozenset[str]) -> None:
        version = self.versions.get(_memory(tensor), 0) if self.versions else 0
        self.known[id(tensor)] = _Known(tensor, value, parameters, version)

    def lookup(self, tensor: object) -> Value | None:
        known = self.known.get(id(tensor))
        if self.versions and isinstance(tensor, torch.Tensor):
            version = known.version if known else 0
            if self.versions.get(_memory(tensor), 0) != version:
                raise LayoutError("it reads memory that was changed in place through another tensor")
        return known.value if known else None

    # ---- operators ----

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        kwargs = kwargs or {}
        kind = func.overloadpacket.__name__
        tensors = [*tensors_in(args), *tensors_in(kwargs.values())]
        where = self.stack[-1].module
        name = f"{where}.{kind}" if where else kind
        try:
            depends = [tensor for tensor in tensors if self.lookup(tensor) is not None]
        except LayoutError as error:
            raise UnsupportedOperator(str(func), name, where, str(error)) from None
        used = [self.known[id(tensor)].parameters for tensor in tensors if id(tensor) in self.known]
        parameters = frozenset().union(*used)
        if not depends and kind == "_to_copy":  # constants keep their values, wherever the model wants them
            kwargs = {**kwargs, "device": None}
        if not depends or kind in ASKS_FOR_SHAPE:
            result = func(*args, **kwargs)
            if parameters and not depends:
                for leaf in tensors_in((result,)):
                    self.remember(leaf, None, parameters)
            return result
        if kind in LOOKS_AT_VALUES:
            raise DataDependentControlFlow(where)
        if func._schema.is_mutable and not kind.endswith("with_noise"):
            return self._in_place(func, name, kind, args, kwargs, parameters)
        try:
            result = self.run(func, args, kwargs)
        except NotImplementedError:
            reason = "the shape of its result depends on values, or is not known"
            raise UnsupportedOperator(str(func), name, where, reason) from None
        outs = list(tensors_in((result,)))
        values = self.record(func, name, kind, args, kwargs, tuple(outs[0].shape), parameters)
        for out, value in zip(outs, values, strict=False):
            self.remember(out, value, frozenset())
        return result

    def run(self, func, args, kwargs):
        """Run an operator on tensors without memory; layers that repeat are run once."""
        key = (func, *map(signature, args))
        if func.is_view or kwargs or key not in self.shapes:
            result = func(*map(weightless, args), **{name: weightless(one) for name, one in kwargs.items()})
            if not func.is_view and not kwargs:
                self.shapes[key] = signature(result)
            return result
        return blank(self.shapes[key])

    def _in_place(self, func, name, kind, args, kwargs, parameters):
        target = args[0]
        (value, *_) = self.record(func, name, kind, args, kwargs, tuple(target.shape), parameters)
        memory = _memory(target)
        self.versions[memory] = self.versions.get(memory, 0) + 1
        self.remember(target, value, frozenset())
        return target

    def record(self, func, name, kind, args, kwargs, shape, parameters) -> list[Value | None]:
        """Add the nodes of one operator and name them."""
        handler = OPERATORS.get(kind)
        if handler is None and is_pointwise(func):
            handler = torch_tensors.pointwise
        where = self.stack[-1].module
        if handler is None:
            raise UnsupportedOperator(str(func), name, where)
        call = Call(kind, bound(func, args, kwargs), self.lookup, self.builder, shape)
        graph, since = self.builder.graph, len(self.builder.graph.nodes)
        try:
            values = handler(call)
        except LayoutError as error:
            raise UnsupportedOperator(str(func), name, where, str(error)) from None
        if len(graph.nodes) > since:
            graph.label(since, name, call.work, parameters, *self.stack[-1].place)
            graph.nodes[-1].result = shape[1:]
        return values if isinstance(values, list) else [values]

    # ---- modules ----

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Follow which module is running."""
        with ExitStack() as stack:
            for handle in (
                hooks.register_module_forward_pre_hook(self._enter),
                hooks.register_module_forward_hook(self._leave),
            ):
                stack.callback(handle.remove)
            yield

    def _enter(self, module: torch.nn.Module, args: tuple) -> None:
        self.calls += 1
        name = self.names.get(id(module), self.stack[-1].module)
        call = None if module._modules else self.calls
        self.stack.append(_Running(name, len(self.builder.graph.nodes), call))

    def _leave(self, module: torch.nn.Module, args: tuple, output: object) -> None:
        name, since, _ = self.stack.pop()
        known = self.known.get(id(output))
        if not name or known is None or known.value is None or id(module) not in self.names:
            return
        graph, node = self.builder.graph, known.value.node
        if node >= since and not module._modules:
            graph.rename(node, name)
        else:
            graph.aliases.setdefault(name, node)


class _Python(TorchFunctionMode):
    """Catches two calls that lose something on the way to operators.

    Circular padding is broken into copies to parts of an empty tensor, and a list of indices becomes a tensor
    on the meta device, without its values.
    """

    def __init__(self, recorder: _Recorder) -> None:
        super().__init__()
        self.recorder = recorder

    def __torch_function__(self, func, types, args=(), kwargs=None):
        kwargs = kwargs or {}
        if func is torch.Tensor.__getitem__:
            return func(args[0], with_tensors(args[1]))
        if func is not torch.nn.functional.pad:
            return func(*args, **kwargs)
        bound = dict(zip(("input", "pad", "mode", "value"), args, strict=False)) | kwargs
        recorder, tensor = self.recorder, bound["input"]
        if bound.get("mode") != "circular" or recorder.lookup(tensor) is None:
            return func(*args, **kwargs)
        pads = list(bound["pad"])
        shape = list(tensor.shape)
        for i in range(len(pads) // 2):
            shape[-1 - i] += pads[2 * i] + pads[2 * i + 1]
        where = recorder.stack[-1].module
        name = f"{where}.pad" if where else "pad"
        (value,) = recorder.record(
            _CIRCULAR, name, "circular_pad", (tensor, pads), {}, tuple(shape), frozenset()
        )
        result = tensor.new_empty(shape)
        recorder.remember(result, value, frozenset())
        return result


_CIRCULAR = torch.ops.aten._pad_circular.default


def _memory(tensor: torch.Tensor) -> int:
    return tensor.untyped_storage()._cdata

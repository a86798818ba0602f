"""From a model of any kind to its receptive field."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from os import PathLike
from typing import TYPE_CHECKING

from cnnbook.receptive_field.graph import Graph
from cnnbook.receptive_field.layout import Value
from cnnbook.receptive_field.result import ReceptiveField
from cnnbook.receptive_field.specs import Layer, from_layers

if TYPE_CHECKING:
    pass

__all__ = ["analyze", "capture", "choose"]

Model = "torch.nn.Module | torch.export.ExportedProgram | Sequence[Layer] | str | PathLike"


def analyze(
    model: Model, input_shape: Sequence[int] | None = None, *, output: str | None = None
) -> ReceptiveField:
    """Return the exact receptive field of every unit of a model.

    Parameters
    ----------
    model : torch.nn.Module, list of layers, or path of an ONNX file
        What to analyse. A module is run once on a tensor without memory, in evaluation mode; its weights are
        not read. Layers come from `cnnbook.receptive_field.specs` and need no PyTorch.
    input_shape : sequence of int or None
        (C, H, W) or (C, L) or (C, D, H, W) of the input, without the batch axis, for example (3, 224, 224).
        None only for an ONNX file that states it.
    output : str or None, default None
        Name of the value to report, of a module or one that `ReceptiveField.layers` lists; None means the
        model's result.

    Returns
    -------
    ReceptiveField
        Size, stride and padding, and the exact region of every unit.

    Raises
    ------
    UnsupportedOperator
        If an operator's dependence on its input is not known.
    DataDependentControlFlow
        If the model decides by the values of its input what to compute.
    ValueError
        If `input_shape` is no shape, `output` names nothing, or the model has several results and none is
        chosen.

    Notes
    -----
    Size, stride and padding follow Araujo, Norris and Sim, "Computing Receptive Fields of Convolutional
    Neural Networks", Distill 2019, for networks that this describes.

    Examples
    --------
    >>> from cnnbook.receptive_field import Conv, Pool, analyze
    >>> field = analyze([Conv(3, padding=1), Pool(2), Conv(3, padding=1)], (1, 32, 32))
    >>> field
    ReceptiveField('conv2', units=(16, 16), size=(8, 8), stride=(2, 2), padding=(3, 3))
    >>> field.region((0, 8)), field.center((0, 8))
    (((0, 4), (13, 20)), (0.5, 16.5))
    """
    graph, outputs, _ = capture(model, input_shape)
    return ReceptiveField(graph, choose(graph, outputs, output))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Pause the garbage collector: while a graph grows nothing is freed, and looking costs a third more."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@_uncollected()
def capture(model: Model, input_shape: Sequence[int] | None) -> tuple[Graph, list[Value], dict[str, int]]:
    """Return the graph of a model, its results, and the number of elements of each of its parameters."""
    shape = None if input_shape is None else _checked_shape(input_shape)
    if isinstance(model, str | PathLike):
        if find_spec("onnx") is None:
            raise ImportError("analyze: an ONNX file needs the package onnx: pip install 'cnnbook[onnx]'")
        from cnnbook.receptive_field.onnx_reader import read_onnx

        return read_onnx(model, shape)
    if shape is None:
        raise ValueError("analyze: input_shape is needed for anything but an ONNX file")
    if isinstance(model, Sequence) and all(isinstance(layer, Layer) for layer in model):
        return from_layers(model, shape)
    if find_spec("torch") is None:
        raise ImportError(
            "analyze: anything but a list of layers needs PyTorch: pip install 'cnnbook[torch]'"
        )
    return _from_torch(model, shape)


def choose(graph: Graph, outputs: list[Value], output: str | None) -> int:
    """Return the index of the value that is asked for."""
    if output is not None:
        if output not in graph.aliases:
            near = [name for name in graph.aliases if output in name] or list(graph.aliases)
            raise ValueError(
                f"analyze: output {output!r} names no value; there are {', '.join(near[:8])}, ..."
            )
        return graph.aliases[output]
    nodes = list(dict.fromkeys(value.node for value in outputs))
    if len(nodes) != 1:
        names = ", ".join(repr(graph.nodes[node].name) for node in nodes) or "none"
        raise ValueError(
            f"analyze: the model has {len(nodes)} results that depend on the input ({names}): choose output"
        )
    return nodes[0]


def _from_torch(model: Model, shape: tuple[int, ...]) -> tuple[Graph, list[Value], dict[str, int]]:
    import torch

    from cnnbook.receptive_field.trace import trace

    if isinstance(model, torch.export.ExportedProgram):
        model = model.module(check_guards=False)
    if not isinstance(model, torch.nn.Module):
        raise TypeError(
            f"analyze: model must be a torch.nn.Module, a list of layers or the path of an ONNX file, "
            f"got {type(model).__name__}"
        )
    return trace(model, shape)


def _checked_shape(shape: Sequence[int]) -> tuple[int, ...]:
    if not shape or not all(isinstance(extent, int) and extent > 0 for extent in shape):
        raise ValueError(f"analyze: input_shape must be positive integers (C, *spatial), got {shape!r}")
    return tuple(shape)

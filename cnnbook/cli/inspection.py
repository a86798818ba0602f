"""Receptive field and summary of a model, in a terminal or as JSON."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from cnnbook.cli.errors import UsageError
from cnnbook.receptive_field.analyze import Model, analyze
from cnnbook.receptive_field.result import ReceptiveField, tuple_text
from cnnbook.summary import summarize

# Models that the package ships: where they are, and the shape (C, H, W) that they are made for.
SHIPPED = {
    "lenet": ("cnnbook.models.lenet:LeNet", (1, 32, 32)),
    "lenet5": ("cnnbook.models.lenet5:LeNet5", (1, 32, 32)),
    "alexnet": ("cnnbook.models.alexnet:AlexNet", (3, 224, 224)),
}

ModelArgument = Annotated[
    str, typer.Argument(help="lenet, lenet5, alexnet, package.module:callable, or a file .onnx")
]
InputOption = Annotated[
    str | None, typer.Option("--input", metavar="CxHxW", help="input shape without batch, 3x224x224")
]
LayerOption = Annotated[
    str | None, typer.Option("--layer", metavar="NAME", help="report this layer, not the result")
]
JsonOption = Annotated[bool, typer.Option("--json", help="print JSON")]
DepthOption = Annotated[
    int | None, typer.Option("--depth", min=1, help="how many levels of modules to tell apart")
]
CsvOption = Annotated[bool, typer.Option("--csv", help="print comma-separated values")]


def receptive_field(
    model: ModelArgument, shape: InputOption = None, layer: LayerOption = None, as_json: JsonOption = False
) -> None:
    """Print the receptive field of every layer, and of one in detail."""
    loaded, sizes = load(model, shape)
    field = analyze(loaded, sizes, output=layer)
    if as_json:
        layers = [one.to_dict() for one in field.layers.values()]
        print(json.dumps({**field.to_dict(), "layers": layers}, indent=2))
    else:
        Console().print(_table(field))
        print(_detail(field))


def summary(
    model: ModelArgument,
    shape: InputOption = None,
    layer: LayerOption = None,
    depth: DepthOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Print shape, parameters, connections, multiply-accumulates and receptive field of every layer."""
    loaded, sizes = load(model, shape)
    result = summarize(loaded, sizes, output=layer, depth=depth)
    if as_json:
        print(json.dumps(result.to_dict(), indent=2))
    else:
        print(result.to_csv() if as_csv else result, end="" if as_csv else "\n")


def load(name: str, shape: str | None) -> tuple[Model, tuple[int, ...] | None]:
    """Return the model that a name stands for and the shape of its input.

    Raises
    ------
    UsageError
        If there is no such model, or the shape is none.
    """
    sizes = parse_shape(shape)
    if name.endswith(".onnx"):
        if not Path(name).is_file():
            raise UsageError(f"there is no file {name!r}")
        return name, sizes
    place, default = SHIPPED.get(name, (name, None))
    if sizes is None and default is None:
        raise UsageError(f"{name!r} needs its input shape: --input CxHxW")
    module_name, colon, attribute = place.partition(":")
    if not colon:
        raise UsageError(
            f"no model {name!r}: use {', '.join(SHIPPED)}, package.module:callable, or a file .onnx"
        )
    return _made(module_name, attribute), sizes or default


def parse_shape(text: str | None) -> tuple[int, ...] | None:
    """Return the numbers of a shape like 3x224x224.

    Examples
    --------
    >>> parse_shape("3x224x224")
    (3, 224, 224)
    """
    if text is None:
        return None
    parts = text.lower().split("x")
    if not all(part.isdecimal() and int(part) > 0 for part in parts):
        raise UsageError(f"--input must be positive integers like 3x224x224, got {text!r}")
    return tuple(map(int, parts))


def _made(module_name: str, attribute: str) -> Model:
    """Import a callable and call it, without memory for weights where PyTorch can do that."""
    if "" not in sys.path:
        sys.path.insert(0, "")  # a model in the current folder
    try:
        made = getattr(importlib.import_module(module_name), attribute)
    except ModuleNotFoundError as error:
        if error.name == "torch":
            raise UsageError("this model needs PyTorch: pip install 'cnnbook[torch]'") from None
        raise UsageError(f"cannot import {module_name!r}: {error}") from None
    except AttributeError:
        raise UsageError(f"module {module_name!r} has no {attribute!r}") from None
    if not callable(made) or (hasattr(made, "forward") and not isinstance(made, type)):
        return made
    try:
        return made()
    except TypeError as error:
        raise UsageError(f"{module_name}:{attribute} must be callable without arguments: {error}") from None


def _table(field: ReceptiveField) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in ("layer", "operator", "units", "size", "stride", "padding"):
        table.add_column(column, overflow="fold")
    for line in field.rows():
        table.add_row(*line)
    return table


def _detail(field: ReceptiveField) -> str:
    middle = tuple(extent // 2 for extent in field.units)
    region = " x ".join(
        "nothing" if ends is None else f"{ends[0]}..{ends[1]}" for ends in field.region(middle)
    )
    lines = [f"unit {tuple_text(middle)} of {field.name!r} sees the pixels {region}"]
    for place in field.misalignments:
        offset = (
            "different strides" if place.offset is None else f"centres {float(place.offset):g} pixels apart"
        )
        lines.append(f"misaligned at {place.node!r} along axis {place.axis}: {offset}")
    return "\n".join(lines)

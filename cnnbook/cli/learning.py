"""Teach a network, measure it, ask it about a picture."""

from __future__ import annotations

import json
import shlex
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from cnnbook.cli.errors import UsageError

DataOption = Annotated[str, typer.Option("--data", help="digits, mnist or fashion-mnist")]
JsonOption = Annotated[bool, typer.Option("--json", help="print JSON")]
WeightsOption = Annotated[
    str, typer.Option("--weights", "--model", help="weights in the package, or a folder that train wrote")
]


def train(
    data: DataOption = "digits",
    model: Annotated[str, typer.Option("--model", help="the network, as cnnbook.recipes names it")] = "lenet",
    seed: Annotated[int, typer.Option("--seed", min=0, help="another seed, another network")] = 0,
    out: Annotated[
        Path | None, typer.Option("--out", help="folder for the run [default: runs/DATA-MODEL-SEED]")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="go on from the folder's checkpoint")] = False,
    device: Annotated[str, typer.Option("--device", help="auto, cpu, cuda, cuda:1, ...")] = "auto",
    epochs: Annotated[int | None, typer.Option("--epochs", help="passes, instead of the recipe's")] = None,
    batch: Annotated[int | None, typer.Option("--batch", help="images for a step")] = None,
    rate: Annotated[float | None, typer.Option("--rate", help="largest learning rate")] = None,
    validation: Annotated[
        float | None, typer.Option("--validation", help="share of the images kept apart for choosing")
    ] = None,
    patience: Annotated[
        int | None, typer.Option("--patience", help="stop after so many passes without improvement")
    ] = None,
    mixed: Annotated[bool, typer.Option("--mixed/--full", help="half precision on a GPU")] = True,
    test: Annotated[bool, typer.Option("--test/--no-test", help="read the test images at the end")] = True,
    quiet: Annotated[bool, typer.Option("--quiet", help="no progress bar")] = False,
    as_json: JsonOption = False,
) -> None:
    """Train a network by its recipe.

    With several processes: torchrun --nproc-per-node 2 -m cnnbook train ...
    """
    runs, recipes = _with_torch()
    from cnnbook.train.keeper import Stopped

    changes = {"epochs": epochs, "batch": batch, "rate": rate, "validation": validation, "patience": patience}
    recipe = replace(
        recipes.recipe(model, data), **{name: value for name, value in changes.items() if value is not None}
    )
    folder = out or Path("runs", f"{data}-{model}-{seed}")
    try:
        card = runs.run(
            model,
            data,
            folder,
            recipe=recipe,
            seed=seed,
            device=device,
            resume=resume,
            mixed=mixed,
            test=test,
            quiet=quiet,
            command=shlex.join(["cnnbook", *sys.argv[1:]]),
        )
    except Stopped as stopped:
        print(f"cnnbook: {stopped}; the same command with --resume goes on", file=sys.stderr)
        raise typer.Exit(130) from None
    if "seconds" not in card:  # another process speaks
        return
    if as_json:
        print(json.dumps(card))
        return
    errors = [f"{name} error {card[key]:.2%}" for name, key in _ERRORS if card.get(key) is not None]
    print(f"{', '.join(errors)}, {card['seconds']:.1f} s, weights and card in {folder / 'model.json'}")


_ERRORS = (("validation", "validation_error"), ("test", "test_error"))


def evaluate(
    weights: WeightsOption = "lenet", data: DataOption = "mnist", as_json: JsonOption = False
) -> None:
    """Measure trained weights on the test images."""
    runs, _ = _with_torch()
    from cnnbook.data import class_names, load

    network = runs.restore(weights)
    error, table = network.judge(load(data, side=network.recipe.side).test)
    if as_json:
        print(
            json.dumps({"weights": weights, "data": data, "test_error": error, "confusion": table.tolist()})
        )
        return
    print(f"test error {error:.2%}: {int(table.sum() - table.trace())} of {table.sum():,} images read wrong")
    shown = Table(box=None, header_style="bold", pad_edge=False)
    names = class_names(data)
    for column in ("shown \\ read", *names):
        shown.add_column(column, justify="right")
    for name, row in zip(names, table.tolist(), strict=True):
        shown.add_row(name, *(str(count) if count else "." for count in row))
    Console().print(shown)


def predict(
    image: Annotated[Path, typer.Argument(help="a picture of one digit, of any size and colour")],
    weights: WeightsOption = "lenet",
    as_json: JsonOption = False,
) -> None:
    """Say which digit a picture shows: ten probabilities.

    Dark on light or light on dark; give it the picture of one digit, with some paper all round.
    """
    runs, _ = _with_torch()
    from cnnbook.data import class_names, pad
    from cnnbook.digit_image import find_digit, read_picture

    network = runs.restore(weights)
    digit = find_digit(read_picture(image))
    chances = network.probabilities(pad(digit, network.recipe.side)[None, None])[0]
    names = class_names(network.card["data"])
    if as_json:
        answer = int(chances.argmax())
        print(json.dumps({"answer": answer, "name": names[answer], "probabilities": chances.tolist()}))
        return
    for name, chance in zip(names, chances.tolist(), strict=True):
        print(f"{name}  {chance:7.2%}  {'█' * round(40 * chance)}".rstrip())


def _with_torch():
    """Import what needs PyTorch, which the package can be without."""
    try:
        from cnnbook import recipes, runs
    except ModuleNotFoundError as error:
        raise UsageError(f"this needs {error.name}: pip install 'cnnbook[torch]'") from None
    return runs, recipes

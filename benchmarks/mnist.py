"""What the package's recipes reach on MNIST, and how long a small network and a large one take to 99 %.

``python -m benchmarks.mnist``
    Races `CompactNet` by the recipe ``compact-moment`` against the network and the loop that PyTorch's
    examples show for MNIST, in one process and with as many threads, and writes ``results/mnist_race.json``
    (anew after each pass of the example):

    - ``processor``, ``threads``, ``versions``, ``goal`` (the test accuracy to reach);
    - ``cnnbook`` and ``example``: for each, ``runs``, a list of ``seed``, ``passes`` (a list of ``seconds``,
      ``processor_seconds``, ``accuracy``; of training alone, from the start), and ``reached`` (the first of
      the passes that reached the goal, or null). cnnbook's runs have one pass, whose length is settled
      beforehand; ``accuracy`` is their mean and spread;
    - ``ratio``: processor seconds of the example to the goal, divided by the mean of cnnbook's, and
      ``at_least``: whether the example had not reached it yet. Processor seconds, because others may use the
      machine at the same time.

``python -m benchmarks.mnist collect FOLDER ...``
    Gathers runs that ``cnnbook train --model RECIPE --data mnist --seed N --out FOLDER`` wrote, and writes
    ``results/mnist.json``; of a recipe that none of the folders is of, it keeps what it said before:

    - ``processor``, ``collected_with`` (versions);
    - ``recipes``: by name, ``parameters``, ``recipe`` (what the command's settings were), ``epochs``,
      ``seeds``, ``test_error`` and ``validation_error`` (each ``mean``, ``spread``, the standard deviation
      over seeds, and ``each``; shares of the images; null if no image was held out), ``seconds`` for each
      seed (of a machine that others used as well), and ``runs``:
    - each run has ``seed``, ``command``, ``versions``, ``device``, ``test_error``, ``history`` (for each pass
      ``loss`` while learning and ``accuracy`` on the 5,000 validation images), ``confusion`` (row: the digit
      shown; column: what it was read as) and ``wrong`` (for each test image that was read wrong, its number,
      what it shows, what it was read as).

``python -m benchmarks.mnist ship FOLDER``
    Puts the weights and the card of such a run into the package, `cnnbook.models.weights`.

Settings were chosen on validation images, never by the test error; no run is left out.
"""

from __future__ import annotations

import argparse
import json
import math
import shlex
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

import numpy as np
import torch

from benchmarks.__main__ import processor
from benchmarks.mnist_example import passes
from cnnbook.data import Labelled, load
from cnnbook.models import weights
from cnnbook.recipes import recipe
from cnnbook.results import results
from cnnbook.runs import restore
from cnnbook.tensor_file import read, write
from cnnbook.train import accuracy, fit

RESULTS = Path(__file__).parent / "results"
GOAL = 0.99


def versions() -> dict[str, str]:
    return {name: version(name) for name in ("torch", "numpy")}


def moment(seed: int) -> dict:
    """Train by the recipe and tell the time, without that of judging."""
    one = recipe("compact-moment", "mnist")
    training, validation, test = load("mnist", side=one.side, validation=one.validation)
    nothing = Labelled(validation.images[:0], validation.labels[:0])
    start = time.perf_counter(), time.process_time()
    trained = fit(one, training, nothing, seed=seed)
    spent = time.perf_counter() - start[0], time.process_time() - start[1]
    return {"seed": seed, "passes": [_pass(*spent, accuracy(trained.model, test))]}


def example(seed: int, most: int) -> Iterator[dict]:
    """Train like PyTorch's example until the goal is reached, or for so many passes; yield what is so far."""
    training, _, test = load("mnist", side=28, validation=0)
    done = []
    for row in passes(training, test, seed):
        done.append(_pass(*row))
        yield {"seed": seed, "passes": done}
        if done[-1]["accuracy"] >= GOAL or len(done) == most:
            return


def _pass(seconds: float, processor_seconds: float, share: float) -> dict:
    return {
        "seconds": round(seconds, 2),
        "processor_seconds": round(processor_seconds, 2),
        "accuracy": round(share, 4),
    }


def race(seeds: int, most: int, threads: int) -> Iterator[dict]:
    """Run the small network with each seed and then the large one with the first; yield what is so far."""
    torch.set_num_threads(threads)
    ours = [moment(seed) for seed in range(seeds)]
    for theirs in example(0, most):
        yield _compared(ours, [theirs], threads)


def _compared(ours: list[dict], theirs: list[dict], threads: int) -> dict:
    for run in ours + theirs:
        run["reached"] = next((row for row in run["passes"] if row["accuracy"] >= GOAL), None)
    small, large = (
        statistics.mean((run["reached"] or run["passes"][-1])["processor_seconds"] for run in side)
        for side in (ours, theirs)
    )
    return {
        "processor": processor(),
        "threads": threads,
        "versions": versions(),
        "goal": GOAL,
        "cnnbook": {"accuracy": _spread([run["passes"][-1]["accuracy"] for run in ours]), "runs": ours},
        "example": {"runs": theirs},
        "ratio": round(large / small, 1),
        "at_least": not all(run["reached"] for run in theirs),
    }


def collect(folders: list[Path], known: dict) -> dict:
    """Gather what the command wrote into folders, beside the recipes that are known."""
    runs = defaultdict(list)
    for folder in folders:
        runs[restore(folder).card["model"]].append(_run(folder))
    return {
        "processor": processor(),
        "collected_with": versions(),
        "recipes": known
        | {name: _recipe(name, sorted(some, key=lambda run: run["seed"])) for name, some in runs.items()},
    }


def _run(folder: Path) -> dict:
    """Return what a run's card says, and which test images it reads wrong."""
    network = restore(folder)
    test = _test(network.recipe.side)
    answers = network.recipe.answer(network.outputs(test.images)).numpy()
    wrong = np.flatnonzero(answers != test.labels)
    keys = ("seed", "command", "versions", "device", "seconds", "history", "test_error", "validation_error")
    return {
        **{key: _known(network.card.get(key)) for key in keys},
        "command": _without_folder(network.card["command"]),
        "confusion": network.card["confusion"],
        "wrong": [[int(index), int(test.labels[index]), int(answers[index])] for index in wrong],
        "recipe": network.card["recipe"],
    }


@cache
def _test(side: int) -> Labelled:
    return load("mnist", side=side, validation=0).test


def _known(value: object) -> object:
    """Round shares and losses; put null where nothing was held out, for JSON has no NaN."""
    if isinstance(value, list):
        return [{key: _known(one) for key, one in line.items()} for line in value]
    if isinstance(value, float):
        return None if math.isnan(value) else round(value, 6)
    return value


def ship(folder: Path) -> None:
    """Put a run's weights and card where the package looks for them."""
    tensors, card = read(folder / "model.json")
    card["command"] = _without_folder(card["command"])
    write(weights.FOLDER / f"{card['model']}.json", tensors, card)


def _without_folder(command: str) -> str:
    """Return the command without where its results went: that is no part of what was done."""
    words = shlex.split(command)
    if "--out" in words:
        del words[words.index("--out") : words.index("--out") + 2]
    return shlex.join(words)


def _recipe(name: str, runs: list[dict]) -> dict:
    settings = [run.pop("recipe") for run in runs]
    if any(one != settings[0] for one in settings):
        raise SystemExit(f"mnist: the runs of {name!r} were made by different recipes")
    model = recipe(name, "mnist").build()
    return {
        "parameters": sum(parameter.numel() for parameter in model.parameters()),
        "recipe": settings[0],
        "epochs": settings[0]["epochs"],
        "seeds": [run["seed"] for run in runs],
        **{key: _spread([run[key] for run in runs]) for key in ("test_error", "validation_error")},
        "seconds": [run.pop("seconds") for run in runs],
        "runs": runs,
    }


def _spread(values: list[float | None]) -> dict | None:
    if None in values:
        return None
    return {
        "mean": round(statistics.mean(values), 6),
        "spread": round(statistics.stdev(values), 6) if len(values) > 1 else None,
        "each": values,
    }


def write_result(name: str, result: dict) -> None:
    (RESULTS / f"{name}.json").write_text(json.dumps(result, indent=1) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command")
    gather = commands.add_parser("collect", help="gather runs of cnnbook train")
    gather.add_argument("folders", nargs="+", type=Path)
    commands.add_parser("ship", help="put a run's weights into the package").add_argument("folder", type=Path)
    parser.add_argument("--seeds", type=int, default=5, help="runs of the small network")
    parser.add_argument("--most", type=int, default=14, help="passes of the example, at most")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    if options.command == "ship":
        ship(options.folder)
    elif options.command == "collect":
        write_result("mnist", collect(options.folders, results("mnist")["recipes"]))
    else:
        for result in race(options.seeds, options.most, options.threads):
            write_result("mnist_race", result)


if __name__ == "__main__":
    main()

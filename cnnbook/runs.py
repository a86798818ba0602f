"""A training run from the data to weights with a card, and the way back from weights to a network."""

import json
import os
import platform
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import version
from math import isnan
from pathlib import Path

import numpy as np
import torch
from torch import nn

from cnnbook.data import Labelled, Split, load
from cnnbook.data.published import SOURCES
from cnnbook.recipes import recipe as recipe_of
from cnnbook.tensor_file import read, write
from cnnbook.train.judge import confusion, outputs
from cnnbook.train.keeper import Keeper
from cnnbook.train.loop import fit
from cnnbook.train.recipe import Recipe
from cnnbook.train.report import Bar, Log
from cnnbook.train.team import Team, gather_team

SHIPPED = Path(__file__).parent / "models" / "weights"


@dataclass(frozen=True)
class Network:
    """A trained network with what is known about it.

    Parameters
    ----------
    model : Module
        In evaluation mode.
    recipe : Recipe
        How images are given to it, and what its outputs mean.
    card : dict
        What `run` wrote about it.
    """

    model: nn.Module
    recipe: Recipe
    card: dict

    def outputs(self, images: np.ndarray) -> torch.Tensor:
        """Return the outputs (N, 10) for images (N, 1, side, side) from 0 (background) to 1 (ink)."""
        return outputs(self.model, self.recipe.input(torch.from_numpy(images)).numpy())

    def probabilities(self, images: np.ndarray) -> np.ndarray:
        """Return the probabilities (N, 10) of the classes."""
        return self.recipe.probabilities(self.outputs(images)).numpy()

    def judge(self, data: Labelled) -> tuple[float, np.ndarray]:
        """Return the share of images read wrong (NaN if there are none), and the table of `confusion`."""
        answers = self.recipe.answer(self.outputs(data.images)).numpy() if len(data.labels) else data.labels
        table = confusion(answers, data.labels)
        return 1 - table.trace() / table.sum() if table.sum() else float("nan"), table


def run(
    model: str,
    data: str,
    folder: str | os.PathLike,
    *,
    recipe: Recipe | None = None,
    seed: int = 0,
    device: str = "auto",
    resume: bool = False,
    mixed: bool = True,
    test: bool = True,
    quiet: bool = True,
    command: str | None = None,
) -> dict:
    """Train a network by its recipe; write checkpoints, a log, and the weights with a card.

    Parameters
    ----------
    model, data : str
        Names in `cnnbook.recipes.RECIPES` and `cnnbook.data.NAMES`.
    folder : path
        Gets ``checkpoint.json``, ``log.csv`` and ``model.json``, and the tensors that belong to them.
    recipe : Recipe, optional
        Instead of the one of that name, with the same network.
    seed : int, default 0
    device : str, default "auto"
        See `cnnbook.train.gather_team`, which also joins the processes that torchrun started.
    resume : bool, default False
        Go on from the folder's checkpoint.
    mixed : bool, default True
        On a GPU, compute in half precision where that is safe.
    test : bool, default True
        Read the test images once, at the end. Leave them alone while there is anything to choose.
    quiet : bool, default True
        Draw no progress bar.
    command : str, optional
        What the user typed, for the card.

    Returns
    -------
    dict
        The card: ``model``, ``data``, ``seed``, ``recipe``, ``history``, ``validation_error`` and
        ``test_error`` (shares of the images), ``confusion``, versions and more. Processes other than the
        first write nothing, and do not know ``seconds``.

    Raises
    ------
    ValueError, OSError
        If a name, the data, the device or the checkpoint is not usable.
    cnnbook.train.keeper.Stopped
        If the process was asked to stop.
    """
    recipe, folder = recipe or recipe_of(model, data), Path(folder)
    facts = json.loads(json.dumps({"model": model, "data": data, "seed": seed, "recipe": recipe.describe()}))
    parts = load(data, side=recipe.side, validation=recipe.validation)
    with ExitStack() as stack:
        team = stack.enter_context(gather_team(device))
        folder.mkdir(parents=True, exist_ok=True)
        keeper = stack.enter_context(Keeper(folder, facts, resume=resume))
        log = Log(folder / "log.csv")
        watchers = [keeper, log] if team.rank == 0 else [keeper]
        if team.rank == 0 and not quiet:
            watchers.append(stack.enter_context(Bar(len(parts.training.labels))))
        trained = fit(recipe, *parts[:2], seed=seed, team=team, mixed=mixed, watchers=watchers)
        card = {
            **facts,
            "command": command,
            "device": _device(team),
            "versions": _versions(),
            "files": _files(data),
            "history": [_line(*epoch) for epoch in trained.history],
            **_judged(Network(trained.model, recipe, facts), parts, test=test),
        }
        if team.rank == 0:
            card["seconds"] = log.seconds
            write(folder / "model.json", trained.model.state_dict(), card)
    return card


def restore(source: str | os.PathLike) -> Network:
    """Return a trained network, from the package or from a folder that `run` wrote.

    Parameters
    ----------
    source : str or path
        The name of weights that come with the package, the folder of a run, or a JSON file beside weights.

    Returns
    -------
    Network

    Raises
    ------
    FileNotFoundError
        If there are no such weights.
    ValueError
        If they are damaged, or not those of the network that they are said to be.
    """
    shipped = SHIPPED / f"{source}.json"
    path = shipped if shipped.is_file() else Path(source)
    if path.is_dir():
        path /= "model.json"
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in SHIPPED.glob("*.json"))) or "none"
        raise FileNotFoundError(
            f"restore: there are no weights {str(source)!r}, expected a folder that cnnbook train wrote, or "
            f"the name of weights in the package ({known})"
        )
    tensors, card = read(path)
    recipe = recipe_of(card["model"], card["data"])
    model = recipe.build()
    try:
        model.load_state_dict(tensors)
    except RuntimeError:
        raise ValueError(f"restore: the weights in {path} do not fit the network {card['model']!r}") from None
    return Network(model.eval(), recipe, card)


def _line(loss: float, accuracy: float) -> dict[str, float | None]:
    """Return a pass's line of the card; JSON knows no NaN."""
    return {"loss": loss, "accuracy": None if isnan(accuracy) else accuracy}


def _judged(network: Network, parts: Split, *, test: bool) -> dict:
    """Return what the card says about how well the network reads."""
    judged = {"images": {name: len(part.labels) for name, part in parts._asdict().items()}}
    if len(parts.validation.labels):
        judged["validation_error"] = network.judge(parts.validation)[0]
    if test:
        error, table = network.judge(parts.test)
        judged |= {"test_error": error, "confusion": table.tolist()}
    return judged


def _files(data: str) -> dict[str, str]:
    """Return the SHA-256 sums of a data set's files; scikit-learn's digits have a version instead."""
    files = SOURCES[data].files if data in SOURCES else {}
    return {name: original.sha256 for name, original in files.items()}


def _device(team: Team) -> str:
    """Describe what the run computed on."""
    if team.device.type == "cuda":
        return f"{team.size} x {torch.cuda.get_device_name(team.device)}"
    return f"{team.size} x {platform.machine()} processor, {torch.get_num_threads()} threads"


def _versions() -> dict[str, str]:
    libraries = ("cnnbook", "torch", "numpy", "scikit-learn")
    return {"python": platform.python_version()} | {name: version(name) for name in libraries}

"""One training loop: on a processor or a graphics card, in one process or in several.

What the loop does not do, watchers do: `cnnbook.train.keeper` writes checkpoints and goes on from them,
`cnnbook.train.report` writes the log and draws the progress bar.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import torch
from torch import Tensor, nn

from cnnbook.data import Labelled
from cnnbook.train.judge import accuracy
from cnnbook.train.learner import Epoch, Learner
from cnnbook.train.recipe import Recipe
from cnnbook.train.team import Team


class Trained(NamedTuple):
    """A network and how it got there.

    Parameters
    ----------
    model : Module
        In evaluation mode.
    history : list of Epoch
    """

    model: nn.Module
    history: list[Epoch]


class Watcher:
    """Something that looks on while a network learns; it may write, and end the run by an exception."""

    def begin(self, learner: Learner) -> None:
        """Look at the untrained network; put an earlier state into it."""

    def after_step(self, learner: Learner) -> None:
        """Look at the network after a step."""

    def after_epoch(self, learner: Learner) -> None:
        """Look at the network after a pass over all images, when it has been judged."""


def fit(
    recipe: Recipe,
    training: Labelled,
    validation: Labelled,
    *,
    seed: int = 0,
    team: Team | None = None,
    mixed: bool = True,
    watchers: Iterable[Watcher] = (),
) -> Trained:
    """Build a network and teach it.

    Parameters
    ----------
    recipe : Recipe
        How.
    training : Labelled
        What it learns from.
    validation : Labelled
        What it is judged by after every pass: which weights are kept and when the run ends. It can be empty;
        then the last weights are kept.
    seed : int, default 0
        The same seed gives the same network, whatever was drawn before. On a processor this holds to the last
        bit for one number of threads and processes.
    team : Team, optional
        From `gather_team`; without it, one process on the processor.
    mixed : bool, default True
        On a GPU, compute in half precision where that is safe.
    watchers : iterable of Watcher

    Returns
    -------
    Trained

    Raises
    ------
    ValueError
        If the loss stops being a number.

    >>> from cnnbook.data import digits
    >>> from cnnbook.models import LeNet
    >>> training, held_out = digits(4)
    >>> few = Labelled(training.images[:64], training.labels[:64])
    >>> recipe = Recipe(build=LeNet, epochs=2, batch=32, rate=6e-3)
    >>> len(fit(recipe, few, held_out).history)
    2
    """
    team = team or Team(torch.device("cpu"))
    with torch.random.fork_rng():
        learner = Learner.begin(recipe, seed, team, mixed=mixed)
        for watcher in watchers:
            watcher.begin(learner)
        images, labels = (torch.from_numpy(part).to(team.device) for part in training)
        model = team.wrap(learner.model)
        while not learner.finished:
            for _ in _steps(learner, model, images, labels):
                for watcher in watchers:
                    watcher.after_step(learner)
            learner.close(len(labels), _accuracy(recipe, learner.model, validation))
            for watcher in watchers:
                watcher.after_epoch(learner)
        if learner.best:
            learner.model.load_state_dict(learner.best)
    return Trained(learner.model.eval(), learner.history)


def _steps(learner: Learner, model: nn.Module, images: Tensor, labels: Tensor) -> Iterator[None]:
    """Go through what is left of a pass, one step at a time."""
    recipe, team, optimizer, scaler = learner.recipe, learner.team, learner.optimizer, learner.scaler
    batches = learner.order(len(labels)).to(team.device).split(recipe.batch)
    plain = learner.epoch >= recipe.epochs - recipe.plain_epochs
    model.train()
    for rows in batches[learner.step :]:
        random = learner.prepare(len(batches))
        seen, wanted = images[rows], labels[rows]
        if recipe.augment and not plain:
            # The whole batch, so that it does not matter how many processes share it.
            seen = recipe.augment(seen, random)
        (seen, wanted), weight = team.share(seen, wanted)
        with learner.precision():
            outputs = model(recipe.input(seen))
        loss = recipe.loss(outputs.float() if learner.mixed else outputs, wanted) * weight
        optimizer.zero_grad()
        scaler.scale(loss).backward()
        scaler.step(optimizer)
        scaler.update()
        learner.loss += loss.detach() * len(rows)
        learner.step += 1
        yield


def _accuracy(recipe: Recipe, model: nn.Module, data: Labelled) -> float:
    images = recipe.input(torch.from_numpy(data.images)).numpy()
    return accuracy(model, Labelled(images, data.labels), recipe.answer)

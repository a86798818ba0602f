"""A network that is being taught, with everything that its next step depends on."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import torch
from torch import Generator, Tensor, nn
from torch.optim import Optimizer

from cnnbook.train.recipe import Recipe
from cnnbook.train.team import Team


class Epoch(NamedTuple):
    """One pass over the training images.

    Parameters
    ----------
    loss : float
        Mean loss over the pass, measured while the network was learning; cross-entropy is in nats.
    accuracy : float
        Share of the held-out images read correctly after the pass; NaN if none are held out.
    """

    loss: float
    accuracy: float


@dataclass
class Learner:
    """A network on its way.

    Parameters
    ----------
    recipe : Recipe
    seed : int
    team : Team
    model : Module
    optimizer : Optimizer
    mixed : bool
        On a GPU, compute in half precision where that is safe.
    epoch, step : int
        Passes that are complete, and steps of the next one.
    loss : Tensor
        Sum over these steps of the mean loss of a batch times its length.
    history : list of Epoch
    best : dict of str to Tensor
        The weights that did best on the validation images so far.
    """

    recipe: Recipe
    seed: int
    team: Team
    model: nn.Module
    optimizer: Optimizer
    mixed: bool = True
    epoch: int = 0
    step: int = 0
    loss: Tensor = field(default_factory=lambda: torch.zeros(()))
    history: list[Epoch] = field(default_factory=list)
    best: dict[str, Tensor] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Choose the precision, and remember the rates that the recipe scales."""
        device = self.team.device
        self.mixed = self.mixed and device.type == "cuda"
        self.half = torch.bfloat16 if self.mixed and torch.cuda.is_bf16_supported() else torch.float16
        # Gradients as small as half precision's limits are scaled up; bfloat16 reaches as far as float32.
        self.scaler = torch.amp.GradScaler(device.type, enabled=self.mixed and self.half is torch.float16)
        self.rates = [group["lr"] for group in self.optimizer.param_groups]
        self.loss = self.loss.to(device)

    @classmethod
    def begin(cls, recipe: Recipe, seed: int, team: Team, *, mixed: bool = True) -> "Learner":
        """Return an untrained network; equal seeds give equal weights on every device."""
        torch.manual_seed(seed)
        model = recipe.build().to(team.device)
        return cls(recipe, seed, team, model, recipe.optimizer(model, recipe.rate), mixed)

    @property
    def finished(self) -> bool:
        """Whether all passes are done, or the last ones brought nothing."""
        recipe = self.recipe
        if self.epoch >= recipe.epochs:
            return True
        accuracies = [epoch.accuracy for epoch in self.history]
        if recipe.patience is None or not accuracies:
            return False
        return self.epoch - 1 - int(np.argmax(accuracies)) >= recipe.patience

    def seed_of(self, step: int) -> int:
        """Return the seed of a step of this pass, counted from 1; 0 is for the order of the images.

        Random numbers depend on the place in the run and on nothing that came before. So a run can go on
        from any step, and the processes of a team draw alike.
        """
        return int(np.random.SeedSequence((self.seed, self.epoch, step)).generate_state(1, np.uint64)[0])

    def order(self, count: int) -> Tensor:
        """Return the order (count,) in which this pass goes through the images."""
        return torch.randperm(count, generator=Generator().manual_seed(self.seed_of(0)))

    def prepare(self, steps: int) -> Generator:
        """Set the learning rate and the random numbers for the next of a pass's steps."""
        factor = self.recipe.schedule((self.epoch * steps + self.step) / (self.recipe.epochs * steps))
        for group, rate in zip(self.optimizer.param_groups, self.rates, strict=True):
            group["lr"] = rate * factor
        seed = self.seed_of(self.step + 1)
        device = self.team.device
        # For layers that draw, such as dropout. Where there is no GPU, `torch.manual_seed` notes for each
        # kind of device who called it, and that takes longer than a small network's step.
        seed_layers = torch.default_generator.manual_seed if device.type == "cpu" else torch.manual_seed
        seed_layers(seed)
        return Generator(device).manual_seed(seed)

    def precision(self) -> AbstractContextManager:
        """Return the context in which the network computes."""
        return torch.autocast(self.team.device.type, self.half, enabled=self.mixed)

    def close(self, count: int, accuracy: float) -> None:
        """End a pass over `count` images: write its line, keep the weights if they are the best so far."""
        loss = float(self.team.mean(self.loss)) / count
        if not np.isfinite(loss):
            raise ValueError(f"fit: the loss became {loss} in pass {self.epoch + 1}; try a smaller rate")
        # The processes must agree on when to stop.
        accuracy = self.team.mean(torch.tensor(accuracy, device=self.team.device, dtype=torch.float64)).item()
        before = [epoch.accuracy for epoch in self.history]
        if self.recipe.keep_best and accuracy > max(before, default=-1):
            self.best = {name: value.detach().clone() for name, value in self.model.state_dict().items()}
        self.history.append(Epoch(loss, accuracy))
        self.epoch, self.step, self.loss = self.epoch + 1, 0, torch.zeros_like(self.loss)

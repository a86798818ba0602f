"""A recipe: everything that decides how a network is taught, except the data and the seed."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import cos, pi

import torch
import torch.nn.functional as F  # noqa: N812 (torch's own short name)
from torch import Generator, Tensor, nn
from torch.optim import SGD, AdamW, Optimizer


def channels_last(build: Callable[[], nn.Module]) -> nn.Module:
    """Return an untrained network whose weights lie channel by channel: up to twice as fast on processors."""
    return build().to(memory_format=torch.channels_last)


def adamw(model: nn.Module, rate: float, *, decay: float = 0.01) -> Optimizer:
    """Return AdamW (Loshchilov and Hutter, 2019) for all parameters.

    >>> type(adamw(nn.Linear(2, 1), 0.1)).__name__
    'AdamW'
    """
    # All parameters in one call of each operation: the same numbers, with less of Python in between.
    return AdamW(model.parameters(), lr=rate, weight_decay=decay, foreach=True)


def sgd(model: nn.Module, rate: float, *, momentum: float = 0.9, decay: float = 0.0) -> Optimizer:
    """Return stochastic gradient descent with Nesterov's momentum (none if `momentum` is 0).

    >>> sgd(nn.Linear(2, 1), 0.1).defaults["nesterov"]
    True
    """
    return SGD(model.parameters(), lr=rate, momentum=momentum, weight_decay=decay, nesterov=momentum > 0)


def constant(progress: float) -> float:
    """Leave the learning rate as it is.

    >>> constant(0.7)
    1.0
    """
    return 1.0


def one_cycle(progress: float, *, rise: float = 0.3, first: float = 1 / 25, last: float = 4e-6) -> float:
    """Raise the learning rate, then lower it, both along half a cosine (Smith and Topin, 2018).

    Parameters
    ----------
    progress : float
        Share of all steps that are done, from 0 to 1.
    rise : float, default 0.3
        At which share the rate is at its full height.
    first, last : float
        The factors at the beginning and at the end.

    Returns
    -------
    float
        The factor of the recipe's rate.

    >>> [round(one_cycle(progress), 2) for progress in (0, 0.3, 1)]
    [0.04, 1.0, 0.0]
    """
    if progress < rise:
        return first + (1 - first) * (1 - cos(pi * progress / rise)) / 2
    return last + (1 - last) * (1 + cos(pi * (progress - rise) / (1 - rise))) / 2


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """How a network is taught.

    Parameters
    ----------
    build : callable
        Makes the untrained network, from images of shape (N, 1, side, side) to outputs of shape (N, 10).
    epochs : int
        Passes over the training images.
    batch : int
        Images for one step, over all processes.
    rate : float
        The largest learning rate.
    optimizer : callable, default `adamw`
        Makes the optimizer from the network and the rate.
    schedule : callable, default `one_cycle`
        From the share of steps done, 0 to 1, to the factor of the rate. It keeps nothing in mind, so that a
        run can go on from any step.
    loss : callable, default cross-entropy
        From outputs (N, 10) and labels (N,) to their mean loss.
    smallest_wins : bool, default False
        The outputs are penalties: the answer is the smallest, not the largest.
    augment : callable, optional
        From a batch of images (N, 1, side, side) and a `torch.Generator` to a batch that replaces it; it
        draws whatever is random from the generator.
    plain_epochs : int, default 0
        So many passes at the end see the images as they are. Batch normalisation keeps the means and
        variances of what it saw last, and those of augmented images are not those that it will meet.
    side : int, default 32
        Rows and columns of the images.
    ink : tuple of float, default (0, 1)
        The values that background and full ink get.
    validation : float, optional
        Share of the images that is kept apart for choosing; see `cnnbook.data.load`.
    patience : int, optional
        Stop after so many passes without a better validation accuracy; without it, go through all passes.
    keep_best : bool, default True
        Take the weights that did best on the validation images, not the last ones.

    >>> import torch
    >>> Recipe(build=nn.Identity, epochs=2, batch=32, rate=0.1).input(torch.ones(1, 1, 2, 2)).max()
    tensor(1.)
    """

    build: Callable[[], nn.Module]
    epochs: int
    batch: int
    rate: float
    optimizer: Callable[[nn.Module, float], Optimizer] = adamw
    schedule: Callable[[float], float] = one_cycle
    loss: Callable[[Tensor, Tensor], Tensor] = F.cross_entropy
    smallest_wins: bool = False
    augment: Callable[[Tensor, Generator], Tensor] | None = None
    plain_epochs: int = 0
    side: int = 32
    ink: tuple[float, float] = (0.0, 1.0)
    validation: float | None = None
    patience: int | None = None
    keep_best: bool = True

    def __post_init__(self) -> None:
        """Refuse what cannot be a recipe."""
        for name in ("epochs", "batch", "side", "patience"):
            number = getattr(self, name)
            if number is not None and number < 1:
                raise ValueError(f"Recipe: {name} is {number}, expected at least 1")
        if self.plain_epochs < 0:
            raise ValueError(f"Recipe: plain_epochs is {self.plain_epochs}, expected at least 0")
        if not 0 < self.rate < float("inf"):
            raise ValueError(f"Recipe: rate is {self.rate}, expected a positive number")

    def input(self, images: Tensor) -> Tensor:
        """Return images from 0 to 1 on the scale that the network is made for."""
        background, ink = self.ink
        return images if self.ink == (0, 1) else images * (ink - background) + background

    def answer(self, outputs: Tensor) -> Tensor:
        """Return the class (N,) that outputs (N, classes) stand for."""
        return outputs.argmin(1) if self.smallest_wins else outputs.argmax(1)

    def probabilities(self, outputs: Tensor) -> Tensor:
        """Return the softmax of outputs (N, classes), of penalties with their sign changed."""
        return (-outputs if self.smallest_wins else outputs).softmax(1)

    def describe(self) -> dict:
        """Return the recipe as JSON can hold it, functions by their names.

        >>> Recipe(build=nn.Identity, epochs=2, batch=32, rate=0.1).describe()["schedule"]
        'cnnbook.train.recipe.one_cycle'
        """
        return {name: _described(value) for name, value in vars(self).items()}


def _described(value: object) -> object:
    if isinstance(value, partial):
        arguments = [*map(repr, value.args), *(f"{name}={part!r}" for name, part in value.keywords.items())]
        return f"{_described(value.func)}({', '.join(arguments)})"
    if callable(value):
        return f"{value.__module__}.{value.__qualname__}" if hasattr(value, "__qualname__") else repr(value)
    return list(value) if isinstance(value, tuple) else value

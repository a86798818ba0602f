"""The network that learns to read digits while the book is built, and a look inside."""

from collections.abc import Callable
from functools import cache, partial

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 (torch's own short name)
from torch import Generator, Tensor, nn

from cnnbook.data import Labelled, digits
from cnnbook.models.lenet import LeNet
from cnnbook.store import stored
from cnnbook.train.judge import one_thread
from cnnbook.train.learner import Epoch
from cnnbook.train.loop import Trained, fit
from cnnbook.train.recipe import Recipe, channels_last


@one_thread()
def train(
    build: Callable[[], nn.Module],
    training: Labelled,
    held_out: Labelled,
    *,
    epochs: int,
    batch: int = 32,
    rate: float = 6e-3,
    shift: int = 0,
    seed: int = 0,
) -> Trained:
    """Build a network and teach it by the usual recipe, in one thread and without a word.

    AdamW (Loshchilov and Hutter, 2019) on the cross-entropy, the learning rate rising and then falling (Smith
    and Topin, 2018); the last weights are kept. The same seed gives the same network, whatever was drawn
    before and however many threads there are.

    Parameters
    ----------
    build : callable
        Makes the untrained network, from images of shape (N, C, H, W) to scores of shape (N, classes).
    training : Labelled
        What it learns from.
    held_out : Labelled
        What it is judged by after every epoch; nothing is learned from it.
    epochs : int
        Passes over the training images.
    batch : int, default 32
        Images for one step.
    rate : float, default 0.006
        The largest learning rate.
    shift : int, default 0
        Move every batch by up to this many pixels, down or up and right or left, with zeros coming in.
    seed : int, default 0

    Returns
    -------
    Trained

    >>> training, held_out = digits(4)
    >>> few = Labelled(training.images[:64], training.labels[:64])
    >>> [epoch.loss > 0 for epoch in train(LeNet, few, held_out, epochs=2).history]
    [True, True]
    """
    augment = partial(move_together, most=shift) if shift else None
    recipe = Recipe(build=build, epochs=epochs, batch=batch, rate=rate, augment=augment, keep_best=False)
    return fit(recipe, training, held_out, seed=seed)


def move_together(images: Tensor, generator: Generator, most: int) -> Tensor:
    """Move a whole batch by the same random number of pixels along both axes, with zeros coming in.

    Parameters
    ----------
    images : Tensor of shape (N, C, H, W)
    generator : Generator
    most : int
        Pixels, down or up and right or left.

    Returns
    -------
    Tensor of shape (N, C, H, W)

    >>> move_together(torch.ones(1, 1, 2, 2), Generator().manual_seed(0), most=0).sum()
    tensor(4.)
    """
    rows, columns = images.shape[-2:]
    top, left = torch.randint(2 * most + 1, (2,), generator=generator).tolist()
    return F.pad(images, (most,) * 4)[..., top : top + rows, left : left + columns]


# Batch, rate, epochs and shift were chosen on a fifth of the training part; the held-out part had no say.
DIGIT_READER = Recipe(
    build=partial(channels_last, LeNet),
    epochs=16,
    batch=32,
    rate=6e-3,
    augment=partial(move_together, most=2),
    validation=0.0,
    keep_best=False,
)


@one_thread()
def look_inside(model: LeNet, image: np.ndarray) -> dict[str, np.ndarray]:
    """Return what every layer made of one image.

    Parameters
    ----------
    model : LeNet
    image : ndarray of shape (C, H, W), float32

    Returns
    -------
    dict of str to ndarray
        As `LeNet.steps`, without the axis of the batch.

    >>> {name: made.shape for name, made in look_inside(LeNet(), digits(4)[1].images[0]).items()}["s4"]
    (16, 5, 5)
    """
    with torch.inference_mode():
        steps = model.steps(torch.from_numpy(image[np.newaxis]))
    return {name: made[0].numpy() for name, made in steps.items()}


def digit_reader(seed: int = 0) -> Trained:
    """Return a LeNet that has learned scikit-learn's digits; trained once, then found in the store.

    Parameters
    ----------
    seed : int, default 0
        Other seeds begin with other weights and see the images in another order.

    Returns
    -------
    Trained

    >>> digit_reader().history[-1].accuracy > 0.98
    True
    """
    weights, history = _digit_weights(seed)
    model = LeNet()
    model.load_state_dict({name: torch.from_numpy(values) for name, values in weights.items()})
    return Trained(model.eval(), history)


@cache  # where there is no store, once for each process at least
@stored
def _digit_weights(seed: int) -> tuple[dict[str, np.ndarray], list[Epoch]]:
    with one_thread():
        model, history = fit(DIGIT_READER, *digits(4), seed=seed)
    return {name: values.numpy() for name, values in model.state_dict().items()}, history

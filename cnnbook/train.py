"""One training loop, and the network that it teaches to read digits while the book is built."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 (torch's own short name)
from torch import Tensor, nn

from cnnbook.data import Labelled, digits
from cnnbook.models.lenet import LeNet
from cnnbook.store import stored


class Epoch(NamedTuple):
    """One pass over the training images.

    Parameters
    ----------
    loss : float
        Mean cross-entropy over the pass, in nats, measured while the network was learning.
    accuracy : float
        Share of the held-out images read correctly after the pass.
    """

    loss: float
    accuracy: float


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


@contextmanager
def one_thread() -> Iterator[None]:
    """Let torch use one thread, so that a sum is rounded in the same way on machines with more.

    >>> with one_thread():
    ...     torch.get_num_threads()
    1
    """
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


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
    """Build a network and teach it: AdamW on the cross-entropy, the learning rate rising and then falling.

    The same seed gives the same network, whatever was drawn before and however many threads there are. AdamW
    is Loshchilov and Hutter's (2019), the rate follows the one-cycle policy of Smith and Topin (2018).

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
    images, labels = (torch.from_numpy(part) for part in training)
    history = []
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = build()
        optimizer = torch.optim.AdamW(model.parameters(), lr=rate)
        steps = -(-len(labels) // batch)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, epochs=epochs, steps_per_epoch=steps)
        for _ in range(epochs):
            losses = []
            for rows in torch.randperm(len(labels)).split(batch):
                loss = F.cross_entropy(model(_moved(images[rows], shift)), labels[rows])
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                schedule.step()
                losses.append(loss.item() * len(rows))
            history.append(Epoch(sum(losses) / len(labels), accuracy(model, held_out)))
            model.train()
    return Trained(model.eval(), history)


def _moved(images: Tensor, most: int) -> Tensor:
    """Move a batch by a random number of pixels along both axes."""
    rows, columns = images.shape[-2:]
    top, left = torch.randint(2 * most + 1, (2,)).tolist()
    return F.pad(images, (most,) * 4)[..., top : top + rows, left : left + columns]


@one_thread()
def predict(model: nn.Module, images: np.ndarray) -> np.ndarray:
    """Return how probable the network finds each class, for each image.

    Parameters
    ----------
    model : Module
        It is left in evaluation mode.
    images : ndarray of shape (N, C, H, W), float32

    Returns
    -------
    ndarray of shape (N, classes)
        The softmax of the scores; each row sums to 1.

    >>> predict(LeNet(), digits(4)[1].images).shape
    (360, 10)
    """
    model.eval()
    with torch.inference_mode():
        parts = [model(part).softmax(1) for part in torch.from_numpy(images).split(1000)]
    return torch.cat(parts).numpy()


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


def accuracy(model: nn.Module, data: Labelled) -> float:
    """Return the share of images whose most probable class is their label.

    >>> 0 <= accuracy(LeNet(), digits(4)[1]) <= 1
    True
    """
    return float((predict(model, data.images).argmax(1) == data.labels).mean())


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
    # Batch, rate, epochs and shift were chosen on a fifth of the training part; the held-out part had no say.
    model, history = train(LeNet, *digits(4), epochs=20, batch=32, rate=6e-3, shift=2, seed=seed)
    return {name: values.numpy() for name, values in model.state_dict().items()}, history

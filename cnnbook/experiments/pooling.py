"""Section 2.6: how much of a pooled map changes when the picture moves, and what this does to networks."""

from collections.abc import Callable
from functools import cache, partial

import numpy as np
import torch
from torch import nn

from cnnbook.data import Labelled, load, photograph
from cnnbook.functional import avg_pool2d, conv2d, max_pool2d, pad
from cnnbook.kernels import sobel
from cnnbook.train import predict, train

SIDE = 64
MOVES = range(5)  # columns to the right
IMAGES = 6_000  # of MNIST's digits, to learn from
_MODES = {"ring": "circular", "zeros": "constant"}


@cache
def pictures() -> np.ndarray:
    """Cut both photographs into squares that do not overlap.

    Returns
    -------
    ndarray of shape (120, 64, 64)

    >>> pictures().shape
    (120, 64, 64)
    """
    rows, columns = 427 // SIDE, 640 // SIDE
    corners = [(SIDE * row, SIDE * column) for row, column in np.ndindex(rows, columns)]
    whole = [photograph(name) for name in ("china", "flower")]
    return np.stack([image[r : r + SIDE, c : c + SIDE] for image in whole for r, c in corners])


def move(maps: np.ndarray, by: int, border: str) -> np.ndarray:
    """Move maps to the right by some columns.

    Parameters
    ----------
    maps : ndarray of shape (..., H, W)
    by : int
        0 or more.
    border : str
        ``"ring"``: what leaves on the right comes back on the left; ``"zeros"``: zeros come instead.

    Returns
    -------
    ndarray of shape (..., H, W)

    >>> move(np.array([[1, 2, 3]]), 1, "ring").tolist(), move(np.array([[1, 2, 3]]), 1, "zeros").tolist()
    ([[3, 1, 2]], [[0, 1, 2]])
    """
    moved = np.roll(maps, by, axis=-1)
    if border == "zeros":
        moved[..., :by] = 0
    return moved


def _edges(images: np.ndarray, border: str, stride: int = 1) -> np.ndarray:
    kernel = sobel(axis=1)[np.newaxis, np.newaxis].astype(float)
    around = pad(images[:, np.newaxis], (1, 1, 1, 1), mode=_MODES[border])
    return conv2d(around, kernel, stride=stride)[:, 0]


# Images (N, H, W) and a border to maps (N, H / 2, W / 2): every one of them halves rows and columns.
LAYERS: dict[str, Callable[[np.ndarray, str], np.ndarray]] = {
    "first": lambda images, border: images[:, ::2, ::2],
    "max": lambda images, border: max_pool2d(images, 2),
    "average": lambda images, border: avg_pool2d(images, 2),
    "convolution": partial(_edges, stride=2),
    "both": lambda images, border: max_pool2d(_edges(images, border), 2),
}


def differences(layer: str, by: int, border: str = "ring") -> np.ndarray:
    """Subtract the old outputs, moved along by ``by // 2`` columns, from those of the moved `pictures`.

    Where zeros came in, there is no old output; those columns are left out.

    Parameters
    ----------
    layer : str
        One of `LAYERS`.
    by : int
        By how many columns the pictures move.
    border : str, default "ring"
        As in `move`; it is also what a convolution finds around the picture.

    Returns
    -------
    ndarray of shape (120, 32, Q)

    >>> bool(np.isclose(differences("max", 2), 0).all())
    True
    """
    halve = partial(LAYERS[layer], border=border)
    along = by // 2
    found = halve(move(pictures(), by, border)) - np.roll(halve(pictures()), along, axis=-1)
    return found[..., along:] if border == "zeros" else found


def changed(layer: str, by: int, border: str = "ring") -> np.ndarray:
    """Return for each picture the share of `differences` that are not zero.

    Returns
    -------
    ndarray of shape (120,)
    """
    return (~np.isclose(differences(layer, by, border), 0)).mean(axis=(1, 2))


def change(layer: str, by: int) -> np.ndarray:
    """Return for each picture the standard deviation of the `differences` over that of the outputs.

    The square root of 2 is what two unrelated pictures would give.

    Returns
    -------
    ndarray of shape (120,)
    """
    size = differences(layer, by).std(axis=(1, 2))
    return size / LAYERS[layer](pictures(), "ring").std(axis=(1, 2))


class FirstOfEach(nn.Module):
    """Keep the first of each 2 x 2 values: what a convolution with a stride of 2 does."""

    def forward(self, maps: torch.Tensor) -> torch.Tensor:
        """Turn (N, C, H, W) into (N, C, H / 2, W / 2)."""
        return maps[..., ::2, ::2]


POOLINGS: dict[str, Callable[[], nn.Module]] = {
    "max 2": lambda: nn.MaxPool2d(2),
    "max 3": lambda: nn.MaxPool2d(3, stride=2, padding=1),
    "average 2": lambda: nn.AvgPool2d(2),
    "first": FirstOfEach,
}


def pooling_reader(pooling: str) -> nn.Sequential:
    """Return a small network for images of 28 x 28 pixels; the same weights, whatever the pooling.

    Parameters
    ----------
    pooling : str
        One of `POOLINGS`, such as ``"max 3"``: the largest of 3 x 3, with a stride of 2.

    Returns
    -------
    Sequential
        From images (N, 1, 28, 28) to ten scores.

    >>> {sum(p.numel() for p in pooling_reader(pooling).parameters()) for pooling in POOLINGS}
    {20490}
    """
    return nn.Sequential(
        *(nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), POOLINGS[pooling]()),
        *(nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), POOLINGS[pooling]()),
        *(nn.Flatten(), nn.Linear(32 * 7**2, 10)),
    )


def pooled_digits(pooling: str, seed: int) -> dict[str, list[float]]:
    """Learn to read 6,000 of MNIST's digits, then read its test digits where they are and moved to the right.

    The learning rate was chosen on the digits that MNIST's `load` keeps for validation.

    Returns
    -------
    dict of str to list of float
        For each of `MOVES`: ``"right"``, the share read correctly, and ``"same"``, the share read like the
        digit that has not moved.
    """
    training, validation, test = load("mnist", side=28)
    few = Labelled(training.images[:IMAGES], training.labels[:IMAGES])
    model = train(lambda: pooling_reader(pooling), few, validation, epochs=4, rate=1e-2, seed=seed).model
    answers = [predict(model, move(test.images, by, "zeros")).argmax(axis=1) for by in MOVES]
    return {
        "right": [float((answer == test.labels).mean()) for answer in answers],
        "same": [float((answer == answers[0]).mean()) for answer in answers],
    }

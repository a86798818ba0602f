"""Chapter 3: three observations about images, each tried out where it holds and where it fails.

Every function trains one small network from one random start and returns which share of unseen images it gets
right. The images are scikit-learn's digits, or drawn here.
"""

import numpy as np
from torch import nn

from cnnbook.data import Labelled, digits, divide
from cnnbook.train import accuracy, train

KERNELS = 16


def window_network(kernel: int, *, forget: bool, columns: int = 8, ring: bool = False) -> nn.Sequential:
    """Return a network that looks at 8 rows of pixels through one square window.

    Parameters
    ----------
    kernel : int
        Rows and columns of the window.
    forget : bool
        Keep of each map its largest value alone, so that nothing is known of places; otherwise flatten it.
    columns : int, default 8
    ring : bool, default False
        Whether the image goes on at its other end, so that it has no border.

    Returns
    -------
    Sequential
        From images (N, 1, 8, `columns`) to ten scores.

    >>> import torch
    >>> window_network(3, forget=True)(torch.zeros(2, 1, 8, 8)).shape
    torch.Size([2, 10])
    """
    padding = [nn.CircularPad2d((0, kernel - 1, 0, kernel - 1))] if ring else []
    places = 8 * columns if ring else (9 - kernel) * (columns + 1 - kernel)
    pooling = [nn.AdaptiveMaxPool2d(1)] if forget else []
    last = nn.Linear(KERNELS if forget else KERNELS * places, 10)
    return nn.Sequential(*padding, nn.Conv2d(1, KERNELS, kernel), nn.ReLU(), *pooling, nn.Flatten(), last)


def dense_network(columns: int = 8) -> nn.Sequential:
    """Return a network of two fully connected layers, for images of 8 rows."""
    return nn.Sequential(nn.Flatten(), nn.Linear(8 * columns, 32), nn.ReLU(), nn.Linear(32, 10))


def _score(build, training: Labelled, held_out: Labelled, seed: int, epochs: int = 12) -> float:
    return train(build, training, held_out, epochs=epochs, rate=1e-2, seed=seed).history[-1].accuracy


def small_patterns(kernel: int, forget: bool, seed: int) -> float:
    """Read digits through a window of `kernel` x `kernel` pixels."""
    return _score(lambda: window_network(kernel, forget=forget), *digits(), seed)


def two_dots() -> tuple[Labelled, Labelled]:
    """Return images of two dots four columns apart: in the same row (0), or one two rows lower (1).

    Rows and columns go on at the other end. All 128 images, half of them for learning.

    >>> training, held_out = two_dots()
    >>> training.images.shape, int(held_out.images[0].sum())
    ((64, 1, 8, 8), 2)
    """
    images = np.zeros((2, 8, 8, 1, 8, 8), np.float32)
    for label, row, column in np.ndindex(2, 8, 8):
        images[label, row, column, 0, row, column] = 1
        images[label, row, column, 0, (row + 2 * label) % 8, (column + 4) % 8] = 1
    labels = np.repeat(np.arange(2), 64)
    return divide(Labelled(images.reshape(-1, 1, 8, 8), labels), 0.5)


def far_apart(kernel: int, seed: int) -> float:
    """Tell the images of `two_dots` apart through a window that forgets its place."""
    return _score(lambda: window_network(kernel, forget=True, ring=True), *two_dots(), seed, epochs=60)


def in_half(data: Labelled, right: bool) -> Labelled:
    """Put images of 8 x 8 pixels into the left or right half of 8 x 16.

    >>> in_half(digits()[1], right=True).images[0, 0, :, :8].max()
    np.float32(0.0)
    """
    empty = np.zeros_like(data.images)
    parts = (empty, data.images) if right else (data.images, empty)
    return Labelled(np.concatenate(parts, axis=3), data.labels)


def wide_network(kind: str) -> nn.Sequential:
    """Return a network for 8 x 16 pixels: ``"dense"``, ``"flatten"`` or ``"forget"``."""
    if kind == "dense":
        return dense_network(columns=16)
    return window_network(5, forget=kind == "forget", columns=16, ring=True)


def moved(kind: str, seed: int) -> tuple[float, float]:
    """Learn digits in the left half; read unseen digits in the left half, and in the right one."""
    training, held_out = digits()
    model = train(
        lambda: wide_network(kind),
        in_half(training, right=False),
        in_half(held_out, right=False),
        epochs=12,
        rate=1e-2,
        seed=seed,
    ).model
    return accuracy(model, in_half(held_out, right=False)), accuracy(model, in_half(held_out, right=True))


def which_half(kind: str, seed: int) -> float:
    """Say in which half a digit stands, for unseen digits; every digit is shown in both."""
    parts = []
    for part in digits():
        left, right = in_half(part, right=False), in_half(part, right=True)
        answers = np.repeat(np.arange(2), len(part.labels))
        parts.append(Labelled(np.concatenate([left.images, right.images]), answers))
    return _score(lambda: wide_network(kind), *parts, seed, epochs=3)


def subsample(images: np.ndarray, factor: int, how: str) -> np.ndarray:
    """Keep one value of each `factor` x `factor` block: the ``"mean"``, or the ``"first"``.

    >>> subsample(np.arange(16.0).reshape(1, 1, 4, 4), 2, "mean")[0, 0].tolist()
    [[2.5, 4.5], [10.5, 12.5]]
    """
    if how == "first":
        return images[..., ::factor, ::factor]
    rows, columns = images.shape[-2:]
    blocks = images.reshape(*images.shape[:-2], rows // factor, factor, columns // factor, factor)
    return blocks.mean(axis=(-3, -1), dtype=images.dtype)


def smaller_digits(factor: int, how: str, seed: int) -> float:
    """Read digits of which only one value in `factor` x `factor` is left."""
    parts = [Labelled(subsample(part.images, factor, how), part.labels) for part in digits()]
    pixels = (8 // factor) ** 2

    def build() -> nn.Sequential:
        return nn.Sequential(nn.Flatten(), nn.Linear(pixels, 64), nn.ReLU(), nn.Linear(64, 10))

    return _score(build, *parts, seed)


def stripes() -> tuple[Labelled, Labelled]:
    """Return images of fine stripes, upright (0) or level (1), with random contrast and brightness.

    >>> stripes()[0].images[0, 0, 0, :4].shape
    (4,)
    """
    rng = np.random.default_rng(0)
    labels = np.repeat(np.arange(2), 200)
    wave = np.where(np.arange(8) % 2, 1.0, -1.0)
    upright = np.broadcast_to(wave, (8, 8))
    contrast = rng.uniform(0.2, 0.5, (400, 1, 1)) * rng.choice([-1, 1], (400, 1, 1))
    images = 0.5 + contrast * np.where(labels[:, None, None] == 0, upright, upright.T)
    return divide(Labelled(images[:, np.newaxis].astype(np.float32), labels), 0.5)


def first_look(look_first: bool, seed: int) -> float:
    """Tell `stripes` apart: a convolution and then 2 x 2 means, or 2 x 2 means and then a convolution."""
    pooling = nn.AvgPool2d(2)

    def build() -> nn.Sequential:
        look = [nn.Conv2d(1, 8, 2), nn.ReLU()]
        steps = [*look, pooling] if look_first else [pooling, *look]
        return nn.Sequential(*steps, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 2))

    return _score(build, *stripes(), seed, epochs=20)

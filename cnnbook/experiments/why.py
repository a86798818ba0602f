"""Chapter 3: three observations about images, each tried out where it holds and where it fails.

Every function trains one small network from one random start and returns which share of unseen images it gets
right. The images are scikit-learn's digits, or drawn here.
"""

from collections.abc import Sequence

import numpy as np
from torch import nn

from cnnbook.data import Labelled, digits, divide, load
from cnnbook.models.three_ways import LocalLayer
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


def at_column(data: Labelled, column: int) -> Labelled:
    """Put images of 8 x 8 pixels on an empty strip of 8 x 16, their left edge at a column from 0 to 8.

    >>> at_column(digits()[1], 8).images[0, 0, :, :8].max()
    np.float32(0.0)
    """
    strip = np.zeros((len(data.labels), 1, 8, 16), np.float32)
    strip[..., column : column + 8] = data.images
    return Labelled(strip, data.labels)


def wide_network(kind: str) -> nn.Sequential:
    """Return a network for strips of 8 x 16 pixels, whose ends meet.

    Parameters
    ----------
    kind : str
        ``"dense"``; ``"local"`` (windows, each with weights of its own); ``"flatten"`` (weights shared by all
        windows, the map read place by place); ``"forget"`` (the same, of each map only the largest value).

    Returns
    -------
    Sequential
        From images (N, 1, 8, 16) to ten scores.
    """
    if kind == "dense":
        return dense_network(columns=16)
    if kind == "local":
        first = LocalLayer(1, KERNELS, 8, 16, 5)
        return nn.Sequential(first, nn.ReLU(), nn.Flatten(), nn.Linear(KERNELS * 128, 10))
    return window_network(5, forget=kind == "forget", columns=16, ring=True)


def moved(kind: str, seed: int, columns: Sequence[int] = (0,)) -> list[float]:
    """Learn digits at some columns of the strip; read unseen digits at each column from 0 to 8."""
    training, held_out = digits()
    shown = [at_column(training, column) for column in columns]
    together = Labelled(*map(np.concatenate, zip(*shown, strict=True)))
    model = train(
        lambda: wide_network(kind), together, at_column(held_out, 0), epochs=12, rate=1e-2, seed=seed
    ).model
    return [accuracy(model, at_column(held_out, column)) for column in range(9)]


def which_half(kind: str, seed: int) -> float:
    """Say in which half of the strip a digit stands, for unseen digits; every digit is shown in both.

    Parameters
    ----------
    kind : str
        One of `wide_network`; or ``"black frame"`` or ``"white frame"``: of each map only the largest value,
        but the strip ends, with zeros around it. Zero is the ink of a black frame, the paper of a white one.
    seed : int
    """
    parts = []
    for part in digits():
        left, right = at_column(part, 0), at_column(part, 8)
        strips = np.concatenate([left.images, right.images])
        if kind == "black frame":
            strips = 1 - strips
        parts.append(Labelled(strips, np.repeat(np.arange(2), len(part.labels))))

    def build() -> nn.Sequential:
        if not kind.endswith("frame"):
            return wide_network(kind)
        look = nn.Conv2d(1, KERNELS, 5, padding=2)
        return nn.Sequential(look, nn.ReLU(), nn.AdaptiveMaxPool2d(1), nn.Flatten(), nn.Linear(KERNELS, 10))

    return _score(build, *parts, seed, epochs=3)


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


def size_reader(side: int) -> nn.Sequential:
    """Return a small network for images of `side` x `side` pixels: two convolutions, one dense layer.

    >>> [sum(p.numel() for p in size_reader(side).parameters()) for side in (28, 7)]
    [126698, 9098]
    """
    return nn.Sequential(
        nn.Conv2d(1, 8, 3, padding=1),
        nn.ReLU(),
        nn.Conv2d(8, 16, 3, padding=1),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(16 * side**2, 10),
    )


def smaller_digits(factor: int, how: str, seed: int) -> float:
    """Read MNIST digits of which one value in `factor` x `factor` is left; 6,000 images to learn from."""
    training, _, test = load("mnist", side=28)
    few = Labelled(training.images[:6000], training.labels[:6000])
    parts = [Labelled(subsample(part.images, factor, how), part.labels) for part in (few, test)]
    return _score(lambda: size_reader(28 // factor), *parts, seed, epochs=4)


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

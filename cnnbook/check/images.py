"""Exercises of section 2.3, kernels on images."""

from collections.abc import Iterator

import numpy as np

from cnnbook.check import exercise
from cnnbook.convolution import correlate
from cnnbook.i18n import _


def _images() -> Iterator[tuple[np.ndarray]]:
    yield (np.array([[1, 2, 3]]),)
    yield (np.array([[1, 2], [3, 4]]),)
    rng = np.random.default_rng(0)
    for rows, columns in ((1, 1), (3, 5), (5, 3), (8, 8)):
        yield (rng.integers(-9, 10, (rows, columns)),)


def _shift_right(image: np.ndarray) -> np.ndarray:
    return shift_left(image[:, ::-1])[:, ::-1]


def _roll(image: np.ndarray) -> np.ndarray:
    return np.roll(image, -1, axis=1)


def _short(image: np.ndarray) -> np.ndarray:
    return image[:, 1:]


@exercise(
    "2.3.2",
    _images,
    {
        _("Your picture moves to the right: is the kernel flipped where it should not be?"): _shift_right,
        _("What leaves on the left must not come back on the right: beyond the border there is zero."): _roll,
        _("The output has as many columns as the image: zeros come in from the right."): _short,
    },
)
def shift_left(image: np.ndarray) -> np.ndarray:
    """Cross-correlate with a kernel whose one weight is right of its middle, zeros around the image."""
    return correlate(image, np.array([[0, 0, 0], [0, 0, 1], [0, 0, 0]]), mode="same")

"""Exercises of section 2.8, convolution versus fully connected."""

from collections.abc import Iterator

import numpy as np

from cnnbook.check import exercise
from cnnbook.functional import conv2d
from cnnbook.i18n import _
from cnnbook.wiring import as_matrix


def _kernels() -> Iterator[tuple[np.ndarray, int, int]]:
    yield np.array([[1, 2]]), 1, 3
    yield np.array([[1], [2]]), 3, 1
    yield np.array([[1, 2], [3, 4]]), 3, 3
    rng = np.random.default_rng(0)
    for shape, rows, columns in (((3, 3), 4, 6), ((2, 3), 5, 4), ((5, 5), 5, 5), ((1, 1), 3, 2)):
        yield rng.integers(-9, 10, shape), rows, columns


def _flipped(kernel: np.ndarray, rows: int, columns: int) -> np.ndarray:
    return dense_weights(np.flip(kernel), rows, columns)


def _transposed(kernel: np.ndarray, rows: int, columns: int) -> np.ndarray:
    return dense_weights(kernel, rows, columns).T


@exercise(
    "2.8.2",
    _kernels,
    {
        _("Do not flip the kernel: a layer lays it on as it is printed."): _flipped,
        _("Outputs are the rows of the matrix, inputs its columns."): _transposed,
    },
)
def dense_weights(kernel: np.ndarray, rows: int, columns: int) -> np.ndarray:
    """Return the matrix of the dense layer that does what the kernel does to one channel."""
    weight = np.asarray(kernel, float)[np.newaxis, np.newaxis]
    return as_matrix(lambda image: conv2d(image, weight), (1, rows, columns))

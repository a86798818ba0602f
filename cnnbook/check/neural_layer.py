"""Exercises of section 2.4, convolution as a layer."""

from collections.abc import Iterator

import numpy as np

from cnnbook.check import exercise
from cnnbook.i18n import _


def _kernels() -> Iterator[tuple[list[int], int]]:
    yield [2], 3
    yield [1, 2], 3
    yield [1, 2, 3], 3
    yield [-1, 0, 1], 6
    yield [3, 1, 4, 1, 5], 8


def _flipped(kernel: list[int], length: int) -> np.ndarray:
    return layer_matrix(kernel[::-1], length)


def _turned(kernel: list[int], length: int) -> np.ndarray:
    return layer_matrix(kernel, length).T


def _rows_of_zeros(kernel: list[int], length: int) -> np.ndarray:
    return np.vstack([layer_matrix(kernel, length), np.zeros((len(kernel) - 1, length))])


@exercise(
    "2.4.2",
    _kernels,
    {
        _("Your kernel lies the other way round: a layer does not flip."): _flipped,
        _("Rows and columns are exchanged: an output is a row, an input a column."): _turned,
        _("There are more rows than places where the whole kernel fits."): _rows_of_zeros,
    },
)
def layer_matrix(kernel: list[int], length: int) -> np.ndarray:
    """Return the matrix by which a layer with this kernel multiplies `length` numbers."""
    matrix = np.zeros((length - len(kernel) + 1, length))
    for p, row in enumerate(matrix):
        row[p : p + len(kernel)] = kernel
    return matrix

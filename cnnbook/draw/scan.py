"""A kernel's walk over an input, step by step: input, kernel and output side by side, each with its name."""

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from cnnbook.draw.grid import Cell, draw_grid, draw_window, write
from cnnbook.draw.style import BLUE, FAINT, GREEN, ORANGE, SOFT_BLUE, SOFT_GREEN, SOFT_ORANGE

_GAP = 1  # cells between two grids
_ABOVE = 1  # cells for the titles
_BELOW = 1.3  # cells for the note


def scan_size(image: Cell, kernel: Cell, output: Cell, margin: Cell = (0, 0)) -> tuple[float, float]:
    """Return how many rows and columns `draw_scan` needs on a sheet, from the shapes of its three grids.

    >>> scan_size((3, 3), (2, 2), (2, 2))
    (5.3, 10)
    """
    rows = max(image[0] + 2 * margin[0], kernel[0], output[0])
    return _ABOVE + rows + _BELOW, image[1] + 2 * margin[1] + kernel[1] + output[1] + 3 * _GAP


def draw_scan(
    ax: Axes,
    image: ArrayLike,
    kernel: ArrayLike,
    output: ArrayLike,
    place: Cell,
    *,
    titles: tuple[str, str, str],
    margin: Cell = (0, 0),
    stride: Cell = (1, 1),
    note: str = "",
) -> None:
    """Draw one step: the input with the kernel's window, the kernel, and the output as far as it has come.

    Parameters
    ----------
    ax : Axes
        A sheet of `scan_size`.
    image : array_like of shape (H, W)
        The input, in blue.
    kernel : array_like of shape (R, S)
        As it is laid upon the input, in orange: for a convolution the caller has flipped it.
    output : array_like of shape (P, Q)
        The result, in green; what comes after `place` in reading order stays empty.
    place : (int, int)
        Row and column of the output value that is being made.
    titles : (str, str, str)
        Of input, kernel and output. A picture without them gets read backwards.
    margin : (int, int), default (0, 0)
        Rows above and below the input, and columns on either side, that hold zeros.
    stride : (int, int), default (1, 1)
        Cells from one window to the next.
    note : str, default ""
        Written below, such as the products and their sum.

    >>> from cnnbook.draw.grid import sheet
    >>> image, kernel, output = [[1, 2], [3, 4]], [[1, 1]], [[3], [7]]
    >>> figure, ax = sheet(*scan_size((2, 2), (1, 2), (2, 1)))
    >>> draw_scan(ax, image, kernel, output, (0, 0), titles=("input", "kernel", "output"), note="1 + 2 = 3")
    >>> " ".join(text.get_text() for text in ax.texts)
    '1 2 3 4 input 1 1 kernel 3 output 1 + 2 = 3'
    """
    image, kernel, output = (np.asarray(part, dtype=object) for part in (image, kernel, output))
    padded = np.pad(image, [(m, m) for m in margin], constant_values=0)
    rows, columns = scan_size(image.shape, kernel.shape, output.shape, margin)
    corners, left = [], _GAP / 2
    for grid in (padded, kernel, output):
        corners.append((_ABOVE + (rows - _ABOVE - _BELOW - grid.shape[0]) / 2, left))
        left += grid.shape[1] + _GAP
    corner = place[0] * stride[0], place[1] * stride[1]
    zeros = {cell: FAINT for cell in np.ndindex(padded.shape) if not _within(cell, margin, image.shape)}
    covered = {(corner[0] + r, corner[1] + s): SOFT_ORANGE for r, s in np.ndindex(kernel.shape)}
    draw_grid(ax, padded, at=corners[0], title=titles[0], color=BLUE, face=SOFT_BLUE, lit=zeros | covered)
    draw_window(ax, _moved(corners[0], corner), kernel.shape)
    draw_grid(ax, kernel, at=corners[1], title=titles[1], color=ORANGE, face=SOFT_ORANGE)
    done = [["" if (p, q) > place else value for q, value in enumerate(row)] for p, row in enumerate(output)]
    draw_grid(ax, done, at=corners[2], title=titles[2], color=GREEN, lit={place: SOFT_GREEN})
    draw_window(ax, _moved(corners[2], place), (1, 1), color=GREEN)
    write(ax, rows - _BELOW / 2, columns / 2, note)


def _within(cell: Cell, margin: Cell, shape: tuple[int, ...]) -> bool:
    return all(m <= i < m + n for i, m, n in zip(cell, margin, shape, strict=True))


def _moved(corner: tuple[float, float], by: Cell) -> tuple[float, float]:
    return corner[0] + by[0], corner[1] + by[1]

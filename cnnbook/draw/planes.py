"""Arrays with channels, as sheets one behind the other: images, kernels and maps at their true depth."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from cnnbook.draw.grid import Cell, write
from cnnbook.draw.style import INK, PAPER

__all__ = ["draw_planes", "planes_size"]

Shape = tuple[int, int, int]

_LETTERS = 13  # points
_STEP = 0.7  # cells from one sheet to the next, to the right and up


def planes_size(shape: Shape, step: float = _STEP) -> tuple[float, float]:
    """Return how many rows and columns of a sheet `draw_planes` covers, without the title.

    Parameters
    ----------
    shape : (int, int, int)
        Channels, rows and columns.
    step : float, default 0.7

    >>> planes_size((3, 4, 5), step=0.5)
    (5.0, 6.0)
    """
    channels, rows, columns = shape
    return rows + step * (channels - 1), columns + step * (channels - 1)


def draw_planes(
    ax: Axes,
    shape: Shape,
    *,
    at: tuple[float, float] = (0, 0),
    color: str = INK,
    faces: Sequence[str] = (PAPER,),
    lit: Sequence[Cell] = (),
    lit_face: str | None = None,
    title: str = "",
    step: float = _STEP,
) -> None:
    """Draw channels as sheets of cells, channel 0 in front, each next one a step to the right and up.

    Parameters
    ----------
    ax : Axes
        A sheet, as `cnnbook.draw.grid.sheet` makes it.
    shape : (int, int, int)
        Channels, rows and columns.
    at : (float, float), default (0, 0)
        Row and column of the upper left corner of the whole, the sheets behind included.
    color : Matplotlib color, default INK
        Of the lines and the title.
    faces : sequence of Matplotlib color, default (PAPER,)
        Of the channels, from the front; used again from the start where there are more channels.
    lit : sequence of (int, int), default ()
        Row and column of cells that are coloured through all channels.
    lit_face : Matplotlib color, optional
        Their colour; by default `color`.
    title : str, default ""
        Written below.
    step : float, default 0.7
        Cells from one sheet to the next.

    Raises
    ------
    ValueError
        If `shape` is not three positive numbers.

    >>> from cnnbook.draw.grid import sheet
    >>> figure, ax = sheet(6, 6)
    >>> draw_planes(ax, (3, 2, 2), title="kernel")
    >>> len(ax.patches), ax.texts[0].get_text()
    (6, 'kernel')
    """
    if len(shape) != 3 or min(shape) < 1:
        raise ValueError(f"draw_planes: shape is {shape}, expected (channels, rows, columns) from 1 upwards")
    channels, rows, columns = shape
    height = rows + step * (channels - 1)
    for channel in reversed(range(channels)):
        corner = (at[0] + height - rows - step * channel, at[1] + step * channel)
        order = 10 + 3 * (channels - channel)  # what lies in front is drawn later
        _draw_sheet(ax, corner, (rows, columns), color, faces[channel % len(faces)], order)
        for row, column in lit:
            place = (corner[1] + column, corner[0] + row)
            ax.add_patch(
                Rectangle(place, 1, 1, facecolor=lit_face or color, edgecolor=color, zorder=order + 2)
            )
    write(ax, at[0] + height + 0.75, at[1] + columns / 2, title, size=_LETTERS, color=color)


def _draw_sheet(ax: Axes, corner, shape: Cell, color: str, face: str, order: int) -> None:
    (top, left), (rows, columns) = corner, shape
    ax.add_patch(Rectangle((left, top), columns, rows, facecolor=face, edgecolor="none", zorder=order))
    across = [[(left, top + row), (left + columns, top + row)] for row in np.arange(rows + 1)]
    down = [[(left + column, top), (left + column, top + rows)] for column in np.arange(columns + 1)]
    lines = Path.make_compound_path(*(Path(line) for line in across + down))
    style = {"fill": False, "edgecolor": color, "linewidth": 0.9, "capstyle": "projecting"}
    ax.add_patch(PathPatch(lines, zorder=order + 1, **style))

"""Grids of numbers.

A sheet is an axes measured in cells, row 0 at the top: every grid on it has cells of the same size, so that
input, kernel and output can be compared by eye. Nothing is remembered between calls; an animation wipes the
sheet and draws the next frame.
"""

from collections.abc import Mapping, Sequence
from numbers import Real

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Colormap, Normalize
from matplotlib.figure import Figure
from matplotlib.layout_engine import PlaceHolderLayoutEngine
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from numpy.typing import ArrayLike

from cnnbook.draw.style import INK, ORANGE, PAPER, text_on

Cell = tuple[int, int]

_LETTER = 0.46  # height of a number, in cells
_LARGEST = 17  # points


def sheet(rows: float, columns: float, *, width: float = 6.4) -> tuple[Figure, Axes]:
    """Make a figure that is one sheet of square cells, without axis lines.

    Parameters
    ----------
    rows, columns : float
        Size of the sheet in cells, room for titles and gaps included.
    width : float, default 6.4
        Inches; the height follows.

    Returns
    -------
    Figure, Axes
        The axes runs from 0 to `columns` rightwards and from 0 to `rows` downwards.

    >>> figure, ax = sheet(3, 6)
    >>> figure.get_size_inches().round(1).tolist(), [float(end) for end in ax.get_ylim()]
    ([6.4, 3.2], [3.0, 0.0])
    >>> plt.close(figure)
    """
    by_hand = PlaceHolderLayoutEngine(adjust_compatible=True, colorbar_gridspec=True)
    figure = plt.figure(figsize=(width, width * rows / columns), layout=by_hand)
    ax = figure.add_axes((0, 0, 1, 1))
    _rule(ax, (0, columns), (rows, 0))
    return figure, ax


def wipe(ax: Axes) -> Axes:
    """Take everything off a sheet and leave its size, for the next frame of an animation.

    >>> figure, ax = sheet(2, 4)
    >>> draw_grid(ax, [[1, 2]])
    >>> len(wipe(ax).texts), float(ax.get_xlim()[1])
    (0, 4.0)
    >>> plt.close(figure)
    """
    x, y = ax.get_xlim(), ax.get_ylim()
    ax.clear()
    _rule(ax, x, y)
    return ax


def draw_grid(
    ax: Axes,
    values: ArrayLike,
    *,
    at: tuple[float, float] = (0, 0),
    title: str = "",
    row_names: Sequence = (),
    column_names: Sequence = (),
    color: str = INK,
    face: str = PAPER,
    lit: Mapping[Cell, str] | None = None,
    cmap: Colormap | None = None,
    limits: tuple[float, float] | None = None,
    size: float | None = None,
) -> None:
    """Draw a table of numbers or words as a grid of square cells.

    Parameters
    ----------
    ax : Axes
        A sheet, or any axes whose unit is one cell and whose rows run downwards.
    values : array_like of shape (rows, columns)
        Numbers or texts; ``""`` and None leave a cell empty. Floats are written as ``format(value, "g")``.
    at : (float, float), default (0, 0)
        Row and column of the upper left corner on the sheet.
    title : str, default ""
        Written above the grid, in `color`.
    row_names, column_names : sequence, optional
        Written to the left of the rows and above the columns.
    color : Matplotlib color, default INK
        Of the lines, the names and the title.
    face : Matplotlib color, default PAPER
        Of the cells.
    lit : mapping of (row, column) to Matplotlib color, optional
        Cells with a colour of their own.
    cmap : Colormap, optional
        Colour the cells by their values instead; the numbers turn black or white to stay legible.
    limits : (float, float), optional
        The values at the ends of `cmap`. Needed with it: a colour means nothing without its scale.
    size : float, optional
        Of the numbers, in points; by default as large as the cells allow.

    Raises
    ------
    ValueError
        If `values` is not a table, or only one of `cmap` and `limits` is given.

    >>> figure, ax = sheet(3, 4)
    >>> draw_grid(ax, [[1, -2], [0.5, ""]], at=(1, 1), title="kernel", lit={(0, 1): ORANGE})
    >>> [text.get_text() for text in ax.texts]
    ['1', '−2', '0.5', 'kernel']
    >>> plt.close(figure)
    """
    table = np.asarray(values, dtype=object)
    if table.ndim != 2:
        raise ValueError(f"draw_grid: values has shape {table.shape}, expected two axes, rows and columns")
    if (cmap is None) != (limits is None):
        raise ValueError(f"draw_grid: got cmap {cmap!r} and limits {limits!r}, expected both or neither")
    top, left = at
    faces = dict(lit or {})
    if cmap is not None:
        scale = Normalize(*limits)
        faces = {cell: cmap(scale(float(table[cell]))) for cell in np.ndindex(table.shape)} | faces
    size = size or _fitting(ax)
    _draw_cells(ax, table.shape, at, faces, color, face)
    for (row, column), value in np.ndenumerate(table):
        ink = text_on(faces[row, column]) if cmap is not None else INK
        write(ax, top + row + 0.5, left + column + 0.5, _written(value), size=size, color=ink)
    for row, name in enumerate(row_names):
        write(ax, top + row + 0.5, left - 0.3, _written(name), size=size, color=color, ha="right")
    for column, name in enumerate(column_names):
        write(ax, top - 0.45, left + column + 0.5, _written(name), size=size, color=color)
    above = 1.35 if len(column_names) else 0.5
    write(ax, top - above, left + table.shape[1] / 2, title, size=size, color=color)


def draw_window(ax: Axes, at: tuple[float, float], shape: tuple[int, int], *, color: str = ORANGE) -> None:
    """Draw a thick frame round a block of cells.

    Parameters
    ----------
    ax : Axes
    at : (float, float)
        Row and column of the upper left corner on the sheet.
    shape : (int, int)
        Rows and columns of the block.
    color : Matplotlib color, default ORANGE

    >>> figure, ax = sheet(3, 4)
    >>> draw_window(ax, (1, 2), (2, 2))
    >>> ax.patches[-1].get_xy()
    (2, 1)
    >>> plt.close(figure)
    """
    (top, left), (rows, columns) = at, shape
    ax.add_patch(Rectangle((left, top), columns, rows, fill=False, edgecolor=color, linewidth=3.5, zorder=4))


def write(
    ax: Axes, row: float, column: float, text: str, *, size: float | None = None, color: str = INK, **kwargs
) -> None:
    """Write a text centred upon a point of a sheet.

    Parameters
    ----------
    ax : Axes
    row, column : float
        The text's middle, in cells.
    text : str
        Nothing is written for an empty one.
    size : float, optional
        In points; by default that of the numbers in the cells.
    color : Matplotlib color, default INK
    **kwargs
        Passed on to `matplotlib.axes.Axes.text`.

    >>> figure, ax = sheet(2, 4)
    >>> write(ax, 1, 2, "=")
    >>> ax.texts[0].get_position()
    (2, 1)
    >>> plt.close(figure)
    """
    if not text:
        return
    style = {"ha": "center", "va": "center", "zorder": 5} | kwargs
    ax.text(column, row, text, fontsize=size or _fitting(ax), color=color, **style)


def _draw_cells(ax, shape, at, faces, color, face) -> None:
    """Two patches for a whole plain grid: an animation writes them again in every frame."""
    (rows, columns), (top, left) = shape, at
    ax.add_patch(Rectangle((left, top), columns, rows, facecolor=face, edgecolor="none"))
    for (row, column), own in faces.items():
        ax.add_patch(Rectangle((left + column, top + row), 1, 1, facecolor=own, edgecolor="none", zorder=2))
    across = [[(left, top + row), (left + columns, top + row)] for row in range(rows + 1)]
    down = [[(left + column, top), (left + column, top + rows)] for column in range(columns + 1)]
    lines = Path.make_compound_path(*(Path(line) for line in across + down))
    ax.add_patch(PathPatch(lines, fill=False, edgecolor=color, linewidth=1, zorder=3, capstyle="projecting"))


def _written(value) -> str:
    """Return a value as a reader writes it: a true minus sign, nothing for nothing."""
    if value is None:
        return ""
    text = format(value, "g") if isinstance(value, float | np.floating) else str(value)
    return text.replace("-", "−") if isinstance(value, Real) else text


def _fitting(ax: Axes) -> float:
    """Return the size in points of a number that fits a cell."""
    start, end = ax.transData.transform([(0, 0), (1, 0)])
    return min(_LARGEST, _LETTER * abs(end[0] - start[0]) * 72 / ax.figure.dpi)


def _rule(ax: Axes, x: tuple[float, float], y: tuple[float, float]) -> None:
    ax.set(xlim=x, ylim=y, aspect="equal")
    ax.axis("off")

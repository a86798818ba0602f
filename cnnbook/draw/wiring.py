"""How a layer is wired: a line for each weight, and equal weights in one colour, one dash and one letter."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle
from numpy.typing import ArrayLike

from cnnbook.draw.grid import draw_grid, write
from cnnbook.draw.style import (
    BLUE,
    FAINT,
    GREEN,
    INK,
    MUTED,
    ORANGE,
    PAPER,
    PURPLE,
    SOFT_BLUE,
    SOFT_GREEN,
    SOFT_ORANGE,
    SOFT_PURPLE,
)

__all__ = ["SHARED", "Look", "draw_weight_table", "draw_wiring"]

_RADIUS = 0.38  # of a unit's circle, in cells
_LETTER = 0.3  # where on its line a weight's letter stands, counted from the output


class Look(NamedTuple):
    """How one weight looks wherever it occurs; without colours, the dashes still tell the weights apart."""

    color: str
    face: str
    dashes: str | tuple = "-"


SHARED = (
    Look(ORANGE, SOFT_ORANGE),
    Look(PURPLE, SOFT_PURPLE, (0, (5, 1.5))),
    Look(INK, FAINT, (0, (1.2, 1.2))),
)


def draw_wiring(
    ax: Axes,
    weights: ArrayLike,
    *,
    at: tuple[float, float] = (0, 0),
    drop: float = 3,
    inputs: Sequence = (),
    outputs: Sequence = (),
    looks: Mapping[str, Look] | None = None,
    removed: bool = False,
) -> None:
    """Draw a layer as circles and lines: its inputs in a row, below them its outputs, a line for each weight.

    Parameters
    ----------
    ax : Axes
        A sheet, as `cnnbook.draw.grid.sheet` makes it. The drawing takes as many columns as the longer row,
        and ``drop + 1`` rows.
    weights : array_like of shape (outputs, inputs)
        The name of each line's weight. ``""`` is no line.
    at : (float, float), default (0, 0)
        Row and column of the upper left corner on the sheet.
    drop : float, default 3
        Rows from the inputs down to the outputs.
    inputs, outputs : sequence, optional
        What is written into the circles.
    looks : mapping of str to Look, optional
        The weights that are told apart. Their letters stand on the lines; other lines are thin and grey.
    removed : bool, default False
        Also draw, very faintly, the lines that are not there.

    Raises
    ------
    ValueError
        If `weights` is not a table, or the texts are not one for each circle.

    >>> from cnnbook.draw.grid import sheet
    >>> figure, ax = sheet(4, 3)
    >>> draw_wiring(ax, [["a", "b", ""], ["", "a", "b"]], looks=dict(zip("ab", SHARED)))
    >>> len(ax.lines), " ".join(text.get_text() for text in ax.texts)
    (4, 'a b a b')
    """
    table = _table("draw_wiring", weights)
    rows, columns = table.shape
    for name, texts, count in (("inputs", inputs, columns), ("outputs", outputs, rows)):
        if len(texts) not in (0, count):
            raise ValueError(f"draw_wiring: {name} has {len(texts)} texts, expected {count} or none")
    top, left = at[0] + 0.5, at[1] + max(rows, columns) / 2
    above = [(top, left + place - (columns - 1) / 2) for place in range(columns)]
    below = [(top + drop, left + place - (rows - 1) / 2) for place in range(rows)]
    for (output, source), name in np.ndenumerate(table):
        if name or removed:
            _draw_line(ax, above[source], below[output], str(name), (looks or {}).get(str(name)))
    _draw_units(ax, above, inputs, BLUE, SOFT_BLUE)
    _draw_units(ax, below, outputs, GREEN, SOFT_GREEN)


def draw_weight_table(
    ax: Axes, weights: ArrayLike, *, looks: Mapping[str, Look] | None = None, **options
) -> None:
    """Draw the matrix of a layer, one row an output and one column an input, in the colours of its wiring.

    Parameters
    ----------
    ax : Axes
        A sheet.
    weights : array_like of shape (outputs, inputs)
        As for `draw_wiring`; a cell without a weight shows a faint 0.
    looks : mapping of str to Look, optional
        As for `draw_wiring`.
    **options
        Passed on to `cnnbook.draw.grid.draw_grid`, such as `at` and `title`.

    Raises
    ------
    ValueError
        If `weights` is not a table.

    >>> from cnnbook.draw.grid import sheet
    >>> figure, ax = sheet(3, 3)
    >>> draw_weight_table(ax, [["a", "b", ""], ["", "a", "b"]], looks=dict(zip("ab", SHARED)))
    >>> " ".join(text.get_text() for text in ax.texts)
    'a b a b 0 0'
    """
    table = _table("draw_weight_table", weights)
    looks = looks or {}
    lit = {cell: looks[str(name)].face for cell, name in np.ndenumerate(table) if str(name) in looks}
    draw_grid(ax, table, lit=lit, **options)
    top, left = options.get("at", (0, 0))
    for (row, column), name in np.ndenumerate(table):
        if not name:
            write(ax, top + row + 0.5, left + column + 0.5, "0", color=MUTED, size=options.get("size"))


def _table(function: str, weights: ArrayLike) -> np.ndarray:
    table = np.asarray(weights, dtype=object)
    if table.ndim != 2:
        raise ValueError(f"{function}: weights has shape {table.shape}, expected (outputs, inputs)")
    return table


def _draw_line(ax: Axes, start, end, name: str, look: Look | None) -> None:
    (y0, x0), (y1, x1) = start, end
    if look is None:
        ax.plot([x0, x1], [y0, y1], color=MUTED if name else FAINT, linewidth=0.9, zorder=2 if name else 1)
        return
    ax.plot([x0, x1], [y0, y1], color=look.color, linewidth=2.4, linestyle=look.dashes, zorder=3)
    there = y1 + _LETTER * (y0 - y1), x1 + _LETTER * (x0 - x1)
    ground = {"facecolor": PAPER, "edgecolor": "none", "boxstyle": "circle,pad=0.08"}
    write(ax, *there, name, color=look.color, size=12, bbox=ground)


def _draw_units(ax: Axes, places, texts: Sequence, color: str, face: str) -> None:
    for number, (row, column) in enumerate(places):
        circle = Circle((column, row), _RADIUS, facecolor=face, edgecolor=color, linewidth=1.5, zorder=4)
        ax.add_patch(circle)
        if len(texts):
            write(ax, row, column, str(texts[number]).replace("-", "−"), size=13, zorder=6)

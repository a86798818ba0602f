"""What every layer of a small network makes of an image, in numbers, from top to bottom."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from cnnbook.draw.grid import draw_grid, sheet, write
from cnnbook.draw.network import Stage
from cnnbook.draw.style import SIGNED

_TITLE = 1.0  # cells for a line of text
_GAP = 0.7  # cells below a stage
_APART = 1.0  # cells between two maps


def draw_numbers(stages: Sequence[Stage], *, width: float = 5.0) -> Figure:
    """Draw the maps of each stage as grids of numbers, stage under stage, all cells of one size.

    Parameters
    ----------
    stages : sequence of Stage
        Whole numbers of up to two digits are legible. A stage has one scale of colours: `SIGNED` runs as far
        below zero as above it, any other map from zero to the largest value.
    width : float, default 5.0
        Inches; the height follows.

    Returns
    -------
    Figure

    Raises
    ------
    ValueError
        If the maps of a stage have not three axes.

    >>> import matplotlib.pyplot as plt
    >>> figure = draw_numbers([Stage("input", np.eye(2)[np.newaxis]), Stage("sum", np.full((1, 1, 1), 2.0))])
    >>> " ".join(text.get_text() for text in figure.axes[0].texts)
    'input 1 0 0 1 sum 2'
    >>> plt.close(figure)
    """
    for stage in stages:
        if np.ndim(stage.maps) != 3:
            shape = np.shape(stage.maps)
            raise ValueError(f"draw_numbers: maps of {stage.title!r} have shape {shape}, expected (K, H, W)")
    columns = max(_breadth(stage.maps) for stage in stages) + 0.4
    rows = sum(_TITLE + stage.maps.shape[1] + _GAP for stage in stages)
    figure, ax = sheet(rows, columns, width=width)
    top = 0.0
    for stage in stages:
        write(ax, top + _TITLE / 2, columns / 2, stage.title, size=13, color=stage.color)
        left = (columns - _breadth(stage.maps)) / 2
        largest = float(np.abs(stage.maps).max()) or 1.0
        limits = (-largest if stage.cmap is SIGNED else 0.0, largest)
        for values in stage.maps:
            draw_grid(ax, values, at=(top + _TITLE, left), color=stage.color, cmap=stage.cmap, limits=limits)
            left += values.shape[1] + _APART
        top += _TITLE + stage.maps.shape[1] + _GAP
    return figure


def _breadth(maps: np.ndarray) -> float:
    """Return how many cells the maps of a stage need beside one another."""
    return len(maps) * (maps.shape[2] + _APART) - _APART

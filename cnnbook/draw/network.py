"""What a network makes of an image: the maps of every layer under one another, all to one scale."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Colormap, LinearSegmentedColormap
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from cnnbook.draw.bars import draw_bars
from cnnbook.draw.grid import sheet, write
from cnnbook.draw.style import BLACK, BLUE, INK, SIGNED, WHITE

# 0 is bare paper, the largest value is ink, and both stay so on a dark page.
INK_ON_PAPER: Colormap = LinearSegmentedColormap.from_list("ink on paper", [WHITE, BLACK])

# Shares of the sheet's width.
_TITLE = 0.068  # a line of text with the room round it
_BARS = 0.22
_GAP = 0.14  # between maps, as a share of the largest map
_LETTERS = 16  # points


class Stage(NamedTuple):
    """One row of pictures.

    Parameters
    ----------
    title : str
        Written above the row.
    maps : ndarray of shape (K, H, W)
    cmap : Colormap, default SIGNED
        `SIGNED` runs as far below zero as above it; any other from zero to the largest value of all K maps.
    color : Matplotlib color, default INK
        Of the title and of the frames.
    """

    title: str
    maps: np.ndarray
    cmap: Colormap = SIGNED
    color: str = INK


def draw_stages(
    stages: Sequence[Stage],
    *,
    columns: int | None = None,
    probabilities: Sequence[float] = (),
    title: str = "",
) -> Figure:
    """Draw stages under one another, one pixel of a map being as large in all of them.

    Parameters
    ----------
    stages : sequence of Stage
    columns : int, optional
        Maps beside one another; by default all maps of a stage. Fewer of them are larger.
    probabilities : sequence of float, optional
        Drawn as bars below the last stage, one a class from 0 upwards.
    title : str, default ""
        Written above the bars.

    Returns
    -------
    Figure
        6.4 inches wide.

    Raises
    ------
    ValueError
        If a map that is not drawn with `SIGNED` has a value below zero: it would be drawn as zero.

    >>> import matplotlib.pyplot as plt
    >>> figure = draw_stages([Stage("input", np.eye(4)[np.newaxis]), Stage("maps", np.ones((2, 3, 3)))])
    >>> [text.get_text() for text in figure.axes[0].texts]
    ['input', 'maps']
    >>> plt.close(figure)
    """
    rows = [_rows(stage.maps, columns) for stage in stages]
    gap = _GAP * max(stage.maps.shape[-1] for stage in stages)
    width = max(len(row) * (1 + _GAP) * row.shape[-1] for stage in rows for row in stage)
    line = _TITLE * width
    heights = [line + sum(row.shape[1] + gap for row in stage) for stage in rows]
    below = line + _BARS * width if len(probabilities) else 0
    figure, ax = sheet(sum(heights) + below, width)
    top = 0.0
    for stage, maps, height in zip(stages, rows, heights, strict=True):
        write(ax, top + 0.55 * line, width / 2, stage.title, size=_LETTERS, color=stage.color)
        _draw_rows(ax, maps, (top + line, width, gap), stage)
        top += height
    if len(probabilities):
        write(ax, top + 0.55 * line, width / 2, title, size=_LETTERS)
        share = (below - line) / (top + below)
        _draw_probabilities(figure.add_axes((0.1, 0.25 * share, 0.87, 0.75 * share)), probabilities)
    return figure


def draw_verdict(ax: Axes, image: np.ndarray, probabilities: Sequence[float], *, label: int) -> None:
    """Draw an image above the probabilities of its classes: numbered are the right class and the likeliest.

    Parameters
    ----------
    ax : Axes
        Its own lines are taken away; the image stands in its upper half, the bars below.
    image : ndarray of shape (H, W)
        From 0, bare paper, to 1, ink.
    probabilities : sequence of float
        Of the classes from 0 upwards.
    label : int
        The class that the image belongs to; its bar is outlined.

    >>> ax = Figure().subplots()
    >>> draw_verdict(ax, np.eye(8), [0.1, 0.9], label=1)
    >>> len(ax.child_axes)
    2
    """
    ax.axis("off")
    picture = ax.inset_axes((0, 0.48, 1, 0.52))
    picture.imshow(image, cmap=INK_ON_PAPER, vmin=0, vmax=1, interpolation="none")
    picture.set(xticks=[], yticks=[])
    picture.spines[:].set(visible=True, color=BLUE, linewidth=0.6)
    below = ax.inset_axes((0, 0.1, 1, 0.3))
    bars = _draw_probabilities(below, probabilities)
    bars[label].set(edgecolor=INK, linewidth=2)
    below.set_xticks(sorted({label, int(np.argmax(probabilities))}))


def _rows(maps: np.ndarray, columns: int | None) -> list[np.ndarray]:
    """Break K maps into rows of `columns`."""
    step = columns or len(maps)
    return [maps[start : start + step] for start in range(0, len(maps), step)]


def _draw_rows(ax: Axes, rows: list[np.ndarray], room: tuple[float, float, float], stage: Stage) -> None:
    """Draw the maps of one stage in columns of equal width, with one scale of colours for all."""
    top, width, gap = room
    low, high = _limits(stage)
    pitch = width / len(rows[0])
    for maps in rows:
        height, breadth = maps.shape[1:]
        for number, values in enumerate(maps):
            left = (number + 0.5) * pitch - breadth / 2
            extent = (left, left + breadth, top + height, top)
            ax.imshow(values, cmap=stage.cmap, vmin=low, vmax=high, extent=extent, interpolation="none")
            frame = {"fill": False, "edgecolor": stage.color, "linewidth": 0.6}
            ax.add_patch(Rectangle((left, top), breadth, height, **frame))
        top += height + gap


def _limits(stage: Stage) -> tuple[float, float]:
    smallest, largest = stage.maps.min(), np.abs(stage.maps).max() or 1
    if stage.cmap is SIGNED:
        return -largest, largest
    if smallest < 0:
        raise ValueError(
            f"draw_stages: the maps of {stage.title!r} go down to {smallest:.3g}, expected no value below 0 "
            "unless they are drawn with SIGNED"
        )
    return 0, largest


def _draw_probabilities(ax: Axes, values: Sequence[float]) -> BarContainer:
    """Draw bars on a scale that always runs from 0 to 1, so that they compare from picture to picture."""
    bars = draw_bars(ax, dict(enumerate(values)))
    ax.set(ylim=(0, 1), yticks=[0, 1])
    return bars

"""Where the numbers of a block go when it is written as one row: channels keep their colours on the way."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from cnnbook.draw.grid import draw_grid
from cnnbook.draw.style import MUTED, SOFT_BLUE, SOFT_GREEN, SOFT_PURPLE

CHANNELS = (SOFT_BLUE, SOFT_PURPLE, SOFT_GREEN)
_LINE = 2.2  # rows of the sheet that one line takes, its numbering included


def draw_block(
    ax: Axes,
    values: ArrayLike,
    *,
    at: tuple[float, float] = (0, 0),
    gap: float = 2,
    titles: Sequence[str] = (),
) -> None:
    """Draw channels as grids beside one another, each in its own colour, with rows and columns numbered.

    Parameters
    ----------
    ax : Axes
        A sheet.
    values : array_like of shape (C, H, W)
        At most three channels.
    at : (float, float), default (0, 0)
        Row and column of the first grid's upper left corner.
    gap : float, default 2
        Cells between two grids.
    titles : sequence of str, default ()
        One for each channel.

    Raises
    ------
    ValueError
        If `values` has not three axes, or more channels than there are colours.

    >>> from cnnbook.draw.grid import sheet
    >>> figure, ax = sheet(4, 10)
    >>> draw_block(ax, [[[1, 2]], [[3, 4]]], at=(2, 1))
    >>> " ".join(text.get_text() for text in ax.texts)
    '1 2 0 0 1 3 4 0 0 1'
    """
    values = np.asarray(values)
    if values.ndim != 3 or len(values) > len(CHANNELS):
        raise ValueError(
            f"draw_block: values has shape {values.shape}, expected (C, H, W) with C at most {len(CHANNELS)}"
        )
    rows, columns = values.shape[1:]
    for number, channel in enumerate(values):
        draw_grid(
            ax,
            channel,
            at=(at[0], at[1] + number * (columns + gap)),
            title=titles[number] if titles else "",
            row_names=range(rows),
            column_names=range(columns),
            face=CHANNELS[number],
        )


def draw_line(
    ax: Axes,
    values: Sequence,
    channels: Sequence[int],
    *,
    at: tuple[float, float] = (0, 0),
    columns: int = 12,
    lit: Mapping[int, str] | None = None,
) -> None:
    """Draw one long row of numbers, broken where the sheet ends; its places are numbered above the cells.

    Parameters
    ----------
    ax : Axes
        A sheet.
    values : sequence
    channels : sequence of int
        Which channel each value comes from; it gives the cell its colour.
    at : (float, float), default (0, 0)
        Row and column of the upper left corner of the first cell.
    columns : int, default 12
        Cells on one line.
    lit : mapping of int to Matplotlib color, optional
        Places with a colour of their own.

    Raises
    ------
    ValueError
        If there is not one channel for each value.

    >>> from cnnbook.draw.grid import sheet
    >>> figure, ax = sheet(5, 3)
    >>> draw_line(ax, ["a", "b", "c"], [0, 0, 1], at=(1, 0), columns=2)
    >>> " ".join(text.get_text() for text in ax.texts)
    'a b 0 1 c 2'
    """
    if len(values) != len(channels):
        raise ValueError(
            f"draw_line: {len(values)} values come from {len(channels)} channels, expected one for each"
        )
    colors = [CHANNELS[channel] for channel in channels]
    for place, color in (lit or {}).items():
        colors[place] = color
    for line, start in enumerate(range(0, len(values), columns)):
        stop = min(start + columns, len(values))
        draw_grid(
            ax,
            [list(values[start:stop])],
            at=(at[0] + line * _LINE, at[1]),
            column_names=range(start, stop),
            color=MUTED,
            lit={(0, place - start): colors[place] for place in range(start, stop)},
        )

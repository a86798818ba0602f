"""A layer along one axis, as a trace: the input's cells, below them every window, and the output it makes."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from cnnbook.draw.grid import write
from cnnbook.draw.style import (
    BLUE,
    GREEN,
    INK,
    MUTED,
    ORANGE,
    PAPER,
    SOFT_BLUE,
    SOFT_GREEN,
    SOFT_ORANGE,
)

__all__ = ["draw_trace", "trace_size"]

_ROW = 0.72  # height of a window's row, in cells
_TITLE = 1.1
_GAP = 0.35  # between the input and the first window
_ARROW = 1.4  # cells from the end of the input to the output
_NAME = 0.7  # cells to the right of the output
_LETTERS = 12  # points


def trace_size(length: int, windows: int, padding: tuple[int, int] = (0, 0)) -> tuple[float, float]:
    """Return how many rows and columns of a sheet `draw_trace` covers.

    Parameters
    ----------
    length, windows : int
        How many inputs and outputs there are.
    padding : (int, int), default (0, 0)

    >>> round(trace_size(6, 4)[1], 1)
    9.1
    """
    return _TITLE + 1 + _GAP + windows * _ROW, sum(padding) + length + _ARROW + 1 + _NAME


def draw_trace(
    ax: Axes,
    length: int,
    windows: Sequence[Sequence[int]],
    *,
    padding: tuple[int, int] = (0, 0),
    at: tuple[float, float] = (0, 0),
    title: str = "",
    names: tuple[str, str, str] = ("", "", ""),
) -> None:
    """Draw which inputs each window reads, and number the outputs. What no window reads is crossed out.

    Parameters
    ----------
    ax : Axes
        A sheet, as `cnnbook.draw.grid.sheet` makes it.
    length : int
        Number of inputs.
    windows : sequence of sequence of int
        For each output the inputs that it reads; numbers below 0 and from `length` upwards are padding.
    padding : (int, int), default (0, 0)
        Zeros before and after the input.
    at : (float, float), default (0, 0)
        Row and column of the upper left corner on the sheet.
    title : str, default ""
    names : (str, str, str), default ("", "", "")
        Of input, kernel and output, written beside them.

    Raises
    ------
    ValueError
        If a window reads beyond the padding.

    >>> from cnnbook.draw.grid import sheet
    >>> figure, ax = sheet(*trace_size(4, 2))
    >>> draw_trace(ax, 4, [[0, 1], [2, 3]], title="trace")
    >>> " ".join(text.get_text() for text in ax.texts)
    'trace 0 1 2 3 → 0 → 1'
    """
    before, after = padding
    top, left = at[0] + _TITLE, at[1] + before
    write(ax, at[0] + _TITLE / 2, at[1], title, size=_LETTERS + 1, ha="left")
    read = {cell for window in windows for cell in window}
    if read and not -before <= min(read) <= max(read) < length + after:
        raise ValueError(
            f"draw_trace: windows read cells {min(read)} to {max(read)}, "
            f"expected {-before} to {length + after - 1}"
        )
    for cell in range(-before, length + after):
        _draw_input(ax, (top, left + cell), cell, 0 <= cell < length, cell in read)
    end = left + length + after + _ARROW
    for number, window in enumerate(windows):
        row = top + 1 + _GAP + number * _ROW
        _draw_window(ax, (row, left), window)
        write(ax, row + _ROW / 2, end - _ARROW / 2, "→", size=_LETTERS, color=MUTED)
        _draw_cell(ax, (row, end), GREEN, SOFT_GREEN, height=_ROW)
        write(ax, row + _ROW / 2, end + 0.5, str(number), size=_LETTERS)
    if windows:
        _write_names(ax, names, top, (left + max(windows[0]) + 1, end - _ARROW, end), len(windows))


def _write_names(ax: Axes, names, top: float, ends: tuple[float, float, float], count: int) -> None:
    """Name what is drawn: the input and the first window at their right ends, the output along its side."""
    window, cells, output = ends
    first = top + 1 + _GAP
    write(ax, top + 0.5, cells + 0.2, names[0], size=_LETTERS, color=BLUE, ha="left")
    write(ax, first + _ROW / 2, window + 0.2, names[1], size=_LETTERS, color=ORANGE, ha="left")
    write(ax, first + count * _ROW / 2, output + 1.35, names[2], size=_LETTERS, color=GREEN, rotation=90)


def _draw_input(ax: Axes, corner: tuple[float, float], cell: int, real: bool, used: bool) -> None:
    top, left = corner
    _draw_cell(ax, corner, BLUE if real else MUTED, SOFT_BLUE if real else PAPER)
    write(ax, top + 0.5, left + 0.5, str(cell if real else 0), size=_LETTERS, color=INK if real else MUTED)
    if not used:
        for ends in ((0.1, 0.9), (0.9, 0.1)):
            ax.plot(
                [left + 0.1, left + 0.9], [top + end for end in ends], color=MUTED, linewidth=1.6, zorder=6
            )


def _draw_window(ax: Axes, corner: tuple[float, float], window: Sequence[int]) -> None:
    (top, left), middle = corner, corner[0] + _ROW / 2
    ax.plot([left + window[0] + 0.5, left + window[-1] + 0.5], [middle, middle], color=ORANGE, linewidth=1.5)
    for cell in window:
        _draw_cell(ax, (top + 0.08, left + cell + 0.08), ORANGE, SOFT_ORANGE, height=_ROW - 0.16, width=0.84)


def _draw_cell(ax: Axes, corner, color: str, face: str, *, height: float = 1, width: float = 1) -> None:
    top, left = corner
    ax.add_patch(Rectangle((left, top), width, height, facecolor=face, edgecolor=color, zorder=3))

"""A map of things that build on one another: boxes, and lines from what comes first to what comes after."""

from collections.abc import Iterable, Mapping

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from cnnbook.draw.style import INK, MUTED, PAPER

_WIDTH, _HEIGHT = 0.84, 0.62  # of a box, where its neighbours are 1 apart


def draw_paths(
    boxes: Mapping[str, tuple[tuple[float, float], str, str]], lines: Iterable[tuple[str, str]]
) -> Figure:
    """Draw boxes at given places and a line for each pair of them.

    Parameters
    ----------
    boxes : mapping of str to ((float, float), str, Matplotlib color)
        By name: the row and column of its middle, its words, and the colour of its frame.
    lines : iterable of (str, str)
        Names of two boxes: the one that comes first, and the one that builds on it.

    Returns
    -------
    Figure
        6.4 inches wide.

    >>> fig = draw_paths({"a": ((0, 0), "first", INK), "b": ((1, 0), "then", INK)}, [("a", "b")])
    >>> [text.get_text() for text in fig.axes[0].texts if text.get_text()]
    ['first', 'then']
    >>> plt.close(fig)
    """
    rows = [place[0] for place, _, _ in boxes.values()]
    columns = [place[1] for place, _, _ in boxes.values()]
    height, width = max(rows) - min(rows) + 0.8, max(columns) - min(columns) + 1
    fig, ax = plt.subplots(figsize=(6.4, 6.4 * height / width * 0.85))
    ax.set(xlim=(min(columns) - 0.5, max(columns) + 0.5), ylim=(max(rows) + 0.4, min(rows) - 0.4))
    ax.axis("off")
    for first, then in lines:
        _draw_line(ax, boxes[first][0], boxes[then][0])
    for (row, column), words, color in boxes.values():
        corner, look = (column - _WIDTH / 2, row - _HEIGHT / 2), {"facecolor": PAPER, "edgecolor": color}
        ax.add_patch(plt.Rectangle(corner, _WIDTH, _HEIGHT, linewidth=2, zorder=3, **look))
        ax.text(
            column, row, words, ha="center", va="center", color=INK, fontsize=11, zorder=4, linespacing=1.1
        )
    return fig


def _draw_line(ax, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draw an arrow that stops at the rim of the box it leads to: boxes hide what lies under them."""
    (top, left), (row, column) = start, end
    if top == row:
        tip = (column - _WIDTH / 2 * (1 if column > left else -1), row)
    else:
        tip = (column, row - _HEIGHT / 2)
    style = {"arrowstyle": "-|>", "color": MUTED, "lw": 1.6, "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", tip, (left, top), arrowprops=style, zorder=2)

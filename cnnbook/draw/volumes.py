"""Architectures as boxes: every box to scale, from the shapes that a network's tensors really have."""

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon

from cnnbook.draw.grid import sheet, write
from cnnbook.draw.style import BLUE, GREEN, PAPER, PURPLE, SOFT_BLUE, SOFT_GREEN, SOFT_PURPLE

_SLANT = 0.3  # how much of a box's depth is seen, along both axes
_LETTERS = 12  # points

SOFT = {BLUE: SOFT_BLUE, GREEN: SOFT_GREEN, PURPLE: SOFT_PURPLE}


class Volume(NamedTuple):
    """One tensor.

    Parameters
    ----------
    label : str
        Written beside the box.
    shape : tuple of int
        (C, H, W), or (n,) for a vector.
    color : {BLUE, GREEN, PURPLE}, default GREEN
        Of its edges; the faces are the soft colour.
    """

    label: str
    shape: tuple[int, ...]
    color: str = GREEN


def box(shape: tuple[int, ...], thickness: float) -> tuple[float, float, float]:
    """Return width, height and depth of a tensor's box, in pixels of its maps.

    Maps stand upright, one behind the other from left to right. A vector is a flat square: its box has as
    much room for each number as all others have.

    Parameters
    ----------
    shape : tuple of int
        (C, H, W) or (n,).
    thickness : float
        Of one map.

    >>> box((6, 28, 28), 0.5), box((16,), 0.5)
    ((3.0, 28, 28), (4.0, 0.5, 4.0))
    """
    if len(shape) == 1:
        side = sqrt(shape[0])
        return side, thickness, side
    maps, rows, columns = shape
    return maps * thickness, rows, columns


def draw_networks(
    networks: Sequence[Sequence[Volume]],
    *,
    titles: Sequence[str],
    thickness: float,
    gap: float,
    label_width: float,
    width: float = 6.4,
) -> Figure:
    """Draw networks beside one another, each from top to bottom, all to one scale.

    Parameters
    ----------
    networks : sequence of sequence of Volume
    titles : sequence of str
        One for each network.
    thickness : float
        Of one map, in pixels.
    gap : float
        Between two boxes, in pixels; a label needs room in it.
    label_width : float
        Room for the labels to the right of the boxes, in pixels.
    width : float, default 6.4
        Of the figure, in inches.

    Returns
    -------
    Figure

    Raises
    ------
    ValueError
        If there is not one title for each network.

    >>> import matplotlib.pyplot as plt
    >>> volumes = [Volume("input", (1, 8, 8), BLUE), Volume("maps", (4, 6, 6))]
    >>> figure = draw_networks([volumes], titles=["net"], thickness=1, gap=2, label_width=9)
    >>> [text.get_text() for text in figure.axes[0].texts]
    ['net', 'input', 'maps']
    >>> plt.close(figure)
    """
    if len(titles) != len(networks):
        raise ValueError(
            f"draw_networks: {len(networks)} networks have {len(titles)} titles, expected as many"
        )
    sizes = [[box(volume.shape, thickness) for volume in volumes] for volumes in networks]
    breadths = [max(_seen(size)[0] for size in boxes) for boxes in sizes]
    heights = [sum(max(_seen(size)[1], gap) + gap for size in boxes) for boxes in sizes]
    columns = sum(breadths) + len(networks) * label_width
    head = 2.5 * gap
    figure, ax = sheet(max(heights) + head, columns + gap, width=width)
    left = gap / 2
    for volumes, boxes, title, breadth in zip(networks, sizes, titles, breadths, strict=True):
        write(ax, head / 2, left, title, size=_LETTERS + 3, ha="left")
        _draw_column(ax, volumes, boxes, (head, left, breadth), gap)
        left += breadth + label_width
    return figure


def _draw_column(ax: Axes, volumes, boxes, room: tuple[float, float, float], gap: float) -> None:
    top, left, breadth = room
    for volume, size in zip(volumes, boxes, strict=True):
        seen_width, seen_height = _seen(size)
        height = max(seen_height, gap)
        draw_box(ax, size, at=(top + (height + seen_height) / 2, left), color=volume.color)
        place = left + max(seen_width, 0.3 * breadth) + 0.4 * gap
        write(ax, top + height / 2, place, volume.label, size=_LETTERS, color=volume.color, ha="left")
        top += height + gap


def draw_box(
    ax: Axes, size: tuple[float, float, float], *, at: tuple[float, float], color: str = GREEN
) -> None:
    """Draw a box that is seen from its front, a little from above and from the right.

    Parameters
    ----------
    ax : Axes
        A sheet, rows downwards.
    size : (float, float, float)
        Width, height and depth.
    at : (float, float)
        Row and column of the lower left corner of the front.
    color : {BLUE, GREEN, PURPLE}, default GREEN

    >>> figure, ax = sheet(9, 9)
    >>> draw_box(ax, (2, 3, 4), at=(8, 1))
    >>> len(ax.patches)
    3
    """
    width, height, depth = size
    bottom, left = at
    back = _SLANT * depth
    front = [(0, 0), (width, 0), (width, -height), (0, -height)]
    lid = [(0, -height), (width, -height), (width + back, -height - back), (back, -height - back)]
    side = [(width, 0), (width + back, -back), (width + back, -height - back), (width, -height)]
    for corners, face in ((front, SOFT[color]), (lid, PAPER), (side, SOFT[color])):
        points = [(left + x, bottom + y) for x, y in corners]
        ax.add_patch(Polygon(points, facecolor=face, edgecolor=color, linewidth=1, joinstyle="round"))


def _seen(size: tuple[float, float, float]) -> tuple[float, float]:
    """Return how wide and how high a box looks."""
    width, height, depth = size
    return width + _SLANT * depth, height + _SLANT * depth

"""Receptive fields: the cone of a unit through the layers, its region on an image, and how much each pixel
matters."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.image import AxesImage
from matplotlib.patches import Rectangle

from cnnbook.draw.style import AMOUNT, FAINT, MUTED, ORANGE, SOFT_ORANGE

__all__ = ["draw_cone", "draw_region", "show_effective"]


def draw_cone(
    ax: Axes,
    centres: Sequence[Sequence[float]],
    seen: Sequence[tuple[int, int] | None],
    *,
    labels: Sequence[str] = (),
) -> None:
    """Draw which positions of every layer one unit sees, along one axis.

    Parameters
    ----------
    ax : Axes
    centres : sequence of array_like of shape (n,)
        Where each layer's units lie, in pixels of the input; the input first, the unit's own layer last.
    seen : sequence of (int, int) or None
        First and last unit that is seen in each layer; None where it is none.
    labels : sequence of str, default ()
        A name for each layer.

    Raises
    ------
    ValueError
        If there is not one range for each layer.

    >>> from matplotlib.figure import Figure
    >>> ax = Figure().subplots()
    >>> draw_cone(ax, [np.arange(5), np.arange(1, 4)], [(1, 3), (1, 1)], labels=["input", "3"])
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['input', '3']
    """
    if len(centres) != len(seen):
        raise ValueError(f"draw_cone: {len(centres)} layers have {len(seen)} ranges, expected one for each")
    centres = [np.asarray(positions) for positions in centres]
    ends = [
        None if s is None else (float(c[s[0]]), float(c[s[1]])) for c, s in zip(centres, seen, strict=True)
    ]
    for level, (below, above) in enumerate(pairwise(ends)):
        if below is not None and above is not None:
            corners = [(below[0], level), (below[1], level), (above[1], level + 1), (above[0], level + 1)]
            ax.fill(*zip(*corners, strict=True), color=SOFT_ORANGE, zorder=0)
    for level, (positions, span) in enumerate(zip(centres, seen, strict=True)):
        chosen = np.zeros(len(positions), dtype=bool)
        if span is not None:
            chosen[span[0] : span[1] + 1] = True
        for mask, colour in ((~chosen, FAINT), (chosen, ORANGE)):
            ax.plot(
                positions[mask],
                np.full(mask.sum(), level),
                "s",
                color=colour,
                markeredgecolor=MUTED,
                markersize=6,
            )
    ax.set_yticks(range(len(centres)), labels or [""] * len(centres))
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.tick_params(left=False)


def draw_region(
    ax: Axes, region: Sequence[tuple[int, int] | None], *, color: str = ORANGE
) -> Rectangle | None:
    """Draw a frame around the pixels that a unit sees, on axes that show an image.

    The frame may stick out of the image, as the pattern without borders does.

    Parameters
    ----------
    ax : Axes
        With pixel centres at whole numbers, as ``imshow`` puts them.
    region : ((int, int) or None, (int, int) or None)
        First and last row, first and last column, as `ReceptiveField.region` returns them.
    color : Matplotlib color

    Returns
    -------
    Rectangle or None
        None if the unit sees nothing.

    >>> from matplotlib.figure import Figure
    >>> draw_region(Figure().subplots(), ((2, 4), (0, 9))).get_width()
    10
    """
    rows, columns = region
    if rows is None or columns is None:
        return None
    corner = (columns[0] - 0.5, rows[0] - 0.5)
    frame = Rectangle(
        corner, columns[1] - columns[0] + 1, rows[1] - rows[0] + 1, fill=False, edgecolor=color, linewidth=2
    )
    return ax.add_patch(frame)


def show_effective(
    ax: Axes, energy: np.ndarray, *, region: Sequence[tuple[int, int] | None] | None = None, title: str = ""
) -> AxesImage:
    """Show how much each pixel matters to a unit: nothing white, the most the darkest green.

    Parameters
    ----------
    ax : Axes
    energy : ndarray of shape (H, W)
        Gradient energy, not negative.
    region : ((int, int), (int, int)), optional
        The theoretical receptive field, drawn as a frame.
    title : str, default ""

    Returns
    -------
    AxesImage

    Raises
    ------
    ValueError
        If `energy` is not a table of numbers that are not negative.

    >>> from matplotlib.figure import Figure
    >>> show_effective(Figure().subplots(), np.eye(3)).get_clim()
    (0.0, 1.0)
    """
    if energy.ndim != 2 or not energy.min() >= 0:
        raise ValueError(
            f"show_effective: energy must be (H, W) and not negative, got shape {energy.shape} "
            f"from {energy.min():.3g}"
        )
    picture = ax.imshow(energy, cmap=AMOUNT, vmin=0, vmax=energy.max(), interpolation="none")
    if region is not None:
        draw_region(ax, region)
    ax.set_xticks([])
    ax.set_yticks([])
    ax.set_title(title)
    return picture

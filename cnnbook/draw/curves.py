"""Functions of one variable: curves with their names beside them, samples as stems, the area of a product."""

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from cnnbook.draw.style import BLUE, GREEN, ORANGE, SOFT_GREEN

Point = tuple[float, float]


def draw_curve(
    ax: Axes,
    x: ArrayLike,
    y: ArrayLike,
    *,
    color: str = BLUE,
    name: str = "",
    at: Point | None = None,
    **kwargs,
) -> None:
    """Draw a function as a line and write its name beside it instead of in a legend.

    Parameters
    ----------
    ax : Axes
    x, y : array_like of shape (N,)
    color : Matplotlib color, default BLUE
        Of the line and the name.
    name : str, default ""
    at : (float, float), optional
        Where the middle of the name stands, in the axes' units. Needed with a name.
    **kwargs
        Passed to `Axes.plot`, such as ``linestyle``.

    Raises
    ------
    ValueError
        If `x` and `y` are not two lists of the same length, or a name has no place.

    >>> import matplotlib.pyplot as plt
    >>> figure, ax = plt.subplots()
    >>> draw_curve(ax, [0, 1, 2], [0, 1, 4], name="square", at=(1, 3))
    >>> ax.texts[0].get_text(), ax.lines[0].get_ydata().tolist()
    ('square', [0, 1, 4])
    >>> plt.close(figure)
    """
    x, y = _points("draw_curve", x, y)
    if name and at is None:
        raise ValueError(f"draw_curve: the name {name!r} has no place, expected at=(x, y)")
    ax.plot(x, y, color=color, **kwargs)
    if name:
        ax.text(*at, name, color=color, ha="center", va="center", fontsize="large")


def draw_stems(ax: Axes, x: ArrayLike, y: ArrayLike, *, color: str = GREEN) -> None:
    """Draw samples as dots that stand on zero.

    Parameters
    ----------
    ax : Axes
    x, y : array_like of shape (N,)
    color : Matplotlib color, default GREEN

    Raises
    ------
    ValueError
        If `x` and `y` are not two lists of the same length.

    >>> import matplotlib.pyplot as plt
    >>> figure, ax = plt.subplots()
    >>> draw_stems(ax, [0, 1], [2, -1])
    >>> ax.lines[0].get_xydata().tolist()
    [[0.0, 2.0], [1.0, -1.0]]
    >>> plt.close(figure)
    """
    x, y = _points("draw_stems", x, y)
    ax.vlines(x, 0, y, color=color, linewidth=1)
    ax.plot(x, y, "o", color=color, markersize=4)


def draw_overlap(
    ax: Axes,
    x: ArrayLike,
    first: ArrayLike,
    second: ArrayLike,
    *,
    names: tuple[str, str] = ("", ""),
    at: tuple[Point, Point] | None = None,
) -> None:
    """Draw two functions and shade the area under their product, which is what a convolution measures.

    It is the part that the two shapes share only if one function is a box of height 1 and the other stays
    between 0 and 1.

    Parameters
    ----------
    ax : Axes
    x, first, second : array_like of shape (N,)
        The functions' values at the same places; `second` as it lies there, flipped and shifted.
    names : (str, str), default ("", "")
    at : ((float, float), (float, float)), optional
        Where the names stand.

    Raises
    ------
    ValueError
        If the three are not lists of the same length, or there are names without places.

    >>> import matplotlib.pyplot as plt
    >>> figure, ax = plt.subplots()
    >>> draw_overlap(ax, [0, 1, 2], [1, 1, 0], [0, 0.5, 1])
    >>> len(ax.lines), len(ax.collections)
    (2, 1)
    >>> plt.close(figure)
    """
    x, first = _points("draw_overlap", x, first)
    x, second = _points("draw_overlap", x, second)
    ax.fill_between(x, first * second, facecolor=SOFT_GREEN, edgecolor=GREEN, linewidth=1)
    places = at or (None, None)
    draw_curve(ax, x, first, color=BLUE, name=names[0], at=places[0])
    draw_curve(ax, x, second, color=ORANGE, name=names[1], at=places[1])


def _points(function: str, x: ArrayLike, y: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    x, y = np.asarray(x), np.asarray(y)
    if x.ndim != 1 or x.shape != y.shape:
        raise ValueError(
            f"{function}: got shapes {x.shape} and {y.shape}, expected two lists of the same length"
        )
    return x, y

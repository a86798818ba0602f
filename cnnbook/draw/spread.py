"""Results of several random starts: every run is shown, never the mean alone."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from cnnbook.draw.style import BLUE, GREEN, MUTED


def draw_runs(
    ax: Axes,
    groups: Mapping[str, Sequence[float]],
    *,
    colors: Sequence[str] = (),
    spec: str = ".0%",
    guess: tuple[float, str] | None = None,
) -> None:
    """Draw each run of each group as a dot, with the group's mean as a line and in writing.

    Parameters
    ----------
    ax : Axes
    groups : mapping of str to sequence of float
        Runs by the group's name, which is written below.
    colors : sequence of Matplotlib color, default GREEN for all
        One for each group.
    spec : str, default ".0%"
        How means and the axis are written.
    guess : (float, str), optional
        A level to compare with, and its name.

    Raises
    ------
    ValueError
        If a group has no runs.

    >>> import matplotlib.pyplot as plt
    >>> figure, ax = plt.subplots()
    >>> draw_runs(ax, {"a": [0.5, 0.7], "b": [0.9, 0.9]})
    >>> [text.get_text() for text in ax.texts]
    ['60%', '90%']
    >>> plt.close(figure)
    """
    for place, (name, runs) in enumerate(groups.items()):
        if not len(runs):
            raise ValueError(f"draw_runs: the group {name!r} has no runs, expected one at least")
        color, mean = colors[place] if colors else GREEN, float(np.mean(runs))
        ax.plot(np.full(len(runs), place), runs, "o", color=color, markersize=7, alpha=0.55)
        ax.hlines(mean, place - 0.22, place + 0.22, color=color)
        side = "top" if guess and mean < guess[0] else "bottom"  # away from the line to compare with
        ax.text(place + 0.27, mean, format(mean, spec), color=color, va=side)
    ax.set_xticks(range(len(groups)), list(groups))
    ax.set(xlim=(-0.5, len(groups) - 0.1))
    ax.tick_params(bottom=False)
    if guess:
        draw_level(ax, *guess)
    ax.yaxis.set_major_formatter(lambda value, _: format(value, ".0%" if "%" in spec else "g"))


def draw_range(
    ax: Axes,
    x: ArrayLike,
    runs: ArrayLike,
    *,
    color: str = BLUE,
    name: str = "",
    at: tuple[float, float] | None = None,
    **kwargs,
) -> None:
    """Draw the mean of several runs as a line, with bars from the smallest to the largest run.

    Parameters
    ----------
    ax : Axes
    x : array_like of shape (X,)
    runs : array_like of shape (runs, X)
    color : Matplotlib color, default BLUE
    name : str, default ""
        Written in `color` at `at`.
    at : (float, float), optional
        Needed with a name.
    **kwargs
        Passed to `Axes.errorbar`, such as ``linestyle``.

    Raises
    ------
    ValueError
        If `runs` is not a table with one column for each `x`.

    >>> import matplotlib.pyplot as plt
    >>> figure, ax = plt.subplots()
    >>> draw_range(ax, [1, 2], [[0, 2], [1, 4]])
    >>> ax.lines[0].get_ydata().tolist()
    [0.5, 3.0]
    >>> plt.close(figure)
    """
    x, runs = np.asarray(x), np.asarray(runs)
    if runs.ndim != 2 or runs.shape[1:] != x.shape:
        raise ValueError(
            f"draw_range: runs has shape {runs.shape} for x of shape {x.shape}, expected (runs, {x.size})"
        )
    mean = runs.mean(axis=0)
    reach = [mean - runs.min(axis=0), runs.max(axis=0) - mean]
    style = {"marker": "o", "markersize": 5, "capsize": 4} | kwargs
    ax.errorbar(x, mean, yerr=reach, color=color, **style)
    if name:
        ax.text(*at, name, color=color, ha="center", va="center", fontsize="large")


def draw_level(ax: Axes, height: float, name: str) -> None:
    """Draw a dotted line to compare with, its name at the right end above it.

    >>> import matplotlib.pyplot as plt
    >>> figure, ax = plt.subplots()
    >>> draw_level(ax, 0.1, "guessing")
    >>> ax.texts[0].get_text()
    'guessing'
    >>> plt.close(figure)
    """
    ax.axhline(height, color=MUTED, linestyle=":", linewidth=1.5)
    right = ax.get_yaxis_transform()
    ax.annotate(
        name, (1, height), (0, 3), xycoords=right, textcoords="offset points", color=MUTED, ha="right"
    )

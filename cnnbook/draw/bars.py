"""Probabilities as bars: every bar from zero, every value under its bar."""

from collections.abc import Collection, Mapping

from matplotlib.axes import Axes
from matplotlib.container import BarContainer

from cnnbook.draw.style import GREEN


def draw_bars(
    ax: Axes,
    distribution: Mapping[int, float],
    *,
    color: str = GREEN,
    lit: Collection[int] = (),
    labels: Mapping[int, str] | None = None,
    every: int = 1,
) -> BarContainer:
    """Draw a distribution over whole numbers.

    Parameters
    ----------
    ax : Axes
    distribution : mapping of int to float
        Value to probability; fractions do as well.
    color : Matplotlib color, default GREEN
    lit : collection of int, default ()
        The values that matter; where there are any, the other bars step back.
    labels : mapping of int to str, optional
        Texts upon bars, by value.
    every : int, default 1
        Number each `every`-th value only, where there are many.

    Returns
    -------
    BarContainer
        One bar a value, in the mapping's order.

    Raises
    ------
    ValueError
        If a probability is negative: such a bar would not stand on zero.

    >>> import matplotlib.pyplot as plt
    >>> figure, ax = plt.subplots()
    >>> bars = draw_bars(ax, {1: 0.25, 2: 0.75}, lit=[2])
    >>> [float(bar.get_height()) for bar in bars]
    [0.25, 0.75]
    >>> plt.close(figure)
    """
    values, heights = list(distribution), [float(p) for p in distribution.values()]
    if min(heights) < 0:
        raise ValueError(f"draw_bars: the smallest probability is {min(heights)}, expected none below 0")
    faint = [0.35 if lit and value not in lit else 1.0 for value in values]
    bars = ax.bar(values, heights, width=0.86, color=[(color, alpha) for alpha in faint])
    ax.set_xticks(values[::every])
    ax.tick_params(bottom=False)
    for value, text in (labels or {}).items():
        height = float(distribution[value])
        ax.annotate(text, (value, height), (0, 3), textcoords="offset points", ha="center", va="bottom")
    ax.margins(y=0.15 if labels else 0.05)  # only upwards: Matplotlib lets bars stand on zero
    return bars


def draw_amounts(ax: Axes, amounts: Mapping[str, int], *, color: str = GREEN, title: str = "") -> None:
    """Draw amounts by name as bars from zero, each with its number upon it.

    Parameters
    ----------
    ax : Axes
    amounts : mapping of str to int
        None below 0.
    color : Matplotlib color, default GREEN
    title : str, default ""

    Raises
    ------
    ValueError
        If an amount is negative: such a bar would not stand on zero.

    >>> import matplotlib.pyplot as plt
    >>> figure, ax = plt.subplots()
    >>> draw_amounts(ax, {"first": 1200, "second": 0})
    >>> [text.get_text() for text in ax.texts]
    ['1,200', '0']
    >>> plt.close(figure)
    """
    smallest = min(amounts.values())
    if smallest < 0:
        raise ValueError(f"draw_amounts: the smallest amount is {smallest}, expected none below 0")
    bars = ax.bar(range(len(amounts)), list(amounts.values()), color=color)
    ax.bar_label(bars, [f"{amount:,}" for amount in amounts.values()], padding=3, fontsize="small")
    ax.set_xticks(range(len(amounts)), list(amounts))
    ax.tick_params(bottom=False, left=False, labelleft=False)
    ax.spines["left"].set_visible(False)
    ax.set_title(title, color=color)
    ax.margins(y=0.2)

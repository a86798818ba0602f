"""A number that falls in steps, on a scale of powers of ten: what each step takes away."""

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes

from cnnbook.draw.style import FAINT, INK, MUTED, ORANGE


def draw_waterfall(
    ax: Axes, steps: Mapping[str, int], *, notes: Sequence[str] = (), color: str = ORANGE, title: str = ""
) -> None:
    """Draw numbers as bars beside one another, and over each bar, in grey, what is gone since the bar before.

    Parameters
    ----------
    ax : Axes
        Gets a logarithmic scale that begins at 1, where the bars stand.
    steps : mapping of str to int
        Positive numbers by their names, in the order of the steps; none larger than the one before.
    notes : sequence of str, default ()
        For each step but the first, written upon what is gone.
    color : Matplotlib color, default ORANGE
    title : str, default ""

    Raises
    ------
    ValueError
        If a number is smaller than 1, or larger than the one before.

    >>> import matplotlib.pyplot as plt
    >>> figure, ax = plt.subplots()
    >>> draw_waterfall(ax, {"all": 1000, "some": 10}, notes=["÷ 100"])
    >>> [text.get_text() for text in ax.texts]
    ['1,000', '10', '÷ 100']
    >>> plt.close(figure)
    """
    numbers = list(steps.values())
    if min(numbers) < 1 or numbers != sorted(numbers, reverse=True):
        raise ValueError(f"draw_waterfall: steps are {numbers}, expected numbers from 1 that do not grow")
    ax.set_yscale("log")
    for place, number in enumerate(numbers):
        ax.bar(place, number - 1, 0.6, bottom=1, color=color)
        _write(ax, place, number, f"{number:,}", INK)
        if place and numbers[place - 1] > number:
            before = numbers[place - 1]
            ax.bar(place, before - number, 0.6, bottom=number, facecolor=FAINT, edgecolor="none", zorder=0)
            ax.hlines(before, place - 0.7, place + 0.3, color=MUTED, linewidth=1, linestyle=":")
        if place and place <= len(notes):
            _write(ax, place, numbers[place - 1], notes[place - 1], MUTED)
    ax.set_xticks(range(len(steps)), list(steps))
    ax.tick_params(bottom=False)
    ax.set(ylim=(1, max(numbers) * 30), xlim=(-0.5, len(numbers) - 0.5), title=title)


def _write(ax: Axes, place: float, height: float, text: str, color: str) -> None:
    style = {"textcoords": "offset points", "ha": "center", "va": "bottom"}
    ax.annotate(text, (place, height), (0, 3), color=color, **style)

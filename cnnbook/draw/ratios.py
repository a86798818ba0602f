"""Speeds compared, as tables in HTML: a bar to the right of 1 where something is faster, else to the left."""

from collections.abc import Iterable, Sequence
from html import escape
from math import log2


def ratio_chart(rows: Iterable[tuple[str, float, float, float]], head: tuple[str, str]) -> str:
    """Write ratios as bars from 1, on a scale of doublings, with their numbers.

    Parameters
    ----------
    rows : iterable of (str, float, float, float)
        What was compared; the ratio; the lower and the upper quartile, between which a thin line is drawn.
    head : (str, str)
        Titles of the first column and of the ratios.

    Returns
    -------
    str
        A table as HTML, of any width from that of a phone on; the stylesheet of the book colours it.

    Raises
    ------
    ValueError
        If a ratio is not positive, or there is none.

    >>> chart = ratio_chart([("half as fast", 0.5, 0.5, 0.5), ("equal", 1, 1, 1)], ("what", "ratio"))
    >>> "<td>0.50</td>" in chart, 'class="slower" style="left:0.0%;width:50.0%"' in chart
    (True, True)
    """
    rows = list(rows)
    if not rows or min(min(row[1:]) for row in rows) <= 0:
        raise ValueError(f"ratio_chart: rows are {rows!r}, expected at least one, and positive ratios")
    reach = max(abs(log2(value)) for row in rows for value in row[1:]) or 1

    def place(value: float) -> float:
        return 50 + 50 * log2(value) / reach

    lines = []
    for label, ratio, low, high in rows:
        kind = "faster" if ratio >= 1 else "slower"
        bar = _span(kind, *sorted((50, place(ratio)))) + _span("spread", place(low), place(high))
        name = f'<th scope="row">{escape(label)}</th>'
        lines.append(f'<tr>{name}<td class="bar" aria-hidden="true">{bar}</td><td>{ratio:.2f}</td></tr>')
    top = f'<th scope="col">{escape(head[0])}</th><th scope="col" colspan="2">{escape(head[1])}</th>'
    return f'<table class="ratio-chart"><tr>{top}</tr>{"".join(lines)}</table>'


def folded_table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table that the reader unfolds, and that scrolls sideways where it is too wide.

    Parameters
    ----------
    title : str
        What can be seen of it when folded.
    head : sequence of str
    rows : iterable of sequences of str
        As many cells as `head` has; the first names the row.

    Returns
    -------
    str
        HTML.

    >>> folded_table("More", ["name", "n"], [["a", "1"]]).count("<tr>")
    2
    """
    top = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    lines = [
        f'<tr><th scope="row">{escape(name)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in cells)}</tr>'
        for name, *cells in rows
    ]
    table = f'<table class="figures-table"><tr>{top}</tr>{"".join(lines)}</table>'
    return f'<details><summary>{escape(title)}</summary><div class="table-wrapper">{table}</div></details>'


def _span(kind: str, left: float, right: float) -> str:
    return f'<span class="{kind}" style="left:{left:.1f}%;width:{right - left:.1f}%"></span>'

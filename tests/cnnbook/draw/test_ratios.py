"""Ratios as bars: where they begin, how long they are, and what is refused."""

import re

import pytest

from cnnbook.draw.ratios import folded_table, ratio_chart

HEAD = ("layer", "ratio")


def bars(chart, kind):
    found = re.findall(rf'"{kind}" style="left:([\d.]+)%;width:([\d.]+)%', chart)
    return [(float(left), float(width)) for left, width in found]


def test_bars_by_hand():
    chart = ratio_chart([("a", 4, 4, 4), ("b", 2, 1, 4), ("c", 0.5, 0.25, 1)], HEAD)
    assert bars(chart, "faster") == [(50, 50), (50, 25)]  # four times is twice as far as two times
    assert bars(chart, "slower") == [(25, 25)]
    assert bars(chart, "spread") == [(100, 0), (50, 50), (0, 50)]


def test_all_equal():
    assert bars(ratio_chart([("a", 1, 1, 1)], HEAD), "faster") == [(50, 0)]


def test_text_is_escaped():
    chart = ratio_chart([("a < b", 1, 1, 1)], HEAD) + folded_table("<", ["&"], [["<"]])
    assert "a &lt; b" in chart
    assert re.findall("<(?!/?(table|tr|th|td|span|details|summary|div))", chart) == []


@pytest.mark.parametrize("rows", [[], [("a", 0, 1, 1)], [("a", 1, -1, 1)]])
def test_refused(rows):
    with pytest.raises(ValueError, match=r"ratio_chart: rows are .*, expected at least one, and positive"):
        ratio_chart(rows, HEAD)


def test_cells_of_a_folded_table():
    table = folded_table("More", ["layer", "ms", "method"], [["a", "1.5", "fft"], ["b", "2", "loop"]])
    assert re.findall("<td>([^<]*)</td>", table) == ["1.5", "fft", "2", "loop"]
    assert table.startswith("<details><summary>More</summary>")

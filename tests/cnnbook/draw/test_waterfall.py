"""Falling numbers: every bar as high as its number, what is gone in grey above it."""

import matplotlib.pyplot as plt
import pytest
from matplotlib.colors import to_hex

from cnnbook.draw.style import FAINT, GREEN
from cnnbook.draw.waterfall import draw_waterfall


@pytest.fixture
def ax():
    figure, axes = plt.subplots()
    yield axes
    plt.close(figure)


def test_bars_and_what_is_gone(ax):
    draw_waterfall(ax, {"a": 1000, "b": 100, "c": 100}, notes=["÷ 10"], color=GREEN)
    bars = [(bar.get_y(), bar.get_y() + bar.get_height(), to_hex(bar.get_facecolor())) for bar in ax.patches]
    assert bars == [(1, 1000, GREEN), (1, 100, GREEN), (100, 1000, FAINT), (1, 100, GREEN)]
    assert [text.get_text() for text in ax.texts] == ["1,000", "100", "÷ 10", "100"]
    assert ax.get_ylim()[0] == 1
    assert ax.get_yscale() == "log"


@pytest.mark.parametrize("numbers", [[10, 0], [10, 11]])
def test_refusals(ax, numbers):
    with pytest.raises(ValueError, match=r"draw_waterfall: steps are \[.*\], expected numbers from 1"):
        draw_waterfall(ax, dict(enumerate(map(int, numbers))))

"""Stages in numbers: every number of every tensor, cells of one size, one scale of colours a stage."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from cnnbook.draw.network import Stage
from cnnbook.draw.pipeline import draw_numbers
from cnnbook.draw.style import AMOUNT, GREEN, SIGNED


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def test_numbers_in_order_below_their_titles():
    figure = draw_numbers(
        [Stage("a", np.arange(8).reshape(2, 2, 2), AMOUNT), Stage("b", -np.ones((1, 1, 3)))]
    )
    (ax,) = figure.axes
    assert [text.get_text() for text in ax.texts] == ["a", *"01234567", "b", "−1", "−1", "−1"]
    heights = [text.get_position()[1] for text in ax.texts]
    assert heights[0] < min(heights[1:9]) <= max(heights[1:9]) < heights[9] < heights[10]


def test_maps_of_a_stage_share_their_colours():
    figure = draw_numbers([Stage("a", np.array([[[-4.0, 2.0]], [[4.0, 0.0]]]), SIGNED, GREEN)])
    cells = [p for p in figure.axes[0].patches if getattr(p, "get_width", lambda: 0)() == 1]
    colours = [tuple(cell.get_facecolor()) for cell in cells]
    assert colours == [SIGNED(0.0), SIGNED(0.75), SIGNED(1.0), SIGNED(0.5)]


def test_everything_stays_on_the_sheet():
    figure = draw_numbers([Stage("a", np.zeros((3, 2, 5))), Stage("b", np.zeros((1, 4, 4)))])
    (ax,) = figure.axes
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    assert all(left <= x <= right and top <= y <= bottom for x, y in (t.get_position() for t in ax.texts))


def test_refusals():
    with pytest.raises(
        ValueError, match=r"draw_numbers: maps of 'a' have shape \(2, 2\), expected \(K, H, W\)"
    ):
        draw_numbers([Stage("a", np.zeros((2, 2)))])

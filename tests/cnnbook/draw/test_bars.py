"""Probability bars: their heights, their feet on zero, what stands out."""

from fractions import Fraction

import matplotlib.pyplot as plt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_hex

from cnnbook.draw.bars import draw_amounts, draw_bars
from cnnbook.draw.style import ORANGE


@pytest.fixture
def ax():
    figure, axes = plt.subplots()
    yield axes
    plt.close(figure)


def test_heights_are_the_probabilities(ax):
    bars = draw_bars(ax, {2: Fraction(1, 4), 3: Fraction(3, 4)})
    assert [(bar.get_x() + bar.get_width() / 2, bar.get_height()) for bar in bars] == [(2, 0.25), (3, 0.75)]


def test_every_value_is_numbered_or_every_third(ax):
    draw_bars(ax, dict.fromkeys(range(1, 8), 1 / 7))
    assert ax.get_xticks().tolist() == [1, 2, 3, 4, 5, 6, 7]
    draw_bars(ax, dict.fromkeys(range(1, 8), 1 / 7), every=3)
    assert ax.get_xticks().tolist() == [1, 4, 7]


def test_what_matters_stands_out(ax):
    strengths = [bar.get_facecolor()[3] for bar in draw_bars(ax, {1: 0.5, 2: 0.5}, lit=[2])]
    assert strengths[0] < strengths[1] == 1
    assert {bar.get_facecolor()[3] for bar in draw_bars(ax, {1: 0.5, 2: 0.5})} == {1}


def test_colour_and_labels(ax):
    (bar,) = draw_bars(ax, {4: 1}, color=ORANGE, labels={4: "1/1"})
    assert to_hex(bar.get_facecolor()) == ORANGE
    (label,) = ax.texts
    assert (label.get_text(), label.xy) == ("1/1", (4, 1.0))
    ax.figure.draw_without_rendering()
    assert label.get_window_extent().y1 < ax.get_window_extent().y1  # not cut off


def test_negative_bars_are_refused(ax):
    with pytest.raises(ValueError, match=r"draw_bars: the smallest probability is -0\.5, expected"):
        draw_bars(ax, {1: 1.5, 2: -0.5})


@settings(max_examples=20, deadline=None)
@given(st.lists(st.floats(0.01, 1), min_size=1, max_size=12))
def test_the_axis_begins_at_zero_and_holds_every_bar(heights):
    figure, ax = plt.subplots()
    draw_bars(ax, dict(enumerate(heights)))
    low, high = ax.get_ylim()
    plt.close(figure)
    assert low == 0
    assert high > max(heights)


def test_amounts_stand_on_zero_with_their_numbers(ax):
    draw_amounts(ax, {"first": 1200, "second": 0}, title="parameters")
    assert [bar.get_height() for bar in ax.patches] == [1200, 0]
    assert [text.get_text() for text in ax.texts] == ["1,200", "0"]
    assert ax.get_ylim()[0] == 0
    with pytest.raises(ValueError, match="draw_amounts: the smallest amount is -1, expected none below 0"):
        draw_amounts(ax, {"first": -1})

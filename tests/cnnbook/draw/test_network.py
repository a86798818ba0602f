import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnbook.draw.network import INK_ON_PAPER, Stage, draw_stages, draw_verdict
from cnnbook.draw.style import AMOUNT, GREEN, SIGNED


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def widths(figure):
    return [picture.get_extent()[1] - picture.get_extent()[0] for picture in figure.axes[0].images]


def test_every_pixel_is_as_large_in_every_stage():
    figure = draw_stages([Stage("a", np.ones((1, 8, 8))), Stage("b", np.ones((3, 2, 4)))])
    assert widths(figure) == pytest.approx([8, 4, 4, 4])
    top, bottom = figure.axes[0].images[1].get_extent()[3], figure.axes[0].images[1].get_extent()[2]
    assert bottom - top == pytest.approx(2)
    ends = figure.axes[0].transData.transform([(0, 0), (1, 1)])
    assert abs(ends[1] - ends[0]) == pytest.approx(abs(ends[1] - ends[0])[::-1])  # square pixels


def test_maps_are_drawn_as_they_are_and_in_order():
    maps = np.arange(-12, 12).reshape(6, 2, 2)
    drawn = [picture.get_array() for picture in draw_stages([Stage("a", maps)], columns=4).axes[0].images]
    np.testing.assert_array_equal(drawn, maps)


def test_signed_colours_are_as_strong_on_both_sides_and_shared_by_all_maps():
    figure = draw_stages([Stage("a", np.array([[[-3.0]], [[1.0]]]))])
    assert [picture.get_clim() for picture in figure.axes[0].images] == [(-3, 3)] * 2
    assert all(picture.get_cmap() is SIGNED for picture in figure.axes[0].images)


def test_amounts_begin_at_zero():
    figure = draw_stages([Stage("a", np.array([[[2.0]], [[5.0]]]), AMOUNT)])
    assert [picture.get_clim() for picture in figure.axes[0].images] == [(0, 5)] * 2


def test_a_stage_of_zeros_can_be_drawn():
    figure = draw_stages([Stage("a", np.zeros((1, 2, 2))), Stage("b", np.zeros((1, 2, 2)), AMOUNT)])
    assert [picture.get_clim() for picture in figure.axes[0].images] == [(-1, 1), (0, 1)]


def test_titles_stand_above_their_maps_in_their_colours():
    figure = draw_stages([Stage("one", np.ones((2, 3, 3)), color=GREEN), Stage("two", np.ones((2, 3, 3)))])
    ax = figure.axes[0]
    tops = [ax.images[0].get_extent()[3], ax.images[2].get_extent()[3]]
    heights = [text.get_position()[1] for text in ax.texts]
    assert heights[0] < tops[0] < heights[1] < tops[1]
    assert ax.texts[0].get_color() == GREEN


def test_probabilities_are_bars_from_zero_to_one():
    figure = draw_stages([Stage("a", np.ones((1, 4, 4)))], probabilities=[0.2, 0.7, 0.1], title="chance")
    below = figure.axes[1]
    assert [bar.get_height() for bar in below.patches] == [0.2, 0.7, 0.1]
    assert below.get_ylim() == (0, 1)
    assert figure.axes[0].texts[-1].get_text() == "chance"


def test_a_verdict_shows_the_image_the_answer_and_what_was_wanted():
    ax = plt.figure().subplots()
    image = np.random.default_rng(0).random((8, 8))
    draw_verdict(ax, image, [0.1, 0.2, 0.0, 0.7], label=1)
    picture, bars = ax.child_axes
    np.testing.assert_array_equal(picture.images[0].get_array(), image)
    assert picture.images[0].get_clim() == (0, 1)
    assert bars.get_xticks().tolist() == [1, 3]
    assert [bar.get_linewidth() for bar in bars.patches].index(2) == 1
    assert bars.get_ylim() == (0, 1)


def test_a_right_verdict_needs_one_number_only():
    ax = plt.figure().subplots()
    draw_verdict(ax, np.eye(3), [0.1, 0.9], label=1)
    assert ax.child_axes[1].get_xticks().tolist() == [1]


@pytest.mark.parametrize("cmap", [AMOUNT, INK_ON_PAPER])
def test_negative_values_are_never_drawn_as_zero(cmap):
    with pytest.raises(
        ValueError, match=r"draw_stages: the maps of 'C1' go down to -0.5, expected no value below 0"
    ):
        draw_stages([Stage("C1", np.array([[[-0.5, 1.0]]]), cmap)])


@given(st.integers(1, 16), st.integers(1, 9), st.integers(1, 9), st.integers(1, 16))
def test_maps_stay_on_the_sheet_and_apart(count, rows, columns, beside):
    figure = draw_stages([Stage("a", np.ones((count, rows, columns)))], columns=beside)
    ax = figure.axes[0]
    boxes = [picture.get_extent() for picture in ax.images]
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    plt.close(figure)
    assert all(left <= x0 < x1 <= right and top <= y0 < y1 <= bottom for x0, x1, y1, y0 in boxes)
    for number, (x0, x1, y1, y0) in enumerate(boxes):
        for u0, u1, v1, v0 in boxes[number + 1 :]:
            assert x1 < u0 or u1 < x0 or y1 < v0 or v1 < y0

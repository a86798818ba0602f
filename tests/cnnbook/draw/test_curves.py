"""Curves, stems and the area under a product."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from matplotlib.colors import to_hex

from cnnbook.draw.curves import draw_curve, draw_overlap, draw_stems
from cnnbook.draw.style import BLUE, GREEN, ORANGE, SOFT_GREEN


@pytest.fixture
def ax():
    figure, ax = plt.subplots()
    yield ax
    plt.close(figure)


def test_a_curve_carries_its_name_in_its_colour(ax):
    draw_curve(ax, [0, 1], [2, 3], color=ORANGE, name="$f$", at=(0.5, 3))
    (line,), (name,) = ax.lines, ax.texts
    assert line.get_xydata().tolist() == [[0, 2], [1, 3]]
    assert line.get_color() == name.get_color() == ORANGE
    assert (name.get_text(), name.get_position()) == ("$f$", (0.5, 3))


def test_a_curve_without_a_name_writes_nothing(ax):
    draw_curve(ax, [0, 1], [2, 3], linestyle="--")
    assert not ax.texts
    assert ax.lines[0].get_linestyle() == "--"


def test_stems_stand_on_zero(ax):
    draw_stems(ax, [1, 2], [3, -4])
    segments = ax.collections[0].get_segments()
    assert [s.tolist() for s in segments] == [[[1, 0], [1, 3]], [[2, 0], [2, -4]]]
    assert ax.lines[0].get_color() == GREEN


def test_the_shaded_shape_is_the_product_not_the_smaller_of_the_two(ax):
    draw_overlap(ax, [0, 1, 2], [2, 2, 2], [3, 3, 3], names=("f", "g"), at=((0, 2.5), (0, 3.5)))
    (area,) = ax.collections
    assert area.get_paths()[0].get_extents().height == 6
    assert to_hex(area.get_facecolor()[0]) == SOFT_GREEN
    assert [line.get_color() for line in ax.lines] == [BLUE, ORANGE]
    assert [text.get_text() for text in ax.texts] == ["f", "g"]


def test_refusals(ax):
    with pytest.raises(ValueError, match=r"draw_curve: got shapes \(2,\) and \(3,\), expected two lists"):
        draw_curve(ax, [0, 1], [0, 1, 2])
    with pytest.raises(ValueError, match=r"draw_stems: got shapes \(1, 1\) and \(1, 1\)"):
        draw_stems(ax, [[0]], [[1]])
    with pytest.raises(ValueError, match=r"draw_overlap: got shapes \(2,\) and \(1,\)"):
        draw_overlap(ax, [0, 1], [0, 1], [0])
    with pytest.raises(ValueError, match=r"draw_curve: the name 'f' has no place, expected at="):
        draw_curve(ax, [0, 1], [0, 1], name="f")
    with pytest.raises(ValueError, match=r"the name 'g' has no place"):
        draw_overlap(ax, [0, 1], [0, 1], [0, 1], names=("", "g"))


@given(arrays(float, 5, elements=st.floats(-10, 10)), arrays(float, 5, elements=st.floats(-10, 10)))
def test_the_shaded_shape_reaches_as_far_as_the_product(first, second):
    figure, ax = plt.subplots()
    draw_overlap(ax, np.arange(5), first, second)
    heights = ax.collections[0].get_paths()[0].vertices[:, 1]
    product = first * second
    assert heights.max() == max(product.max(), 0)
    assert heights.min() == min(product.min(), 0)
    plt.close(figure)

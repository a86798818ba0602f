"""Blocks as one row: the right numbers in the right colours at the right places."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex

from cnnbook.draw.grid import sheet
from cnnbook.draw.index_map import CHANNELS, draw_block, draw_line
from cnnbook.draw.style import SOFT_ORANGE


@pytest.fixture
def ax():
    figure, axes = sheet(12, 12)
    yield axes
    plt.close(figure)


def faces(ax):
    """Colours of the single cells, by their place on the sheet."""
    cells = [patch for patch in ax.patches if getattr(patch, "get_width", lambda: 0)() == 1]
    return {(cell.get_y(), cell.get_x()): to_hex(cell.get_facecolor()) for cell in cells}


def test_channels_stand_beside_one_another_in_their_colours(ax):
    draw_block(ax, np.arange(12).reshape(2, 2, 3), at=(2, 1), gap=1, titles=("a", "b"))
    grids = [patch for patch in ax.patches if getattr(patch, "get_width", lambda: 0)() == 3]
    assert [(grid.get_xy(), to_hex(grid.get_facecolor())) for grid in grids] == [
        ((1, 2), CHANNELS[0]),
        ((5, 2), CHANNELS[1]),
    ]
    assert [text.get_text() for text in ax.texts if text.get_text().isalpha()] == ["a", "b"]


def test_a_row_breaks_and_goes_on_counting(ax):
    draw_line(ax, list("abcde"), [0, 0, 1, 1, 2], at=(1, 0), columns=3)
    words = [text.get_text() for text in ax.texts]
    assert words == ["a", "b", "c", "0", "1", "2", "d", "e", "3", "4"]
    colours = list(faces(ax).values())
    assert colours == [CHANNELS[0], CHANNELS[0], CHANNELS[1], CHANNELS[1], CHANNELS[2]]


def test_a_lit_place_has_its_own_colour(ax):
    draw_line(ax, [1, 2, 3], [0, 0, 0], at=(1, 0), lit={1: SOFT_ORANGE})
    assert list(faces(ax).values()) == [CHANNELS[0], SOFT_ORANGE, CHANNELS[0]]


def test_refusals(ax):
    with pytest.raises(ValueError, match=r"draw_block: values has shape \(3, 4\), expected \(C, H, W\)"):
        draw_block(ax, np.ones((3, 4)))
    with pytest.raises(ValueError, match="with C at most 3"):
        draw_block(ax, np.ones((4, 2, 2)))
    with pytest.raises(ValueError, match="draw_line: 2 values come from 1 channels, expected one for each"):
        draw_line(ax, [1, 2], [0])

"""Number grids: what is written where, and in which colour."""

import io
import re
from fractions import Fraction

import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_hex

from cnnbook.draw.grid import draw_grid, draw_window, sheet, wipe, write
from cnnbook.draw.style import BLACK, SIGNED, SOFT_GREEN, WHITE


@pytest.fixture
def ax():
    figure, axes = sheet(4, 8)
    yield axes
    plt.close(figure)


def written(ax) -> dict[tuple[float, float], str]:
    """Return the texts by their row and column on the sheet."""
    return {
        (round(y, 2), round(x, 2)): text.get_text() for text in ax.texts for x, y in [text.get_position()]
    }


def face_at(ax, row: float, column: float) -> str:
    """Return the colour that a reader sees at a point: that of the last filled patch over it."""
    covering = [
        patch
        for patch in sorted(ax.patches, key=lambda patch: patch.get_zorder())
        if patch.get_fill() and patch.contains_point(ax.transData.transform((column, row)))
    ]
    return to_hex(covering[-1].get_facecolor())


def test_numbers_stand_in_the_middle_of_their_cells(ax):
    draw_grid(ax, [[1, 2], [3, 4]], at=(1, 2))
    assert written(ax) == {(1.5, 2.5): "1", (1.5, 3.5): "2", (2.5, 2.5): "3", (2.5, 3.5): "4"}


def test_numbers_are_written_as_people_write_them(ax):
    draw_grid(ax, [[-1, 0.25, Fraction(-1, 6), "a-b", None, "", np.int64(-2), np.float64(1e-9)]])
    assert list(written(ax).values()) == ["−1", "0.25", "−1/6", "a-b", "−2", "1e−09"]


def test_title_and_names_stand_outside(ax):
    draw_grid(ax, [[1, 2]], at=(2, 3), title="input", row_names=["row"], column_names=[7, 8])
    texts = written(ax)
    assert texts[0.65, 4] == "input"
    assert texts[2.5, 2.7] == "row"
    assert [texts[1.55, 3.5], texts[1.55, 4.5]] == ["7", "8"]


def test_lit_cells_and_only_these_change_colour(ax):
    draw_grid(ax, np.zeros((2, 3), int), at=(1, 1), lit={(0, 2): SOFT_GREEN})
    assert face_at(ax, 1.5, 3.5) == SOFT_GREEN
    assert {face_at(ax, row + 1.5, column + 1.5) for row, column in [(0, 0), (0, 1), (1, 2)]} == {"#ffffff"}


def test_a_colour_map_shows_signs_and_keeps_numbers_legible(ax):
    draw_grid(ax, [[-4, 0, 4]], cmap=SIGNED, limits=(-4, 4))
    assert [face_at(ax, 0.5, 0.5 + n) for n in range(3)] == [to_hex(SIGNED(x)) for x in (0.0, 0.5, 1.0)]
    assert [text.get_color() for text in ax.texts] == [WHITE, BLACK, WHITE]


def test_a_window_is_a_frame_without_filling(ax):
    draw_window(ax, (1, 2), (2, 3), color=SOFT_GREEN)
    (frame,) = ax.patches
    assert (frame.get_xy(), frame.get_height(), frame.get_width(), frame.get_fill()) == ((2, 1), 2, 3, False)


def test_cells_are_square_and_rows_run_downwards(ax):
    origin, right, below = ax.transData.transform([(0, 0), (1, 0), (0, 1)])
    assert right[0] - origin[0] == pytest.approx(origin[1] - below[1])
    assert below[1] < origin[1]


def test_numbers_fit_their_cells():
    figure, ax = sheet(2, 24)
    draw_grid(ax, [[88]])
    box = ax.texts[0].get_window_extent()
    cell = ax.transData.transform((1, 0))[0] - ax.transData.transform((0, 0))[0]
    plt.close(figure)
    assert box.width < cell
    assert box.height < cell


def test_a_sheet_saves_without_a_word_from_the_layout_engine(ax):
    draw_grid(ax, [[1]])
    with plt.rc_context({"figure.constrained_layout.use": True}):
        ax.figure.savefig(io.BytesIO())


def test_nothing_is_written_for_no_text(ax):
    write(ax, 1, 1, "")
    assert not ax.texts


def test_wiping_leaves_the_size():
    figure, ax = sheet(3, 5)
    draw_grid(ax, [[1]])
    draw_window(wipe(ax), (0, 0), (1, 1))
    plt.close(figure)
    assert (ax.get_xlim(), ax.get_ylim(), len(ax.patches), len(ax.texts)) == ((0, 5), (3, 0), 1, 0)


@pytest.mark.parametrize("values", [[1, 2], 3, np.zeros((2, 2, 2))])
def test_only_tables_are_grids(ax, values):
    message = f"draw_grid: values has shape {np.shape(values)}, expected two axes"
    with pytest.raises(ValueError, match=re.escape(message)):
        draw_grid(ax, values)


@pytest.mark.parametrize("half", [{"cmap": SIGNED}, {"limits": (0, 1)}])
def test_a_colour_map_needs_its_limits(ax, half):
    with pytest.raises(ValueError, match=r"draw_grid: got cmap .* expected both or neither"):
        draw_grid(ax, [[1]], **half)


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 4), st.integers(1, 4), st.data())
def test_every_number_is_written_once(rows, columns, data):
    cells = data.draw(st.lists(st.integers(-99, 99), min_size=rows * columns, max_size=rows * columns))
    figure, ax = sheet(5, 5)
    draw_grid(ax, np.reshape(cells, (rows, columns)))
    plt.close(figure)
    assert [int(text.get_text().replace("−", "-")) for text in ax.texts] == cells

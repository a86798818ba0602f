"""The steps of a scan: which cells the window covers, what the output shows."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from cnnbook.draw.grid import sheet
from cnnbook.draw.scan import draw_scan, scan_size
from cnnbook.draw.style import FAINT, GREEN, ORANGE

TITLES = "input", "kernel", "output"


def scanned(image, kernel, output, place, **options):
    """Draw one step on a sheet of its own and return the axes."""
    shapes = [np.shape(part) for part in (image, kernel, output)]
    figure, ax = sheet(*scan_size(*shapes, options.get("margin", (0, 0))))
    draw_scan(ax, image, kernel, output, place, titles=TITLES, **options)
    plt.close(figure)
    return ax


def frame(ax, color) -> tuple[float, float, float, float]:
    """Return left, top, width and height of the frame in this colour."""
    (found,) = [
        patch
        for patch in ax.patches
        if isinstance(patch, Rectangle) and not patch.get_fill() and to_hex(patch.get_edgecolor()) == color
    ]
    return (*found.get_xy(), found.get_width(), found.get_height())


def test_the_window_covers_the_cells_that_make_the_output():
    image = np.arange(12).reshape(3, 4)
    ax = scanned(image, np.ones((2, 2), int), np.arange(6).reshape(2, 3), (1, 2))
    numbers = {text.get_position(): text.get_text() for text in ax.texts}
    left, top, width, height = frame(ax, ORANGE)
    inside = [text for (x, y), text in numbers.items() if left < x < left + width and top < y < top + height]
    assert inside == ["6", "7", "10", "11"]


def test_the_window_moves_by_the_stride():
    step = {"kernel": [[1]], "output": np.zeros((2, 2)), "image": np.zeros((3, 4)), "stride": (2, 3)}
    first, last = (frame(scanned(place=place, **step), ORANGE) for place in [(0, 0), (1, 1)])
    assert (last[0] - first[0], last[1] - first[1]) == (3, 2)


def test_the_output_is_written_up_to_the_place():
    ax = scanned([[1]], [[1]], [[20, 21], [22, 23]], (1, 0))
    assert [text.get_text() for text in ax.texts if text.get_text().startswith("2")] == ["20", "21", "22"]
    left, top, *_size = frame(ax, GREEN)
    assert (left + 0.5, top + 0.5) in {text.get_position() for text in ax.texts if text.get_text() == "22"}


def test_the_margin_is_zeros_in_another_colour():
    ax = scanned([[5]], [[1, 1]], [[5, 5]], (0, 0), margin=(0, 1))
    assert [text.get_text() for text in ax.texts][:3] == ["0", "5", "0"]
    assert sum(to_hex(patch.get_facecolor()) == FAINT for patch in ax.patches) == 1  # the other is covered


def test_all_three_grids_have_their_names_and_the_note_stands_below():
    ax = scanned([[1]], [[2]], [[2]], (0, 0), note="1 · 2 = 2")
    rows = {text.get_text(): text.get_position()[1] for text in ax.texts}
    assert set(TITLES) < set(rows)
    assert rows["1 · 2 = 2"] > max(row for text, row in rows.items() if text != "1 · 2 = 2")


def test_names_must_be_given():
    figure, ax = sheet(4, 8)
    with pytest.raises(TypeError, match="titles"):
        draw_scan(ax, [[1]], [[1]], [[1]], (0, 0))
    plt.close(figure)


@settings(max_examples=20, deadline=None)
@given(*[st.tuples(st.integers(1, 4), st.integers(1, 4)) for _ in range(3)], st.integers(0, 2))
def test_everything_stays_on_the_sheet(image, kernel, output, margin):
    grids = [np.ones(shape) for shape in (image, kernel, output)]
    ax = scanned(*grids, (0, 0), margin=(margin, margin), note="note")
    rows, columns = scan_size(image, kernel, output, (margin, margin))
    for text in ax.texts:
        x, y = text.get_position()
        assert 0 < x < columns
        assert 0 < y < rows

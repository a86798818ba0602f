import matplotlib.pyplot as plt
import pytest
from matplotlib.colors import to_hex

from cnnbook.draw.grid import sheet
from cnnbook.draw.style import BLUE, GREEN, ORANGE
from cnnbook.draw.trace import draw_trace, trace_size


@pytest.fixture
def ax():
    yield sheet(6, 12)[1]
    plt.close("all")


def cells(ax, color):
    return [patch for patch in ax.patches if to_hex(patch.get_edgecolor()) == color]


def columns(patches):
    return [int(patch.get_x()) for patch in patches]


def test_each_window_covers_what_it_reads(ax):
    draw_trace(ax, 5, [[0, 1, 2], [2, 3, 4]])
    assert columns(cells(ax, BLUE)) == [0, 1, 2, 3, 4]
    assert columns(cells(ax, ORANGE)) == [0, 1, 2, 2, 3, 4]
    rows = [round(patch.get_y(), 2) for patch in cells(ax, ORANGE)]
    assert len(set(rows)) == 2
    assert len(cells(ax, GREEN)) == 2


def test_padding_moves_the_input_to_the_right(ax):
    draw_trace(ax, 3, [[-1, 0], [1, 2]], padding=(1, 1))
    assert columns(cells(ax, BLUE)) == [1, 2, 3]
    assert columns(cells(ax, ORANGE)) == [0, 1, 2, 3]
    written = [text.get_text() for text in ax.texts]
    assert written == ["0", "0", "1", "2", "0", "→", "0", "→", "1"]


def test_what_is_not_read_is_crossed_out(ax):
    draw_trace(ax, 6, [[0, 2, 4]])
    crosses = [line.get_xdata() for line in ax.lines if len(line.get_xdata()) == 2][:-1]
    assert sorted({int(x[0]) for x in crosses}) == [1, 3, 5]


def test_input_kernel_and_output_are_named(ax):
    draw_trace(ax, 3, [[0, 1], [1, 2]], names=("in", "by", "out"))
    colors = {text.get_text(): text.get_color() for text in ax.texts}
    assert (colors["in"], colors["by"], colors["out"]) == (BLUE, ORANGE, GREEN)


def test_the_stated_size_holds_the_drawing(ax):
    draw_trace(ax, 4, [[0], [1], [2]], padding=(1, 0))
    rows, width = trace_size(4, 3, (1, 0))
    assert max(patch.get_y() + patch.get_height() for patch in ax.patches) == pytest.approx(rows)
    assert max(patch.get_x() + patch.get_width() for patch in ax.patches) < width


def test_a_window_beyond_the_padding_is_refused(ax):
    with pytest.raises(ValueError, match="draw_trace: windows read cells 0 to 3, expected 0 to 2"):
        draw_trace(ax, 3, [[0, 1], [2, 3]])

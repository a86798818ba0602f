import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Circle

from cnnbook.draw.grid import sheet
from cnnbook.draw.style import FAINT, GREEN, MUTED, SOFT_ORANGE
from cnnbook.draw.wiring import SHARED, draw_weight_table, draw_wiring

TIED = np.array([["a", "b", ""], ["", "a", "b"]])
LOOKS = dict(zip("ab", SHARED, strict=False))


@pytest.fixture
def ax():
    yield sheet(5, 4)[1]
    plt.close("all")


def ends(line):
    (x0, x1), (y0, y1) = line.get_data()
    return (x0, y0), (x1, y1)


def test_a_line_runs_from_each_input_to_the_output_that_it_feeds(ax):
    draw_wiring(ax, TIED, at=(1, 0.5), drop=2)
    assert [ends(line) for line in ax.lines] == [
        ((1.0, 1.5), (1.5, 3.5)),
        ((2.0, 1.5), (1.5, 3.5)),
        ((2.0, 1.5), (2.5, 3.5)),
        ((3.0, 1.5), (2.5, 3.5)),
    ]


def test_equal_weights_look_equal_and_others_do_not(ax):
    draw_wiring(ax, TIED, looks=LOOKS)
    colors = [line.get_color() for line in ax.lines]
    assert colors == [LOOKS[name].color for name in "abab"]
    styles = [str(line._dash_pattern) for line in ax.lines]
    assert styles[0] == styles[2] != styles[1] == styles[3]  # told apart without colours as well
    assert len({look.color for look in SHARED}) == len({str(look.dashes) for look in SHARED}) == len(SHARED)


def test_removed_lines_are_faint_and_behind(ax):
    draw_wiring(ax, TIED, removed=True)
    assert [line.get_color() for line in ax.lines] == [MUTED, MUTED, FAINT, FAINT, MUTED, MUTED]
    assert ax.lines[2].get_zorder() < ax.lines[0].get_zorder()


def test_units_hold_their_numbers_with_a_true_minus_sign(ax):
    draw_wiring(ax, TIED, inputs=[1, 2, 3], outputs=[4, -5])
    assert [text.get_text() for text in ax.texts] == ["1", "2", "3", "4", "−5"]
    circles = [patch for patch in ax.patches if isinstance(patch, Circle)]
    assert len(circles) == 5
    assert to_hex(circles[-1].get_edgecolor()) == GREEN


def test_the_table_has_the_wiring_s_colours(ax):
    draw_weight_table(ax, TIED, at=(1, 1), looks=LOOKS, title="matrix")
    filled = [to_hex(patch.get_facecolor()) for patch in ax.patches]
    assert filled.count(SOFT_ORANGE) == 2
    zeros = [text for text in ax.texts if text.get_text() == "0"]
    assert [text.get_position() for text in zeros] == [(3.5, 1.5), (1.5, 2.5)]


def test_refusals(ax):
    with pytest.raises(ValueError, match=r"draw_wiring: weights has shape \(3,\), expected \(outputs"):
        draw_wiring(ax, ["a", "b", "c"])
    with pytest.raises(ValueError, match="draw_wiring: inputs has 2 texts, expected 3 or none"):
        draw_wiring(ax, TIED, inputs=[1, 2])
    with pytest.raises(ValueError, match=r"draw_weight_table: weights has shape \(3,\)"):
        draw_weight_table(ax, ["a", "b", "c"])

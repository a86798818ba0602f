import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from cnnbook.draw.receptive_field import draw_cone, draw_region, show_effective
from cnnbook.draw.style import FAINT, ORANGE


def marked(ax, colour):
    """Positions (pixel, level) of the markers in one colour."""
    lines = [line for line in ax.get_lines() if to_hex(line.get_color()) == colour]
    return sorted(
        point for line in lines for point in zip(*map(np.ndarray.tolist, line.get_data()), strict=True)
    )


def test_cone_marks_what_is_seen():
    ax = Figure().subplots()
    draw_cone(ax, [np.arange(5.0), np.arange(1.0, 4.0)], [(1, 3), (1, 1)], labels=["in", "out"])
    assert marked(ax, ORANGE) == [(1, 0), (2, 0), (2, 1), (3, 0)]
    assert marked(ax, FAINT) == [(0, 0), (1, 1), (3, 1), (4, 0)]
    (cone,) = ax.patches
    assert cone.get_xy()[:4].tolist() == [[1, 0], [3, 0], [2, 1], [2, 1]]


def test_cone_of_a_unit_that_sees_nothing():
    ax = Figure().subplots()
    draw_cone(ax, [np.arange(3.0), np.arange(3.0)], [None, (2, 2)])
    assert not ax.patches
    assert marked(ax, ORANGE) == [(2, 1)]
    with pytest.raises(ValueError, match=r"draw_cone: 1 layers have 2 ranges, expected one for each"):
        draw_cone(ax, [np.arange(3.0)], [None, None])


def test_region_is_a_frame_around_whole_pixels():
    ax = Figure().subplots()
    ax.imshow(np.zeros((6, 6)))
    assert draw_region(ax, ((2, 3), (-1, 1))).get_bbox().bounds == (-1.5, 1.5, 3, 2)
    assert draw_region(ax, (None, (0, 1))) is None


def test_effective_field_is_white_where_nothing_matters():
    ax = Figure().subplots()
    picture = show_effective(ax, np.array([[0.0, 0.2], [0.1, 0.4]]), region=((0, 1), (0, 0)), title="energy")
    colours = picture.to_rgba(picture.get_array())
    assert colours[0, 0].min() > 0.99
    assert colours[1, 1].sum() < colours[0, 1].sum() < colours[1, 0].sum()
    assert len(ax.patches) == 1
    with pytest.raises(ValueError, match=r"show_effective: energy must be \(H, W\) and not negative"):
        show_effective(ax, np.array([[-1.0]]))

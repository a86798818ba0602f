import matplotlib.pyplot as plt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from cnnbook.draw.grid import sheet
from cnnbook.draw.planes import draw_planes, planes_size
from cnnbook.draw.style import BLUE, GREEN, SOFT_BLUE, SOFT_GREEN


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def sheets(ax):
    """The rectangles of the sheets, from the front to the back."""
    found = [patch for patch in ax.patches if isinstance(patch, Rectangle)]
    return sorted(found, key=lambda patch: -patch.get_zorder())


def test_channel_0_lies_in_front_at_the_lower_left():
    ax = sheet(6, 6)[1]
    draw_planes(ax, (3, 2, 4), at=(1, 0.5), step=0.5, faces=(SOFT_BLUE, SOFT_GREEN), color=BLUE)
    assert [patch.get_xy() for patch in sheets(ax)] == [(0.5, 2.0), (1.0, 1.5), (1.5, 1.0)]
    faces = [to_hex(patch.get_facecolor()) for patch in sheets(ax)]
    assert faces == [SOFT_BLUE, SOFT_GREEN, SOFT_BLUE]  # used again from the start


def test_lit_cells_go_through_all_channels():
    ax = sheet(6, 6)[1]
    draw_planes(ax, (2, 3, 3), step=1, lit=[(0, 2)], lit_face=GREEN)
    lit = [patch for patch in sheets(ax) if to_hex(patch.get_facecolor()) == GREEN]
    assert [patch.get_xy() for patch in lit] == [(2, 1), (3, 0)]
    assert {(patch.get_width(), patch.get_height()) for patch in lit} == {(1, 1)}


@settings(deadline=None, max_examples=20)
@given(st.tuples(*[st.integers(1, 6)] * 3), st.sampled_from([0.25, 0.5, 1]))
def test_the_stated_size_is_covered(shape, step):
    ax = sheet(20, 20)[1]
    draw_planes(ax, shape, at=(2, 3), step=step)
    boxes = [patch.get_bbox() for patch in sheets(ax)]
    rows = max(box.y1 for box in boxes) - min(box.y0 for box in boxes)
    columns = max(box.x1 for box in boxes) - min(box.x0 for box in boxes)
    assert (rows, columns) == pytest.approx(planes_size(shape, step))
    assert len(boxes) == shape[0]
    assert (min(box.y0 for box in boxes), min(box.x0 for box in boxes)) == pytest.approx((2, 3))
    plt.close("all")


@pytest.mark.parametrize("shape", [(2, 3), (0, 2, 2), (1, 2, 3, 4)])
def test_other_shapes_are_refused(shape):
    with pytest.raises(ValueError, match=r"draw_planes: shape is .*, expected"):
        draw_planes(sheet(3, 3)[1], shape)

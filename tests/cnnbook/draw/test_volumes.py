import numpy as np
import pytest
from matplotlib.colors import to_hex

from cnnbook.draw.grid import sheet
from cnnbook.draw.style import BLUE, GREEN, SOFT_GREEN
from cnnbook.draw.volumes import Volume, box, draw_box, draw_networks


def test_every_number_has_the_same_room():
    for shape in ((6, 28, 28), (3, 5, 7), (84,)):
        assert np.prod(box(shape, 0.4)) == pytest.approx(0.4 * np.prod(shape))


def test_the_front_of_a_box_is_to_scale():
    _figure, ax = sheet(20, 20)
    draw_box(ax, (3, 8, 5), at=(15, 2), color=GREEN)
    front = ax.patches[0].get_xy()
    assert np.ptp(front, axis=0).tolist() == [3, 8]
    assert front.min(axis=0).tolist() == [2, 7]
    assert to_hex(ax.patches[0].get_facecolor()) == SOFT_GREEN


def test_networks_share_one_scale_and_stand_apart():
    small, large = [Volume("a", (1, 10, 10), BLUE)], [Volume("b", (1, 40, 40), BLUE), Volume("c", (9,))]
    figure = draw_networks([small, large], titles=["S", "L"], thickness=1, gap=4, label_width=20)
    fronts = [patch.get_xy() for patch in figure.axes[0].patches[::3]]
    assert [np.ptp(front[:, 1]) for front in fronts] == [10, 40, 1]
    assert fronts[1][:, 0].min() > fronts[0][:, 0].max() + 20
    assert fronts[2][:, 1].min() > fronts[1][:, 1].max()


def test_titles_are_counted():
    with pytest.raises(ValueError, match="draw_networks: 1 networks have 0 titles, expected as many"):
        draw_networks([[Volume("a", (1, 2, 2))]], titles=[], thickness=1, gap=1, label_width=1)

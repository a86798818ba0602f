import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from cnnbook.draw.images import show_image, show_kernel, show_signed, signed_colorbar


def _pixel(picture, row, column):
    return to_hex(picture.to_rgba(picture.get_array())[row, column])


def _is_white(picture, row, column):
    return picture.to_rgba(picture.get_array())[row, column].min() > 0.99


def test_grey_image_by_hand():
    ax = Figure().subplots()
    picture = show_image(ax, np.array([[0, 0.5, 1]]), title="input")
    assert [_pixel(picture, 0, column) for column in range(3)] == ["#000000", "#808080", "#ffffff"]
    assert ax.get_title() == "input"
    assert ax.get_xticks().size == ax.get_yticks().size == 0


def test_pixels_are_not_smoothed():
    assert show_image(Figure().subplots(), np.eye(2)).get_interpolation() == "none"


def test_greys_can_be_stretched():
    picture = show_image(Figure().subplots(), np.array([[-1.0, 3.0]]), limits=(-1, 3))
    assert [_pixel(picture, 0, 0), _pixel(picture, 0, 1)] == ["#000000", "#ffffff"]


@pytest.mark.parametrize("stray", [-0.1, 1.1])
def test_nothing_is_clamped(stray):
    with pytest.raises(ValueError, match=r"show_image: image runs from .*, expected values within \(0, 1\)"):
        show_image(Figure().subplots(), np.array([[0.5, stray]]))
    with pytest.raises(ValueError, match=r"show_signed: image has a value of size 1\.1"):
        show_signed(Figure().subplots(), np.array([[-1.1, 0.2]]), limit=1)


def test_signs_are_told_apart_and_zero_is_white():
    picture = show_signed(Figure().subplots(), np.array([[-2.0, 0, 1]]))
    assert picture.get_clim() == (-2, 2)
    assert _is_white(picture, 0, 1)
    blue, orange = (picture.to_rgba(picture.get_array())[0, column] for column in (0, 2))
    assert blue[2] > blue[0]
    assert orange[0] > orange[2]


def test_an_image_of_zeros_is_white():
    picture = show_signed(Figure().subplots(), np.zeros((2, 2)))
    assert _is_white(picture, 1, 1)


def test_limit_is_shared_between_pictures():
    assert show_signed(Figure().subplots(), np.ones((2, 2)), limit=4).get_clim() == (-4, 4)


def test_colorbar_names_ends_and_zero():
    figure = Figure()
    axes = figure.subplots(1, 2)
    bar = signed_colorbar(show_signed(axes[1], np.array([[-3.18, 1]])), axes, "slope")
    assert [label.get_text() for label in bar.ax.get_xticklabels()] == ["−3.18", "0", "3.18"]
    assert bar.ax.get_xlabel() == "slope"


def test_kernel_cells_carry_their_numbers():
    ax = Figure().subplots()
    show_kernel(ax, np.array([[-2, 0], [1, 0.5]]), title="kernel", size=9)
    assert [text.get_text() for text in ax.texts] == ["−2", "0", "1", "0.5"]
    assert {text.get_fontsize() for text in ax.texts} == {9}
    assert ax.get_title() == "kernel"


def test_kernel_of_zeros_is_drawn():
    ax = Figure().subplots()
    show_kernel(ax, np.zeros((2, 2)))
    assert len(ax.texts) == 4

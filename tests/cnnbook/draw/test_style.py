"""The book's look: colours that can be read on both grounds, letters in both scripts."""

import matplotlib as mpl
import pytest
from matplotlib import font_manager
from matplotlib.colors import to_rgb

from cnnbook.draw import style


def contrast(one, other) -> float:
    light, dark = sorted((style._luminance(one), style._luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_luminance_by_hand():
    assert style._luminance("#ffffff") == pytest.approx(1)
    assert style._luminance("#000000") == 0
    assert contrast("#ffffff", "#000000") == pytest.approx(21)


@pytest.mark.parametrize("name", ["INK", "MUTED", "BLUE", "ORANGE", "GREEN", "PURPLE"])
def test_text_can_be_read_on_both_grounds(name):
    """WCAG 2.2 asks 4.5 for text."""
    colour = getattr(style, name)
    assert contrast(colour, style.PAPER) >= 4.5
    assert contrast(style.DARK[colour], style.DARK[style.PAPER]) >= 4.5


@pytest.mark.parametrize("name", ["SOFT_BLUE", "SOFT_ORANGE", "SOFT_GREEN", "SOFT_PURPLE", "FAINT"])
def test_ink_can_be_read_on_fills(name):
    colour = getattr(style, name)
    assert contrast(style.INK, colour) >= 4.5
    assert contrast(style.DARK[style.INK], style.DARK[colour]) >= 4.5


@pytest.mark.parametrize("level", range(11))
@pytest.mark.parametrize("colours", [style.SIGNED, style.AMOUNT], ids=lambda colours: colours.name)
def test_text_on_every_colour_of_the_maps(colours, level):
    ground = colours(level / 10)
    assert contrast(style.text_on(ground), ground) >= 4.5


def test_zero_is_white_and_the_ends_differ():
    assert to_rgb(style.SIGNED(0.5)) == pytest.approx(to_rgb(style.WHITE), abs=0.01)
    assert style.SIGNED(0.0)[2] > style.SIGNED(0.0)[0]
    assert style.SIGNED(1.0)[0] > style.SIGNED(1.0)[2]


def test_twins_are_no_colours_of_their_own():
    assert not set(style.DARK) & set(style.DARK.values())
    assert style.WHITE not in style.DARK
    assert style.BLACK not in style.DARK


def test_chinese_letters_are_drawn():
    style.use_style()
    figure = mpl.figure.Figure()
    figure.text(0.5, 0.5, "卷积 convolution")
    figure.draw_without_rendering()  # a missing glyph would warn, and warnings are errors
    assert style._FONT in {font.name for font in font_manager.fontManager.ttflist}

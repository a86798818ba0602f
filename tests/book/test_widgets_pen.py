"""From the strokes of a pen to the image that the network reads."""

import numpy as np
import pytest
from built_pages import NEEDS_BROWSER
from widget_texts import SCRIPTS

pytestmark = NEEDS_BROWSER


@pytest.fixture(scope="module")
def page(browser):
    page = browser.new_page()
    for name in ("pen",):
        page.add_script_tag(path=SCRIPTS / f"{name}.js")
    yield page
    page.close()


NORMALISE = "([ink, side]) => Array.from(CNNBook.pen.normalised(Float32Array.from(ink), side))"


def normalised(page, ink) -> np.ndarray:
    return np.reshape(page.evaluate(NORMALISE, [np.ravel(ink).tolist(), len(ink)]), (32, 32))


def test_a_bar_becomes_twenty_pixels_high_in_the_middle(page):
    ink = np.zeros((140, 140))
    ink[10:110, 20:50] = 1  # 100 x 30: scaled by 1/5 to 20 x 6
    image = normalised(page, ink)
    expected = np.zeros((32, 32))
    expected[6:26, 13:19] = 1
    np.testing.assert_allclose(image, expected, atol=1e-6)


def test_the_centre_of_mass_comes_to_the_middle(page):
    rng = np.random.default_rng(3)
    for _ in range(20):
        ink = np.zeros((140, 140))
        top, left, rows, columns = *rng.integers(0, 70, 2), *rng.integers(10, 70, 2)
        ink[top : top + rows, left : left + columns] = rng.random((rows, columns)) ** 4
        image = normalised(page, ink)
        seen = np.argwhere(image > 0)
        assert (np.ptp(seen, axis=0) + 1).max() == 20
        centre = (np.indices((32, 32)) + 0.5).reshape(2, -1) @ image.ravel() / image.sum()
        assert np.abs(centre - 16).max() <= 0.5
        assert image[2:30, 2:30].sum() == pytest.approx(image.sum()), "the margin of 2 stays empty"


def test_where_the_drawing_stands_does_not_matter(page):
    ink = np.zeros((140, 140))
    ink[30:70, 30:33] = ink[68:70, 30:60] = 1
    there = normalised(page, np.roll(ink, (50, 60), (0, 1)))
    np.testing.assert_array_equal(normalised(page, ink), there)


def test_an_empty_sheet_is_an_empty_image(page):
    assert normalised(page, np.zeros((140, 140))).max() == 0


def test_ink_of_a_straight_stroke(page):
    """A stroke of width w and length l covers l w, and a half disc at either end."""
    strokes = [{"width": 0.1, "points": [0.2, 0.5, 0.8, 0.5]}]
    ink = page.evaluate("strokes => Array.from(CNNBook.pen.inked(strokes))", strokes)
    side = page.evaluate("CNNBook.pen.SHEET")
    assert sum(ink) / side**2 == pytest.approx(0.1 * 0.6 + np.pi * 0.05**2, rel=0.02)
    assert 0 <= min(ink) <= max(ink) == 1

"""Pooling and strided convolution of a moved image in the page, against `cnnbook.functional`."""

import numpy as np
import pytest
from built_pages import NEEDS_BROWSER
from widget_texts import SCRIPTS

from cnnbook.functional import avg_pool2d, conv2d, max_pool2d

pytestmark = NEEDS_BROWSER


@pytest.fixture(scope="module")
def page(browser):
    page = browser.new_page()
    for name in ("shift",):
        page.add_script_tag(path=SCRIPTS / f"{name}.js")
    yield page
    page.close()


BORDERS = {"circular": "wrap", "zero": "constant"}
APPLY = """([operation, side, values, window, stride, border, kernel]) =>
    Array.from(CNNBook.shift.apply(operation, { side, values }, { window, stride, border, kernel }).values)"""


def expected_map(operation, image, window, stride, border, kernel):
    """Pad by hand, then leave the work to `cnnbook.functional`."""
    count = -(-len(image) // stride)
    total = max((count - 1) * stride + window - len(image), 0)
    padded = np.pad(image, (total // 2, total - total // 2), BORDERS[border])[np.newaxis, np.newaxis]
    if operation == "convolution":
        return conv2d(padded, np.reshape(kernel, (1, 1, window, window)), stride=stride)[0, 0]
    pool = {"max": max_pool2d, "average": avg_pool2d}[operation]
    return pool(padded, window, stride=stride)[0, 0]


@pytest.mark.parametrize("operation", ["max", "average", "convolution"])
@pytest.mark.parametrize("border", BORDERS)
def test_maps(operation, border, page):
    rng = np.random.default_rng(1)
    for side in (7, 12, 24):
        for window in (1, 2, 3, 4, 5):
            for stride in (1, 2, 3, 4):
                image, kernel = rng.random((side, side)), rng.normal(size=window * window)
                setting = [window, stride, border, kernel.tolist()]
                found = page.evaluate(APPLY, [operation, side, image.ravel().tolist(), *setting])
                expected = expected_map(operation, image, window, stride, border, kernel)
                np.testing.assert_allclose(found, expected.ravel(), rtol=1e-12, atol=1e-12)


def moved(picture, rows, columns, border):
    """Roll a picture; without wrapping, blank what came round."""
    there = np.roll(picture, (rows, columns), (0, 1))
    if border == "zero":
        r, c = np.indices(picture.shape)
        inside = (
            (r - rows >= 0) & (r - rows < len(picture)) & (c - columns >= 0) & (c - columns < len(picture))
        )
        return there * inside
    return there


@pytest.mark.parametrize("operation", ["max", "average", "convolution"])
def test_shift_maps(operation, page):
    """Which outputs change, and which do not move along, for shifts of less and more than a step."""
    rng = np.random.default_rng(2)
    side, window, stride = 12, 3, 2
    image, kernel = rng.integers(0, 3, (side, side)).astype(float), rng.normal(size=9)
    for border in BORDERS:
        setting = [window, stride, border, kernel.tolist()]
        before = expected_map(operation, image, window, stride, border, kernel)
        for rows, columns in [(0, 0), (0, 1), (1, 0), (0, 2), (2, -2), (-3, 4), (12, 0)]:
            there = moved(image, rows, columns, border)
            after = expected_map(operation, there, window, stride, border, kernel)
            found = page.evaluate(
                """([operation, side, values, rows, columns, window, stride, border, kernel]) => {
                    const { apply, difference, move, movedAlong } = CNNBook.shift;
                    const setting = { window, stride, border, kernel };
                    const picture = { side, values };
                    const before = apply(operation, picture, setting);
                    const after = apply(operation, move(picture, rows, columns, border), setting);
                    const along = movedAlong(before, after, rows, columns, setting);
                    return { changed: difference(before, after), along };
                }""",
                [operation, side, image.ravel().tolist(), rows, columns, *setting],
            )
            gaps = np.abs(after - before)
            assert found["changed"]["map"] == (gaps.ravel() > 1e-9).tolist()
            assert found["changed"]["count"] == (gaps > 1e-9).sum()
            assert found["changed"]["largest"] == pytest.approx(gaps.max())
            downs, alongs = ({n // stride, -(-n // stride)} for n in (rows, columns))
            moves = [moved(before, down, along, border) for down in downs for along in alongs]
            gaps = [(np.abs(after - one) > 1e-9).sum() for one in moves]
            assert found["along"]["count"] == min(gaps)
            if border == "circular" and not (rows % stride or columns % stride):
                assert min(gaps) == 0, "whole steps of a circular image commute"


@pytest.mark.parametrize(
    ("name", "window", "expected"),
    [
        ("blur", 3, np.outer([1, 2, 1], [1, 2, 1]) / 16),
        ("blur", 2, np.full((2, 2), 0.25)),
        ("edge", 3, np.outer([1, 1, 1], [-1, 0, 1]) / 9),
        ("edge", 2, np.outer([1, 1], [-1, 1]) / 4),
        ("blur", 1, [[1]]),
    ],
)
def test_kernels(name, window, expected, page):
    found = page.evaluate("([name, window]) => CNNBook.shift.kernel(name, window)", [name, window])
    np.testing.assert_allclose(found, np.ravel(expected), atol=1e-15)

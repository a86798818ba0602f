"""The widget that moves a picture under poolings: by keyboard, mouse and touch, against `cnnbook`."""

import numpy as np
import pytest
from built_pages import NEEDS_BROWSER
from driving import wait_for_address

from cnnbook.functional import avg_pool2d, conv2d, max_pool2d

KIND = "cnn-pool-shift"

pytestmark = NEEDS_BROWSER


def state(page) -> dict:
    return page.widget.evaluate("element => element.state")


def change(page, **settings) -> None:
    page.widget.evaluate("(element, settings) => element.change(settings)", settings)


def moved(picture, rows, columns, border):
    """Roll a picture; without wrapping, blank what came round."""
    there = np.roll(picture, (rows, columns), (0, 1))
    if border == "circular":
        return there
    r, c = np.indices(picture.shape)
    side = len(picture)
    return there * ((r - rows >= 0) & (r - rows < side) & (c - columns >= 0) & (c - columns < side))


def outputs(picture, now, kernel) -> dict[str, np.ndarray]:
    """Return what the three operations make of a picture."""
    window, stride = now["window"], now["stride"]
    total = max((-(-24 // stride) - 1) * stride + window - 24, 0)
    mode = {"circular": "wrap", "zero": "constant"}[now["border"]]
    padded = np.pad(picture, (total // 2, total - total // 2), mode)[None, None]
    return {
        "max": max_pool2d(padded, window, stride=stride)[0, 0],
        "average": avg_pool2d(padded, window, stride=stride)[0, 0],
        "convolution": conv2d(padded, np.reshape(kernel, (1, 1, window, window)), stride=stride)[0, 0],
    }


def check(page) -> None:
    """Compare how many outputs changed with `cnnbook`'s count, in the state and in the words."""
    now = state(page)
    picture = page.widget.evaluate("element => Array.from(element.picture().values)")
    kernel = np.array(page.widget.evaluate("element => element.setting().kernel"), float)
    picture = np.reshape(np.array(picture, float), (24, 24))
    before = outputs(picture, now, kernel)
    after = outputs(moved(picture, now["rows"], now["columns"], now["border"]), now, kernel)
    for name, count in now["changed"].items():
        gaps = np.abs(after[name] - before[name]) > 1e-9
        assert count == gaps.sum()
        words = page.locator(f"[data-value=changed-{name}]").inner_text()
        assert words.startswith(f"{count} of {gaps.size} changed")


def test_every_picture_and_border(lone_widget):
    page = lone_widget(KIND)
    check(page)
    for picture in ["four", "ring", "blob", "dot", "stripes", "noise"]:
        for border in ["circular", "zero"]:
            change(page, picture=picture, border=border, rows=-1, columns=3, window=3, stride=2)
            check(page)
    for window, stride in [(1, 1), (2, 1), (5, 4), (1, 4), (4, 3)]:
        change(page, window=window, stride=stride, kernel="blur")
        check(page)
    assert page.troubles == []


def test_whole_strides_move_along(lone_widget):
    page = lone_widget(KIND)
    change(page, picture="noise", compare="along", rows=2, columns=4)
    assert state(page)["changed"] == {"max": 0, "average": 0, "convolution": 0}
    assert "everything moves along" in page.locator("[data-role=status]").inner_text()
    change(page, columns=3)
    assert all(count > 0 for count in state(page)["changed"].values())
    assert "no whole number of strides" in page.locator("[data-role=status]").inner_text()
    change(page, columns=4, border="zero", window=3)
    assert "only the border" in page.locator("[data-role=status]").inner_text()


def test_by_keyboard(lone_widget):
    page = lone_widget(KIND)
    page.locator("[data-role=picture]").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    assert (state(page)["rows"], state(page)["columns"]) == (-1, 2)
    check(page)
    for name, key, value in [
        ("rows", "Home", -12),
        ("columns", "End", 12),
        ("window", "End", 5),
        ("stride", "End", 4),
    ]:
        page.locator(f"[data-param={name}]").focus()
        page.keyboard.press(key)
        assert state(page)[name] == value
    check(page)
    for name, first, second in [
        ("border", "circular", "zero"),
        ("kernel", "edge", "blur"),
        ("compare", "before", "along"),
    ]:
        page.locator(f"[data-param={name}][value={first}]").focus()
        page.keyboard.press("ArrowRight")
        assert state(page)[name] == second
    page.locator("[data-param=picture]").focus()
    page.keyboard.press("ArrowDown")
    assert state(page)["picture"] == "ring"
    page.locator("[data-action=reset]").press("Enter")
    page.locator("[data-role=output-average]").focus()
    page.keyboard.press("ArrowDown")
    assert (state(page)["operation"], state(page)["row"]) == ("average", 6)
    assert "is the mean of its window" in page.locator("[data-role=arithmetic]").inner_text()
    page.locator("[data-action=left]").press("Enter")
    page.locator("[data-action=down]").press("Space")
    assert (state(page)["rows"], state(page)["columns"]) == (1, 0)
    assert page.troubles == []


def test_drawing_by_keyboard(lone_widget):
    page = lone_widget(KIND)
    change(page, picture="dot", columns=0, tool="draw")
    page.locator("[data-role=picture]").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press(" ")
    assert state(page)["edits"] == [[1, 1]]
    page.keyboard.press("Enter")
    assert state(page)["edits"] == []
    assert page.troubles == []


def test_by_mouse(lone_widget):
    page = lone_widget(KIND, viewport={"width": 1200, "height": 1200})
    box = page.locator("[data-role=picture] canvas").bounding_box()
    pixel = box["width"] / 24
    page.mouse.move(box["x"] + 5.5 * pixel, box["y"] + 5.5 * pixel)
    page.mouse.down()
    page.mouse.move(box["x"] + 8.5 * pixel, box["y"] + 4.5 * pixel)
    page.mouse.up()
    assert (state(page)["rows"], state(page)["columns"]) == (-1, 4)
    check(page)
    page.locator(".options label", has_text="draws").click()
    page.mouse.click(box["x"] + 10.5 * pixel, box["y"] + 2.5 * pixel)
    assert state(page)["edits"] == [[3, 6]]
    check(page)
    square = page.locator("[data-role=output-convolution]")
    square.click(position={"x": 2, "y": 2})
    assert (state(page)["operation"], state(page)["row"], state(page)["column"]) == ("convolution", 0, 0)
    assert page.locator("[data-grid=kernel]").is_visible()
    assert page.troubles == []


def test_by_touch(lone_widget):
    page = lone_widget(KIND, viewport={"width": 360, "height": 800}, has_touch=True)
    page.locator("[data-action=right]").tap()
    page.locator("[data-action=up]").tap()
    assert (state(page)["rows"], state(page)["columns"]) == (-1, 2)
    page.locator("[data-role=output-max]").tap(position={"x": 3, "y": 3})
    assert (state(page)["row"], state(page)["column"]) == (0, 0)
    box = page.locator("[data-role=picture] canvas").bounding_box()
    finger = page.context.new_cdp_session(page)
    page.locator("[data-role=picture]").scroll_into_view_if_needed()
    box = page.locator("[data-role=picture] canvas").bounding_box()
    pixel = box["width"] / 24
    for kind, shift in [("touchStart", 0), ("touchMove", 2), ("touchMove", 5), ("touchEnd", None)]:
        points = (
            [] if shift is None else [{"x": box["x"] + (5.5 + shift) * pixel, "y": box["y"] + 5.5 * pixel}]
        )
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    assert state(page)["columns"] == 7
    check(page)
    assert page.troubles == []


def test_the_address_keeps_the_setting(lone_widget):
    page = lone_widget(KIND)
    change(page, picture="noise", rows=3, edits=[[1, 2]], stride=3)
    again = lone_widget(KIND, "zh", wait_for_address(page.widget).partition("#")[2])
    assert state(again) == state(page)


@pytest.mark.parametrize("setting", [{"stride": 0}, {"window": 9}, {"border": "glass"}, {"edits": [[1, 99]]}])
def test_settings_that_make_no_sense(setting, lone_widget):
    page = lone_widget(KIND)
    before = state(page)
    change(page, **setting)
    assert page.locator("[data-role=status].problem").inner_text()
    assert state(page) == before
    assert page.troubles == []

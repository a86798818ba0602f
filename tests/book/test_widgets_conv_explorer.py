"""The convolution explorer in a browser: every control by keyboard, mouse and touch, in both languages."""

import random
from urllib.parse import quote

import numpy as np
import pytest
from built_pages import NEEDS_BOOK, serious
from driving import (
    cell,
    change,
    paste,
    problems,
    shown,
    small_targets,
    state,
    status,
    tab_through,
    wait_for_address,
)

from cnnbook import kernels
from cnnbook.data import photograph
from cnnbook.functional import conv2d, pad

pytestmark = [*NEEDS_BOOK, pytest.mark.parametrize("language", ["en", "zh"])]
NAME = "cnn-conv-explorer"
SIX = {"preset": "six", "weights": "diagonal"}


def expected(now: dict) -> list[list[float]]:
    """Return what `cnnbook` makes of the settings."""
    modes = {"zeros": "constant"}
    padded = pad(
        np.array(now["input"], float)[None], (now["padding"],) * 4, modes.get(now["mode"], now["mode"])
    )
    kernel = np.array(now["kernel"], float)
    kernel = kernel[::-1, ::-1].copy() if now["flip"] else kernel
    return conv2d(padded, kernel[None, None], stride=now["stride"], dilation=now["dilation"])[0].tolist()


def test_opens_with_the_pictures_example(language, open_widget):
    widget = open_widget(NAME, language)
    assert shown(widget, "output") == [[1, 1, 3, 6], [1, 1, 3, 6], [0, 0, 3, 6]]
    assert widget.locator("img").first.is_hidden()
    captions = widget.locator("caption:visible").all_inner_texts()
    assert (
        captions
        == {
            "en": ["input 5 × 6", "kernel 3 × 3", "output 3 × 4"],
            "zh": ["输入 5 × 6", "卷积核 3 × 3", "输出 3 × 4"],
        }[language]
    )
    assert "= 3" in widget.locator("[data-role=arithmetic]").inner_text()


def test_values_are_those_of_cnnbook(language, open_widget):
    widget, draw = open_widget(NAME, language), random.Random(3)
    change(widget, **SIX)
    modes = ["zeros", "circular", "reflect", "replicate"]
    for _ in range(40):
        settings = {name: draw.randint(1, 3) for name in ("stride", "padding", "dilation")}
        settings |= {"mode": draw.choice(modes), "flip": draw.random() < 0.5}
        settings["kernel"] = [[draw.randint(-3, 3) for _ in range(3)] for _ in range(2)]
        now = change(widget, **settings)
        assert now["output"] == expected(now) == shown(widget, "output"), settings


SLIDERS = {"stride", "padding", "dilation", "input-rows", "input-columns", "kernel-rows", "kernel-columns"}
OTHERS = {"input", "kernel", "output", "prev", "play", "next", "step", "preset", "weights", "mode", "flip"}


def test_keyboard_in_a_grid(language, open_widget):
    widget = open_widget(NAME, language)
    keyboard = widget.page.keyboard
    change(widget, **SIX)
    cell(widget, "input", 0, 0).focus()
    for key in ["7", "ArrowRight", "-", "1", "/", "2", "Enter"]:
        keyboard.press(key)
    assert state(widget)["input"][0][:2] == [7, -0.5]
    assert cell(widget, "input", 1, 1).evaluate("cell => cell === document.activeElement")
    keyboard.press("Control+End")
    assert cell(widget, "input", 5, 5).evaluate("cell => cell === document.activeElement")
    keyboard.type("x")
    assert problems(widget) == 1
    keyboard.press("Escape")
    assert cell(widget, "input", 5, 5).inner_text() == "1"


def test_keyboard_alone(language, open_widget):
    """Tab reaches every control, shows where it is, and keys work it."""
    widget = open_widget(NAME, language)
    keyboard = widget.page.keyboard
    change(widget, **SIX, cell=[1, 1])

    def work(name: str) -> None:
        before = state(widget)
        key = {"kernel": "4", "shade": "Space", "prev": "Enter", "next": "Enter"}
        key |= dict.fromkeys(("output", "preset", "weights"), "ArrowDown")
        if name in SLIDERS | set(key) | {"flip", "step"}:
            keyboard.press(key.get(name, "ArrowRight"))
            assert state(widget) != before, name
        if name in SLIDERS:
            keyboard.press("ArrowLeft")

    widget.evaluate("widget => widget.querySelector('td[tabindex=\"0\"]').focus()")
    reached = tab_through(widget, work) | {"input": "solid"}
    assert SLIDERS | OTHERS | {"shade", "reset"} <= set(reached)
    assert set(reached.values()) == {"solid"}, "focus that cannot be seen"


def test_mouse(language, open_widget):
    widget = open_widget(NAME, language)
    change(widget, **SIX)
    cell(widget, "output", 2, 3).click()
    assert state(widget)["cell"] == [2, 3]
    widget.locator("[data-action=next]").click()
    assert state(widget)["cell"] == [3, 0]
    widget.locator("[data-action=prev]").click()
    assert state(widget)["cell"] == [2, 3]
    widget.locator("[data-param=weights]").select_option("emboss")
    assert state(widget)["kernel"] == kernels.emboss().tolist()
    widget.locator("[data-param=flip][value=true]").check(force=True)
    assert shown(widget, "flipped") == kernels.emboss()[::-1, ::-1].tolist()
    widget.locator("[data-param=preset]").select_option("photo")
    assert len(state(widget)["input"]) == 12
    assert state(widget)["shade"]
    widget.locator("[data-action=reset]").click()
    assert state(widget)["output"][2] == pytest.approx([0, 0, 3, 6])


def test_touch(language, open_widget):
    widget = open_widget(
        NAME, language, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True
    )
    change(widget, **SIX, cell=[0, 0])
    cell(widget, "output", 1, 1).tap()
    assert state(widget)["cell"] == [1, 1]
    widget.locator("[data-action=next]").tap()
    assert state(widget)["cell"] == [1, 2]
    cell(widget, "kernel", 0, 0).tap()
    widget.page.keyboard.type("5")
    assert state(widget)["kernel"][0][0] == 5
    widget.locator("[data-param=shade]").tap()
    assert state(widget)["shade"]
    assert small_targets(widget) == 0


def test_play_and_scrub(language, open_widget):
    # With options of its own it is a page by itself, whose clock may be stopped.
    widget = open_widget(NAME, language, viewport={"width": 1280, "height": 900})
    change(widget, **SIX, cell=[0, 0])
    widget.page.clock.install(time=0)
    widget.page.clock.pause_at(1)  # from here on, time passes in `run_for` alone
    play = widget.locator("[data-action=play]")
    play.click()
    widget.page.clock.run_for(1500)
    assert state(widget)["cell"] == [0, 2]
    play.click()
    widget.page.clock.run_for(3000)
    assert state(widget)["cell"] == [0, 2]
    widget.locator("[data-param=step]").fill("15")
    assert state(widget)["cell"] == [3, 3]


def test_less_motion_goes_to_the_end_at_once(language, open_widget):
    widget = open_widget(NAME, language, reduced_motion="reduce")
    change(widget, **SIX, cell=[0, 0])
    widget.locator("[data-action=play]").click()
    assert state(widget)["cell"] == [3, 3]
    assert widget.page.evaluate("document.getAnimations().length") == 0


def test_address_keeps_the_state(language, open_widget):
    widget = open_widget(NAME, language)
    change(widget, **SIX, stride=2, padding=1, mode="reflect", flip=True, cell=[1, 2])
    cell(widget, "input", 2, 0).fill("-3")
    before = state(widget)
    address = wait_for_address(widget)
    assert "own" in address
    widget.page.goto("about:blank")
    widget.page.goto(address)
    assert state(widget) == before
    assert shown(widget, "output") == expected(before)
    assert cell(widget, "input", 2, 0).inner_text() == "−3"
    widget.locator("[data-action=reset]").click()
    widget.page.wait_for_function("!location.href.includes('#')")


BAD = [
    "{",
    "[]",
    '{"input":"x"}',
    '{"input":[[null]]}',
    '{"kernel":[[1],[1,2]]}',
    '{"stride":0}',
    '{"stride":1e9}',
    '{"padding":-1}',
    '{"mode":"other"}',
    '{"cell":[-1,"a"]}',
    '{"crop":[0,95]}',
]


@pytest.mark.parametrize("bad", BAD)
def test_address_that_makes_no_sense(language, bad, open_widget):
    widget = open_widget(NAME, language, quote(bad))
    assert widget.locator("[data-role=status].problem").inner_text()
    assert shown(widget, "output") == [[1, 1, 3, 6], [1, 1, 3, 6], [0, 0, 3, 6]]


def test_kernel_larger_than_input(language, open_widget):
    widget = open_widget(NAME, language)
    widget.locator("[data-param=input-rows]").fill("2")
    said = widget.locator("[data-role=status].problem").inner_text()
    assert "3" in said
    assert "2" in said
    assert state(widget)["output"] == []
    assert widget.locator("[data-role=arithmetic]").inner_text() == ""
    widget.locator("[data-param=padding]").fill("1")
    assert state(widget)["output"] == expected(state(widget))
    widget.locator("[data-param=mode]").select_option("reflect")
    widget.locator("[data-param=padding]").fill("4")
    assert problems(widget) == 1


def test_stride_longer_than_kernel(language, open_widget):
    widget = open_widget(NAME, language)
    now = change(widget, **SIX, kernel=[[1, 1], [1, 1]], stride=4)
    assert now["output"] == expected(now)
    assert widget.locator("[data-grid=input] .unreached").count() == 36 - 16
    assert {"en": "stride", "zh": "步幅"}[language] in status(widget)


def test_left_over_cells_are_shown(language, open_widget):
    widget = open_widget(NAME, language)
    change(widget, **SIX, stride=2)
    assert widget.locator("[data-grid=input] .unreached").count() == 11
    assert {"en": "rows: 1, columns: 1", "zh": "行数：1，列数：1"}[language] in status(widget)


def test_bad_typing(language, open_widget):
    widget = open_widget(NAME, language)
    first = cell(widget, "input", 0, 0)
    for typed in ["", "abc", "1e99", "1/0", "--2"]:
        first.fill(typed)
        assert problems(widget) == 1, typed
        assert first.get_attribute("aria-invalid") == "true"
        assert state(widget)["input"][0][0] == 0
    cell(widget, "input", 0, 1).focus()
    assert first.inner_text() == "0"
    assert first.get_attribute("aria-invalid") is None
    first.fill("２．５")
    assert state(widget)["input"][0][0] == 2.5


def test_paste(language, open_widget):
    widget = open_widget(NAME, language)
    corner = cell(widget, "input", 3, 4)
    paste(corner, "1\t2\t3\n−4\t5\t6")
    assert [row[4:] for row in state(widget)["input"][3:]] == [[1, 2], [-4, 5]], "the rest is left out"
    before = state(widget)
    paste(corner, "<b>hello</b> world")
    assert state(widget) == before
    assert problems(widget) == 1


def test_narrow_phone_in_every_preset(language, open_widget):
    widget = open_widget(NAME, language, viewport={"width": 320, "height": 640})
    for preset in ["six", "window", "edge", "photo"]:
        for padding in (0, 4):
            change(widget, preset=preset, padding=padding, dilation=2, flip=True)
            assert widget.page.evaluate("document.scrollingElement.scrollWidth") <= 320, (preset, padding)


def test_nothing_keeps_a_reader_out(language, open_widget, axe):
    widget = open_widget(NAME, language)
    for settings in ({"preset": "photo", "shade": True, "flip": True, "cell": [2, 2]}, {"padding": 2}):
        change(widget, **settings)
        for scheme in ("light", "dark"):
            widget.page.emulate_media(color_scheme=scheme)
            assert serious(axe, widget.page, within=NAME) == [], (settings, scheme)


def test_presets_are_those_of_the_package(language, open_widget):
    widget = open_widget(NAME, language)
    given = {
        "identity": kernels.identity(),
        "average": kernels.box(3),
        "sharpen": kernels.sharpen(),
        "sobel-columns": kernels.sobel(axis=1),
        "sobel-rows": kernels.sobel(axis=0),
        "laplacian": kernels.laplacian(),
        "emboss": kernels.emboss(),
    }
    for name, kernel in given.items():
        assert change(widget, weights=name)["kernel"] == pytest.approx(kernel), name


def test_photograph(language, open_widget):
    """The input is what the frame shows; beside it is what the kernel makes of the whole photograph."""
    widget = open_widget(NAME, language)
    blocks = photograph("china")[:426, :636].reshape(71, 6, 106, 6).mean((1, 3))
    greys = ((blocks - blocks.min()) / (blocks.max() - blocks.min()) * 9).round()
    assert widget.evaluate("() => CNNBook.photograph.pixels") == greys.tolist()
    assert widget.locator(".scene").is_hidden()
    now = change(widget, preset="photo")
    row, column = now["crop"]
    assert now["input"] == greys[row : row + 12, column : column + 12].tolist()
    pad, whole = (widget.locator(f"[data-role={role}]") for role in ("photograph", "whole-output"))
    pad.focus()
    for key in ["ArrowUp", "ArrowRight", "ArrowRight"]:
        widget.page.keyboard.press(key)
    now = state(widget)
    assert now["crop"] == [row - 1, column + 2]
    assert now["input"] == greys[row - 1 : row + 11, column + 2 : column + 14].tolist()
    box = pad.bounding_box()
    pad.click(position={"x": box["width"] - 2, "y": box["height"] - 2})
    now = state(widget)
    assert now["crop"] == [71 - 12, 106 - 12]
    np.testing.assert_allclose(now["output"], expected(now), atol=1e-12)
    now = change(widget, stride=2, padding=1)
    size = whole.locator("canvas").evaluate("canvas => [canvas.height, canvas.width]")
    assert size == [(71 + 2 - 3) // 2 + 1, (106 + 2 - 3) // 2 + 1]
    cell(widget, "input", 0, 0).fill("5")
    assert state(widget)["input"][0][0] == 5
    assert pad.is_visible(), "an edited piece is still one of this photograph"
    change(widget, preset="edge")
    assert widget.locator(".scene").is_hidden()
    assert state(widget)["crop"] is None


def test_photograph_by_touch(language, open_widget):
    phone = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}
    widget = open_widget(NAME, language, **phone)
    change(widget, preset="photo")
    widget.locator("[data-role=photograph]").tap(position={"x": 3, "y": 3})
    assert state(widget)["crop"] == [0, 0]
    assert widget.page.evaluate("document.scrollingElement.scrollWidth") <= 320


def test_paper_shows_the_picture(language, open_widget):
    widget = open_widget(NAME, language)
    widget.page.emulate_media(media="print")
    assert widget.locator("img").first.is_visible()
    assert widget.locator(".widget").is_hidden()

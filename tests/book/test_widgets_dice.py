"""The dice in a browser: by keyboard, mouse and touch, in both languages."""

from fractions import Fraction
from urllib.parse import quote

import pytest
from built_pages import NEEDS_BOOK, serious
from driving import cell, change, problems, small_targets, state, status, tab_through, wait_for_address

from cnnbook.convolution import sum_distribution

pytestmark = [*NEEDS_BOOK, pytest.mark.parametrize("language", ["en", "zh"])]
NAME = "cnn-dice"
DICE = ["blue", "orange", "purple", "grey"]
LOADED = {"blue": [1, 1, 1, 1, 1, 5], "orange": [5, 1, 1, 1, 1, 1]}


def expected(now: dict) -> list[str]:
    """Return the chances that `cnnbook` computes."""
    thrown = (dict(enumerate(now[die], start=1)) for die in DICE[: now["dice"]])
    return [str(chance) for chance in sum_distribution(*thrown).values()]


def chance(widget) -> str:
    return widget.locator("[data-value=probability]").inner_text()


def test_opens_with_a_four(language, open_widget):
    widget = open_widget(NAME, language)
    assert chance(widget) == "1/12"
    assert widget.locator("[data-grid=products] .lit").count() == 3
    assert "3/36" in widget.locator("[data-role=arithmetic]").inner_text()
    assert "1/12" in status(widget)


def test_chances_are_those_of_cnnbook(language, open_widget):
    widget = open_widget(NAME, language)
    for settings in (
        {},
        LOADED,
        {"dice": 3, "total": 9},
        {"purple": [2, 0, 1, 0, 0, 3], "total": 10},
        {"dice": 4, "grey": [0, 1, 0, 0, 9, 0], "total": 14},
        {"blue": [0, 9, 2, 0, 1, 7]},
    ):
        now = change(widget, **settings)
        assert now["chances"] == expected(now)
        assert chance(widget) == now["chances"][now["total"] - now["dice"]]


def test_keyboard_alone(language, open_widget):
    widget = open_widget(NAME, language)

    def work(name: str) -> None:
        before = state(widget)
        if name.startswith(("blue", "orange", "dice")) or name in {"step", "preset"}:
            widget.page.keyboard.press("ArrowUp" if name != "preset" else "ArrowRight")
            assert state(widget) != before, name
        elif name in {"prev", "next"}:
            widget.page.keyboard.press("Enter")
            assert state(widget)["total"] != before["total"]

    widget.evaluate("widget => { widget.tabIndex = -1; widget.focus() }")
    reached = tab_through(widget, work)
    weights = {f"{die}-{face}" for die in ("blue", "orange") for face in range(1, 7)}
    assert weights | {"products", "prev", "play", "next", "step", "preset", "dice", "reset"} <= set(reached)
    assert set(reached.values()) == {"solid"}


def test_mouse(language, open_widget):
    widget = open_widget(NAME, language)
    slider = widget.locator("[data-param=orange-1]")
    box = slider.bounding_box()
    widget.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] - 4)
    widget.page.mouse.down()
    widget.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 2)
    widget.page.mouse.up()
    assert state(widget)["orange"][0] == 9, "drawn up to the top"
    cell(widget, "products", 5, 5).click()
    assert state(widget)["total"] == 12
    widget.locator("[data-action=reset]").click()
    assert chance(widget) == "1/12"


def test_touch(language, open_widget):
    phone = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
    widget = open_widget(NAME, language, **phone)
    cell(widget, "products", 2, 3).tap()
    assert state(widget)["total"] == 7
    widget.locator("[data-action=next]").tap()
    assert state(widget)["total"] == 8
    assert small_targets(widget) == 0


def test_less_motion(language, open_widget):
    widget = open_widget(NAME, language, reduced_motion="reduce")
    widget.locator("[data-action=play]").click()
    assert state(widget)["total"] == 12
    assert widget.page.evaluate("document.getAnimations().length") == 0


def test_address_keeps_the_state(language, open_widget):
    widget = open_widget(NAME, language)
    before = change(widget, **LOADED, total=7)
    address = wait_for_address(widget)
    widget.page.goto("about:blank")
    widget.page.goto(address)
    assert state(widget) == before
    assert Fraction(chance(widget)) == Fraction(3, 10)


@pytest.mark.parametrize(
    "bad",
    ["{", '{"purple":[9]}', '{"blue":[1]}', '{"orange":[1,1,1,1,1,"x"]}', '{"dice":99}', '{"total":40}'],
)
def test_address_that_makes_no_sense(language, bad, open_widget):
    widget = open_widget(NAME, language, quote(bad))
    assert problems(widget) == 1
    assert chance(widget) == "1/12"


def test_die_without_faces(language, open_widget):
    widget = open_widget(NAME, language)
    change(widget, blue=[0] * 6)
    assert problems(widget) == 1
    assert widget.locator("[data-role=arithmetic]").inner_text() == ""
    change(widget, blue=[0, 0, 1, 0, 0, 0])
    assert chance(widget) == "1/6"


def test_each_die_has_its_weights(language, open_widget):
    """A third die, and a fourth, can be drawn up and down like the others; a preset sets them all."""
    widget = open_widget(NAME, language)
    assert not widget.locator("[data-param=purple-1]").is_visible()
    change(widget, dice=3, total=9)
    assert not widget.locator("[data-param=grey-1]").is_visible()
    slider = widget.locator("[data-param=purple-6]")
    slider.focus()
    widget.page.keyboard.press("End")
    now = state(widget)
    assert now["purple"] == [1, 1, 1, 1, 1, 9]
    assert now["chances"] == expected(now)
    change(widget, purple=[0] * 6)
    assert {"en": "purple", "zh": "紫"}[language] in status(widget)
    assert problems(widget) == 1
    change(widget, dice=2, total=9)
    assert problems(widget) == 0, "what is not thrown may be empty"
    widget.locator("[data-param=preset][value=loaded]").check(force=True)
    now = change(widget, dice=4, total=14)
    assert [now[die] for die in DICE[1:]] == [LOADED["orange"]] * 3
    assert now["chances"] == expected(now)
    assert widget.locator("[data-param=grey-1]").is_visible()


def test_narrow_phone(language, open_widget):
    widget = open_widget(NAME, language, viewport={"width": 320, "height": 640})
    for dice in (2, 4):
        change(widget, dice=dice, total=dice)
        assert widget.page.evaluate("document.scrollingElement.scrollWidth") <= 320


def test_nothing_keeps_a_reader_out(language, open_widget, axe):
    widget = open_widget(NAME, language)
    change(widget, **LOADED, total=7)
    for scheme in ("light", "dark"):
        widget.page.emulate_media(color_scheme=scheme)
        assert serious(axe, widget.page, within=NAME) == [], scheme

"""The calculator of a layer's costs in a browser, in both languages."""

from urllib.parse import quote

import pytest
from built_pages import NEEDS_BOOK
from driving import change, problems, small_targets, state, tab_through, wait_for_address

from cnnbook.wiring import wirings

pytestmark = [*NEEDS_BOOK, pytest.mark.parametrize("language", ["en", "zh"])]
NAME = "cnn-parameters"
NUMBERS = ["channels", "rows", "columns", "kernels", "kernel", "stride", "padding"]
LAYERS = [
    [1, 32, 32, 6, 5, 1, 0],
    [3, 224, 224, 64, 3, 1, 1],
    [3, 227, 227, 96, 11, 4, 0],
    [16, 5, 5, 120, 5, 1, 0],
    [7, 19, 30, 3, 4, 3, 2],
]


def value(widget, name: str) -> str:
    return widget.locator(f"[data-value={name}]").inner_text()


def test_opens_with_the_first_layer_of_lenet(language, open_widget):
    widget = open_widget(NAME, language)
    assert value(widget, "dense-parameters") == "4,821,600"
    assert value(widget, "local-parameters") == "122,304"
    assert value(widget, "shared-parameters") == "156"
    assert value(widget, "shared-memory") == "624 B"


def test_costs_are_those_of_cnnbook(language, open_widget):
    widget = open_widget(NAME, language)
    for numbers in LAYERS:
        settings = dict(zip(NUMBERS, numbers, strict=True))
        channels, rows, columns, kernels, kernel, stride, padding = numbers
        for bias in (True, False):
            now = change(widget, **settings, bias=bias)
            shape = (channels, rows, columns)
            costs = wirings(shape, kernels, kernel, stride=stride, padding=padding, bias=bias)
            for way, cost in costs.items():
                assert {name: now[way][name] for name in cost._fields} == cost._asdict(), (settings, way)
                assert now[way]["memory"] == 4 * cost.parameters


def test_keyboard_alone(language, open_widget):
    widget = open_widget(NAME, language)

    def work(name: str) -> None:
        if name in NUMBERS:
            before = state(widget)
            widget.page.keyboard.press("ArrowUp")
            assert state(widget) != before, name

    widget.evaluate("widget => { widget.tabIndex = -1; widget.focus() }")
    reached = tab_through(widget, work)
    assert {*NUMBERS, "preset", "bias", "bytes", "reset"} <= set(reached)
    assert set(reached.values()) == {"solid"}


def test_mouse_and_touch(language, open_widget):
    phone = {"viewport": {"width": 320, "height": 740}, "has_touch": True, "is_mobile": True}
    widget = open_widget(NAME, language, **phone)
    widget.locator("[data-param=preset]").select_option("vgg")
    assert value(widget, "shared-parameters") == "1,792"
    widget.locator("[data-param=bias]").tap()
    assert value(widget, "shared-parameters") == "1,728"
    widget.locator("[data-action=reset]").click()
    assert value(widget, "shared-parameters") == "156"
    assert small_targets(widget) == 0
    assert widget.page.evaluate("document.scrollingElement.scrollWidth") <= 320


def test_bad_typing(language, open_widget):
    widget = open_widget(NAME, language)
    field = widget.locator("[data-param=channels]")
    for typed in ("", "0", "2.5", "1e9"):
        field.fill(typed)
        assert problems(widget) == 1, typed
        assert state(widget)["channels"] == 1
    field.blur()
    assert field.input_value() == "1"
    assert problems(widget) == 0
    widget.locator("[data-param=rows]").fill("3")
    assert problems(widget) == 1, "the kernel does not fit"
    assert value(widget, "dense-parameters") == "–"


@pytest.mark.parametrize("bad", ["{", '{"channels":"x"}', '{"rows":1e9}', '{"bytes":3}', '{"bias":1}'])
def test_address_that_makes_no_sense(language, bad, open_widget):
    widget = open_widget(NAME, language, quote(bad))
    assert problems(widget) == 1
    assert value(widget, "shared-parameters") == "156"


def test_address_keeps_the_state(language, open_widget):
    widget = open_widget(NAME, language)
    before = change(widget, kernels=12, stride=2)
    address = wait_for_address(widget)
    widget.page.goto("about:blank")
    widget.page.goto(address)
    assert state(widget) == before

"""The receptive-field widget: by keyboard, mouse and touch, against `cnnbook`."""

import random

import pytest
from built_pages import NEEDS_BROWSER
from driving import wait_for_address

from cnnbook.receptive_field import Conv, Pool, analyze

KIND = "cnn-receptive-field"
LENET = {"C1": Conv(5), "S2": Pool(2), "C3": Conv(5), "S4": Pool(2), "C5": Conv(5)}

pytestmark = NEEDS_BROWSER


def state(page) -> dict:
    return page.widget.evaluate("element => element.state")


def shown(page) -> tuple[int, int, int]:
    return tuple(state(page)["shown"].values())


def field_of(state: dict):
    """Ask `cnnbook` about the stack that the widget shows."""
    specs = []
    for layer in state["layers"]:
        numbers = {name: layer[name] for name in ("kernel", "stride", "padding", "dilation")}
        pool = layer["kind"] == "pool" or layer.get(
            "ceil"
        )  # a convolution that rounds up is like a pooling here
        specs.append(Pool(**numbers, ceil_mode=layer.get("ceil", False)) if pool else Conv(**numbers))
    return analyze(specs, (1, state["input"], state["input"]))


def check(page) -> None:
    """Compare all numbers of the page with those of `cnnbook`."""
    now = state(page)
    fields = list(field_of(now).layers.values())
    rows = page.locator("tr[data-level]")
    for index, field in enumerate(fields):
        cells = rows.nth(index).locator("td").all_inner_texts()
        numbers = [text.replace("−", "-").replace(",", "") for text in cells[1:]]
        expected = [field.units[0], field.size[0], field.stride[0], field.padding[0], field.center((0, 0))[0]]
        assert [float(text) for text in numbers] == expected
    level, row, column = shown(page)
    region = fields[level - 1].region((row, column))
    assert [tuple(ends) if ends else None for ends in now["region"]] == list(region)
    if region[0]:
        words = page.locator("[data-role=status]").inner_text()
        (top, bottom), (left, right) = region
        assert f"rows {top} to {bottom}, columns {left} to {right}" in words
        assert f"sees {bottom - top + 1} × {right - left + 1} pixels" in words


def test_opens_with_lenet(lone_widget):
    page = lone_widget(KIND)
    assert shown(page) == (4, 2, 2)
    assert page.locator("[data-role=arithmetic]").inner_text().startswith("Size 14 + (2 − 1) × 2 = 16.")
    assert analyze(list(LENET.values()), (1, 32)).layers["pool2"].size == (16,)
    check(page)


@pytest.mark.parametrize("network", ["lenet-5", "alexnet", "vgg-16", "small"])
def test_networks(network, lone_widget):
    page = lone_widget(KIND)
    page.locator(f"input[value='{network}']").check(force=True)
    check(page)
    units = state(page)["levels"][-1]["units"]
    page.widget.evaluate("(element, unit) => element.change({ row: 0, column: unit })", units - 1)
    check(page)
    assert page.troubles == []


def test_random_stacks(lone_widget):
    page = lone_widget(KIND)
    draw = random.Random(0)
    for _ in range(40):
        layers = [
            {"kind": "conv", "name": f"conv{n}", "kernel": draw.randint(1, 4), "stride": draw.randint(1, 3),
             "padding": draw.randint(0, 5), "dilation": draw.randint(1, 3)}
            for n in range(draw.randint(1, 4))
        ]  # fmt: skip
        wanted = {"input": draw.randint(20, 60), "layers": layers, "level": len(layers)}
        page.widget.evaluate("(element, wanted) => element.change(wanted)", wanted)
        if not state(page)["problem"]:
            check(page)
    assert page.troubles == []


def test_by_keyboard(lone_widget):
    page = lone_widget(KIND)
    page.locator("[data-role=cone]").focus()
    page.keyboard.press("ArrowRight")
    assert shown(page) == (4, 2, 3)
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    assert shown(page) == (4, 2, 4)
    page.keyboard.press("ArrowDown")
    assert shown(page)[0] == 3
    check(page)
    page.keyboard.press("Home")
    assert shown(page)[2] == 0
    for _ in range(6):
        page.keyboard.press("ArrowUp")
    assert shown(page) == (5, 0, 0)
    page.keyboard.press("ArrowDown")
    page.locator("[data-role=map]").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowLeft")
    assert shown(page)[0] == 4
    check(page)
    page.locator("input[value='lenet-5']").focus()
    page.keyboard.press("ArrowRight")
    assert state(page)["network"] == "alexnet"
    check(page)
    page.locator("tr[data-level='3'] button").press("Enter")
    assert shown(page)[0] == 3


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("kernel", "ArrowRight", 3),
        ("stride", "End", 8),
        ("padding", "ArrowRight", 1),
        ("dilation", "ArrowRight", 2),
    ],
)
def test_layers_are_changed_by_keyboard(name, key, value, lone_widget):
    page = lone_widget(KIND)
    slider = page.locator(f"[data-param={name}]")
    slider.focus()
    page.keyboard.press(key)
    assert state(page)["layers"][3][name] == value
    assert page.locator(f"output[data-value={name}]").inner_text() == str(value)


def test_a_stack_is_built_by_keyboard_and_mouse(lone_widget):
    page = lone_widget(KIND)
    page.locator("[data-action=add-conv]").press("Enter")
    assert [layer["name"] for layer in state(page)["layers"]] == ["C1", "S2", "C3", "S4", "conv1", "C5"]
    assert shown(page)[0] == 5
    check(page)
    page.locator("[data-action=add-pool]").click()
    page.locator("[data-param=kind][value=conv]").focus()
    page.keyboard.press("ArrowLeft")
    page.locator("[data-param=ceil]").press("Space")
    assert state(page)["layers"][5]["ceil"] is True
    page.locator("[data-action=remove]").click()
    page.locator("[data-action=remove]").press("Space")
    assert [layer["name"] for layer in state(page)["layers"]] == list(LENET)
    page.locator("[data-param=input]").focus()
    page.keyboard.press("ArrowRight")
    assert state(page)["input"] == 33
    check(page)
    page.locator("[data-action=reset]").click()
    assert state(page)["input"] == 32
    assert page.troubles == []


def on_cone(page, level: int, unit: int) -> tuple[float, float]:
    """Return where a unit is drawn, found by its place among the drawn ones."""
    box = page.locator("[data-role=cone] svg").bounding_box()
    levels = state(page)["levels"]
    margin = max(1, min(0.2 * levels[0]["units"], max(one["padding"] for one in levels)))
    low, high = -0.5 - margin, levels[0]["units"] - 0.5 + margin
    row = min(40, max(19, 280 / len(levels)))
    pixel = levels[level]["centre"] + unit * levels[level]["stride"]
    x = 66 + (pixel - low) / (high - low) * (box["width"] - 70)
    return box["x"] + x, box["y"] + (len(levels) - 1 - level + 0.5) * row


def test_by_mouse(lone_widget):
    page = lone_widget(KIND, viewport={"width": 1000, "height": 1200})
    page.mouse.move(*on_cone(page, 3, 7))
    assert shown(page)[::2] == (3, 7)
    assert state(page)["level"] == 4, "pointing alone chooses nothing"
    page.mouse.move(5, 5)
    assert shown(page) == (4, 2, 2)
    page.mouse.click(*on_cone(page, 2, 0))
    assert state(page)["level"] == 2
    page.mouse.move(5, 5)
    assert shown(page)[::2] == (2, 0)
    check(page)
    box = page.locator("[data-role=map]").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.99, box["y"] + box["height"] * 0.5)
    page.mouse.move(5, 5)
    assert shown(page) == (2, 7, 13)
    check(page)


def test_a_page_that_shifts_under_the_mouse_points_at_nothing(lone_widget):
    """Browsers then send a move from where the mouse already was."""
    page = lone_widget(KIND, viewport={"width": 1000, "height": 1200})
    page.evaluate("addEventListener('pointermove', move => { globalThis.lastMove = move })")
    page.mouse.move(*on_cone(page, 3, 7))
    page.locator("[data-role=cone]").press("End")
    assert shown(page) == (4, 2, 4), "from the chosen unit, not from the one pointed at"
    page.locator("[data-role=cone]").evaluate(
        "cone => cone.dispatchEvent(new PointerEvent('pointermove', lastMove))"
    )
    assert shown(page) == (4, 2, 4)


def test_by_touch(lone_widget):
    page = lone_widget(KIND, viewport={"width": 360, "height": 800}, has_touch=True)
    page.touchscreen.tap(*on_cone(page, 1, 27))
    assert shown(page)[::2] == (1, 27)
    check(page)
    page.locator("[data-role=map]").tap(position={"x": 3, "y": 3})
    assert shown(page) == (1, 0, 0)
    check(page)
    page.locator("[data-action=add-pool]").tap()
    assert len(state(page)["layers"]) == 6
    page.locator(".options label", has_text="VGG-16").tap()
    assert state(page)["network"] == "vgg-16"
    check(page)
    assert page.troubles == []


def test_what_cannot_be_built_is_said(lone_widget):
    page = lone_widget(KIND)
    page.locator("tr[data-level='3'] button").click()
    page.locator("[data-param=kernel]").focus()
    page.keyboard.press("End")
    status = page.locator("[data-role=status].problem")
    assert status.inner_text() == (
        "C3 cannot be built: its window spans 15 positions, and only 14 are there, padding included. "
        "The layers below are shown."
    )
    assert page.locator("tr[data-level='3'] td").nth(1).inner_text() == "–"
    assert state(page)["problem"] == {"layer": 2, "reason": "fit", "window": 15, "room": 14}
    page.keyboard.press("Home")
    assert page.locator("[data-role=status].problem").count() == 0
    check(page)
    page.locator("tr[data-level='4'] button").click()
    page.locator("[data-param=padding]").focus()
    page.keyboard.press("End")
    assert "half its window" in status.inner_text()
    assert page.troubles == []


def test_a_stride_larger_than_the_kernel(lone_widget):
    page = lone_widget(KIND)
    layers = [
        {"kind": "conv", "name": "a", "kernel": 1, "stride": 3, "padding": 0, "dilation": 1},
        {"kind": "conv", "name": "b", "kernel": 2, "stride": 1, "padding": 5, "dilation": 1},
    ]
    page.widget.evaluate(
        "(element, layers) => element.change({ layers, level: 2, row: 9, column: 9 })", layers
    )
    assert (
        "There are holes: only 2 of the rows and 2 of the columns"
        in page.locator("[data-role=status]").inner_text()
    )
    page.widget.evaluate("(element) => element.change({ row: 0, column: 0 })")
    assert "it sees no pixel" in page.locator("[data-role=status]").inner_text()
    assert state(page)["region"] == [None, None]
    assert page.troubles == []


def test_the_address_keeps_the_stack(lone_widget):
    page = lone_widget(KIND)
    page.locator("input[value='vgg-16']").check(force=True)
    page.locator("[data-role=cone]").focus()
    page.keyboard.press("Home")
    address = wait_for_address(page.widget)
    assert "vgg-16" in address
    assert "conv1_1" not in address, "an unchanged network is its name"
    again = lone_widget(KIND, "zh", address.partition("#")[2])
    assert state(again) == state(page)
    page.bring_to_front()
    page.locator("[data-action=add-pool]").click()
    address = wait_for_address(page.widget)
    assert "pool6" in address
    again = lone_widget(KIND, "en", address.partition("#")[2])
    assert state(again) == state(page)
    page.locator("[data-action=reset]").click()
    page.wait_for_function("location.hash === ''")

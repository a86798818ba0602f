"""The widget that reads what is drawn: by mouse, finger and keyboard, against torch."""

import numpy as np
import pytest
from built_pages import NEEDS_BROWSER
from drawn_digits import drawings
from driving import wait_for_address

from cnnbook.models.weights import load
from cnnbook.train import look_inside

KIND = "cnn-draw-digit"

pytestmark = NEEDS_BROWSER


def state(page) -> dict:
    return page.widget.evaluate("element => element.state")


def draw(page, strokes) -> None:
    """Draw with the mouse."""
    box = page.locator("[data-role=pad] canvas").bounding_box()
    for stroke in strokes:
        places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke]
        page.mouse.move(*places[0])
        page.mouse.down()
        for place in places[1:]:
            page.mouse.move(*place)
        page.mouse.up()


def test_opens_with_a_five(lone_widget):
    page = lone_widget(KIND)
    assert state(page)["digit"] == 5
    assert "The network reads a 5" in page.locator("[data-role=prediction]").inner_text()
    assert page.locator("li.best").get_attribute("data-digit") == "5"


@pytest.mark.parametrize("digit", range(10))
def test_examples_are_read(digit, lone_widget):
    page = lone_widget(KIND)
    page.locator(f"[data-action=example-{digit}]").click()
    now = state(page)
    assert now["digit"] == digit
    image = page.widget.evaluate("element => Array.from(element.image)")
    steps = look_inside(load("lenet"), np.float32(image).reshape(1, 32, 32))
    np.testing.assert_allclose(now["probabilities"], steps["probabilities"], atol=1e-3)


def as_state(strokes, width: int) -> list[list[int]]:
    return [[width, *(round(200 * part) for point in stroke for part in point)] for stroke in strokes]


def test_nine_of_ten_drawings_are_read(lone_widget, record_property):
    """Every digit in twelve styles and two ways of writing: 240 drawings."""
    page = lone_widget(KIND, viewport={"width": 1200, "height": 900})
    pens = page.evaluate("CNNBook.DrawDigit.PENS")
    wrong = []
    for name, (digit, pen, strokes) in drawings().items():
        page.widget.evaluate(
            "(element, strokes) => { element.state = { strokes } }", as_state(strokes, pens[pen])
        )
        read = state(page)["digit"]
        if read != digit:
            wrong.append(f"{name}: {read}")
    rate = 1 - len(wrong) / len(drawings())
    record_property("recognition", rate)
    print(f"read {rate:.1%} of {len(drawings())}; wrong: {wrong}")
    assert len(drawings()) >= 100
    assert rate >= 0.9
    assert page.troubles == []


def test_nine_of_ten_digits_drawn_by_mouse_are_read(lone_widget):
    page = lone_widget(KIND, viewport={"width": 1200, "height": 900})
    read = []
    for digit in range(10):
        page.widget.evaluate("element => element.change({ strokes: [] })")
        draw(page, [stroke[::2] + stroke[-1:] for stroke in drawings()[f"{digit}, way 1, slanted"].strokes])
        read.append(state(page)["digit"])
    assert sum(got == digit for digit, got in enumerate(read)) >= 9, read
    assert page.troubles == []


def test_forward_is_timed(lone_widget, record_property):
    page = lone_widget(KIND)
    took = page.widget.evaluate("""element => {
        for (let i = 0; i < 50; i += 1) element.net.forward(element.image);
        const start = performance.now();
        for (let i = 0; i < 50; i += 1) element.net.forward(element.image);
        return (performance.now() - start) / 50;
    }""")
    record_property("forward_ms", took)
    print(f"forward with all maps: {took:.2f} ms")
    made = page.widget.evaluate(
        "element => Object.entries(element.net.forward(element.image)).map(([k, v]) => [k, v.length])"
    )
    sizes = {"c1": 4704, "s2": 1176, "c3": 1600, "s4": 400, "f5": 120, "f6": 84, "logits": 10, "probs": 10}
    assert dict(made) == sizes


def test_by_keyboard(lone_widget):
    page = lone_widget(KIND)
    page.locator("[data-action=clear]").press("Enter")
    assert state(page)["digit"] is None
    assert page.locator("[data-role=prediction]").inner_text() == "Nothing is drawn yet."
    page.locator("[data-role=pad]").focus()
    for key in ["ArrowRight"] * 4 + [" "] + ["ArrowRight"] * 4 + ["ArrowDown"] * 14 + [" "]:
        page.keyboard.press(key)
    now = state(page)
    assert len(now["strokes"]) == 1
    assert len(now["strokes"][0]) == 1 + 2 * 19
    assert now["digit"] in (1, 7)
    page.keyboard.press("ArrowLeft")
    assert state(page)["strokes"] == now["strokes"], "the pen is up"
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowLeft")
    assert len(state(page)["strokes"]) == 2
    page.keyboard.press("Escape")
    page.keyboard.press("Backspace")
    assert state(page)["strokes"] == now["strokes"]
    page.locator("[data-param=pen][value=medium]").focus()
    page.keyboard.press("ArrowRight")
    assert state(page)["pen"] == "thick"
    page.locator("[data-action=undo]").press("Space")
    assert state(page)["digit"] is None
    assert page.troubles == []


def test_maps_and_pixels_by_keyboard(lone_widget):
    page = lone_widget(KIND)
    page.locator(".map[data-layer=c1][data-map='0']").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.locator(".pixel-view .layer-name").inner_text() == "C1, map 3"
    page.keyboard.press("Enter")
    assert (state(page)["layer"], state(page)["map"]) == ("c1", 2)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert (state(page)["layer"], state(page)["map"]) == ("s2", 2)
    page.locator("[data-role=map]").focus()
    before = state(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    after = state(page)
    assert (after["row"], after["column"]) == (before["row"] + 1, before["column"] + 1)
    assert "The largest of the four is" in page.locator("[data-role=arithmetic]").inner_text()
    assert page.troubles == []


def test_kernels_on_hover_and_the_pixel_on_click(lone_widget):
    page = lone_widget(KIND, viewport={"width": 1200, "height": 1600})
    weights = dict(load("lenet").named_parameters())
    page.locator(".map[data-layer=c3][data-map='7']").hover()
    assert state(page)["layer"] == "c1", "pointing alone chooses nothing"
    kernel = page.locator("[data-grid=kernel] td").all_inner_texts()
    expected = weights["c3.weight"][7, 0].detach().numpy().ravel()
    np.testing.assert_allclose([float(text.replace("−", "-")) for text in kernel], expected, atol=0.0051)
    page.locator(".map[data-layer=c3][data-map='7']").click()
    page.locator("[data-param=slice][value='4']").check(force=True)
    box = page.locator("[data-role=map]").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.35, box["y"] + box["height"] * 0.75)
    now = state(page)
    assert (now["layer"], now["map"], now["row"], now["column"], now["slice"]) == ("c3", 7, 7, 3, 4)
    image = page.widget.evaluate("element => Array.from(element.image)")
    value = look_inside(load("lenet"), np.float32(image).reshape(1, 32, 32))["c3"][7, 7, 3]
    words = page.locator("[data-role=arithmetic]").inner_text().replace("−", "-")
    said = float(words.partition("that is ")[2].partition(". ")[0])
    assert said == pytest.approx(value, abs=0.0061)
    assert page.locator(".window:visible").count() >= 7, "six windows on S2 and the pixel itself"
    assert page.troubles == []


def test_by_touch(lone_widget):
    page = lone_widget(KIND, viewport={"width": 360, "height": 800}, has_touch=True)
    page.locator("[data-action=clear]").tap()
    page.locator("[data-role=pad]").tap(position={"x": 100, "y": 60})
    assert len(state(page)["strokes"]) == 1
    box = page.locator("[data-role=pad]").bounding_box()
    finger = page.context.new_cdp_session(page)

    def touch(kind, *points):
        places = [{"x": box["x"] + x, "y": box["y"] + y} for x, y in points]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})

    touch("touchStart", (60, 30))
    for y in range(35, 200, 6):
        touch("touchMove", (60 + y / 4, y))
    touch("touchEnd")
    strokes = state(page)["strokes"]
    assert len(strokes) == 2
    assert len(strokes[1]) > 20, "the page did not scroll away under the finger"
    page.locator("[data-action=undo]").tap()
    page.locator(".map[data-layer=s4][data-map='3']").tap()
    assert (state(page)["layer"], state(page)["map"]) == ("s4", 3)
    page.locator("[data-role=map]").tap(position={"x": 4, "y": 4})
    assert (state(page)["row"], state(page)["column"]) == (0, 0)
    assert page.troubles == []


def test_the_address_keeps_the_drawing(lone_widget):
    page = lone_widget(KIND, viewport={"width": 1200, "height": 900})
    page.locator("[data-action=clear]").click()
    draw(page, [[(0.5, 0.2), (0.5, 0.4), (0.5, 0.6), (0.5, 0.8)]])
    again = lone_widget(KIND, "zh", wait_for_address(page.widget).partition("#")[2])
    assert state(again)["strokes"] == state(page)["strokes"]
    np.testing.assert_allclose(state(again)["probabilities"], state(page)["probabilities"])
    assert page.troubles == []


def test_strokes_that_make_no_sense(lone_widget):
    page = lone_widget(KIND)
    for strokes in [[[15, 1]], [[15, -1, 0]], [[15, 0, 201]], [["a", 1, 2]], [5], "pasted"]:
        page.widget.evaluate("(element, strokes) => element.change({ strokes })", strokes)
        assert "cannot be read" in page.locator("[data-role=status].problem").inner_text()
        assert state(page)["digit"] == 5
        page.locator("[data-action=example-5]").click()
    assert page.troubles == []

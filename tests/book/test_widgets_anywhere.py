"""What holds for each of three widgets: receptive field, pooling and shift, drawing a digit."""

import pytest
from built_pages import NEEDS_BROWSER, serious

KINDS = ["cnn-receptive-field", "cnn-pool-shift", "cnn-draw-digit"]

pytestmark = [*NEEDS_BROWSER, pytest.mark.parametrize("kind", KINDS)]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_opens_without_trouble(kind, language, lone_widget, axe):
    page = lone_widget(kind, language, viewport={"width": 1200, "height": 900})
    assert serious(axe, page) == []
    page.emulate_media(color_scheme="dark")
    assert serious(axe, page) == []
    words = page.widget.locator("[data-role=status]").inner_text()
    assert words
    chinese = any("\u4e00" <= letter <= "\u9fff" for letter in page.widget.inner_text())
    assert chinese == (language == "zh")
    assert not page.locator(".stand-in").is_visible()
    assert page.troubles == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_fits_on_a_narrow_phone(kind, language, lone_widget):
    page = lone_widget(kind, language, viewport={"width": 320, "height": 640})
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320
    page.set_viewport_size({"width": 1200, "height": 800})
    page.set_viewport_size({"width": 320, "height": 640})
    page.wait_for_function("document.scrollingElement.scrollWidth <= 320")  # widgets follow in the next frame
    assert page.troubles == []


def test_picture_stays_without_scripts_and_on_paper(kind, lone_widget):
    page = lone_widget(kind, java_script_enabled=False)
    assert page.locator(".stand-in").is_visible()
    page = lone_widget(kind)
    page.emulate_media(media="print")
    assert page.locator(".stand-in").is_visible()
    assert not page.locator(".widget").is_visible()


def test_every_control_is_reached_and_shows_its_focus(kind, lone_widget):
    page = lone_widget(kind, viewport={"width": 1200, "height": 900})
    reached = page.evaluate("""() => [...document.querySelectorAll(
        ".widget :is(button, input, select, [tabindex])")].filter((one) => one.tabIndex >= 0 && !one.disabled
            && one.checkVisibility() && (one.type !== "radio" || one.checked)).length""")
    seen = []
    for _ in range(reached + 20):
        page.keyboard.press("Tab")
        found = page.evaluate("""() => {
            const at = document.activeElement;
            if (!at?.closest(".widget")) return null;
            const shown = at.type === "radio" ? at.nextElementSibling : at;
            const { outlineStyle, outlineWidth } = getComputedStyle(shown);
            return [at.outerHTML.slice(0, 120), outlineStyle !== "none" && parseFloat(outlineWidth) >= 2];
        }""")
        if found is None:
            break
        seen.append(found)
    assert [html for html, visible in seen if not visible] == []
    assert len(seen) == reached
    assert page.troubles == []


@pytest.mark.parametrize("anchor", ["{k}=%7Bbroken", "{k}=12", "{k}"])
def test_an_address_that_makes_no_sense(kind, anchor, lone_widget):
    page = lone_widget(kind, anchor=anchor.format(k=kind))
    opening = page.widget.evaluate("element => JSON.stringify(element.opening)")
    assert page.widget.evaluate("element => JSON.stringify(element.settings)") == opening
    assert page.locator("[data-role=status].problem").count() == ("=" in anchor)
    assert page.troubles == []


def test_settings_that_cannot_be_taken(kind, lone_widget):
    """Each setting gets each wrong value: it is refused in words, or is a value that it may have."""
    page = lone_widget(kind)
    outcome = page.widget.evaluate(
        """(element, values) => values.flatMap((wrong) => Object.keys(element.opening).map((name) => {
            const before = JSON.stringify(element.settings);
            const taken = element.change({ [name]: wrong });
            const unchanged = JSON.stringify(element.settings) === before;
            const said = element.querySelector("[data-role=status]").classList.contains("problem");
            element.change(element.opening);
            return [name, wrong, taken || (unchanged && said)];
        }))""",
        [None, "x", -1, 1.5, 10**6, [], {}, [[1]], "__proto__"],
    )
    assert [(name, wrong) for name, wrong, fine in outcome if not fine] == []
    assert page.troubles == []


def test_less_motion(kind, lone_widget):
    page = lone_widget(kind, reduced_motion="reduce")
    page.widget.evaluate("element => element.reset()")
    assert page.evaluate("document.getAnimations().length") == 0

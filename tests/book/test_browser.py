"""Every built page, opened from its file in Chromium, as a reader without a network opens it."""

import re

import pytest
from built_pages import HTML, NEEDS_BOOK, PAGES, ROOT, RULES_OF_COLOURS, revisit, serious, weight

SECTION = "ch02_convolution/02_discrete_examples.html"
HEAVIEST = 400_000  # bytes on the wire of a page as it opens
HEAVIEST_WITH_NETWORK = 700_000  # of the page on which LeNet runs
HEAVIEST_READ = 500_000  # of a page that is read to its end, lists of labs included

pytestmark = NEEDS_BOOK


# What moves while the page loads, and was not asked for by the reader.
SHIFT = """
window.shift = 0;
new PerformanceObserver(list => {
  const entries = list.getEntries().filter(entry => !entry.hadRecentInput);
  window.shift += entries.reduce((sum, entry) => sum + entry.value, 0);
}).observe({ type: "layout-shift", buffered: true });
"""
SHOWN = "image.checkVisibility()"  # not the picture for the other colour scheme
# Fonts have come, widgets are fitted, and what they moved was painted and told.
SETTLED = """async () => {
  await document.fonts.ready;
  for (let i = 0; i < 2; i += 1) await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  await new Promise((done) => requestIdleCallback(done, { timeout: 300 }));
}"""


@pytest.mark.parametrize("path", PAGES)
def test_page(path, one_page, axe):
    """Nothing goes wrong, jumps, or keeps a reader out: in light and dark, on a desktop and a phone."""
    page = revisit(one_page, path)
    page.evaluate(SHIFT)
    check_switch(page, path)
    limit = HEAVIEST_WITH_NETWORK if page.locator("cnn-draw-digit").count() else HEAVIEST
    assert weight(page) < limit
    page.evaluate(f"for (const image of document.images) if ({SHOWN}) image.loading = 'eager'")
    page.wait_for_function(f"[...document.images].every(image => image.complete || !({SHOWN}))")
    assert weight(page) < HEAVIEST_READ
    page.evaluate("document.querySelectorAll('img').forEach(image => image.loading = 'eager')")
    page.wait_for_function("[...document.images].every(image => image.complete)")
    images = page.evaluate(
        "[...document.images].map(i => [i.currentSrc, i.getAttribute('alt'), i.naturalWidth])"
    )
    assert all(width > 0 for _, _, width in images), "an image that cannot be shown"
    assert all(alt is not None for _, alt, _ in images), "an image without alt text"
    expected = "zh-CN" if path.startswith("zh/") else "en"
    assert page.evaluate("document.documentElement.lang") == expected
    assert serious(axe, page) == []
    assert page.evaluate("window.shift") < 0.1
    page.emulate_media(color_scheme="dark")
    assert serious(axe, page, RULES_OF_COLOURS) == []
    page.set_viewport_size({"width": 320, "height": 900})
    page.reload()
    page.evaluate(SHIFT)
    page.evaluate(SETTLED)
    assert page.evaluate("window.shift") < 0.1
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320, "the page scrolls sideways"
    assert page.troubles == []


def check_switch(page, path) -> None:
    """The switch lands on the same page of the other language, and crawlers are told of both."""
    language, _, rest = path.partition("/")
    other = {"en": "zh", "zh": "en"}[language]
    target = page.locator("a.language-switch").evaluate("link => link.href")
    assert target == (HTML / other / rest).as_uri()
    assert (HTML / other / rest).is_file()
    alternates = page.locator("link[rel=alternate][hreflang]")
    assert sorted(alternates.evaluate_all("links => links.map(link => link.hreflang)")) == ["en", "zh-CN"]


def test_switch_keeps_the_section(open_page):
    page = open_page(f"en/{SECTION}", viewport={"width": 1280, "height": 900})
    section = page.locator("article section section[id]").nth(2)
    anchor = section.get_attribute("id")
    section.evaluate("section => section.scrollIntoView({ behavior: 'instant' })")
    page.locator("a.language-switch").evaluate("link => link.click()")
    page.wait_for_url(re.compile(rf"/zh/{SECTION}#{anchor}$"))
    assert page.locator(f"section#{anchor}").count() == 1


@pytest.mark.parametrize(("language", "other"), [("en", "zh"), ("zh", "en")])
def test_switch_keeps_the_widget(language, other, open_page):
    """The settings go along, and the reader stays where they are: at the widget, or in a later section."""
    page = open_page(f"{language}/{SECTION}", viewport={"width": 1280, "height": 900})
    for total, later in [(9, False), (5, True)]:
        page.locator("cnn-dice").evaluate("(dice, total) => { dice.state = { total } }", total)
        page.locator("figure:has(cnn-dice)").evaluate(
            "figure => figure.scrollIntoView({ behavior: 'instant' })"
        )
        anchor = "exercises"  # long enough below for its head to come to the top of the window
        if later:
            page.locator(f"section#{anchor}").evaluate(
                "section => section.scrollIntoView({ behavior: 'instant' })"
            )
        page.locator("a.language-switch").evaluate("link => link.click()")
        page.wait_for_url(f"**/{other}/{SECTION}#*")
        assert page.locator("cnn-dice").evaluate("dice => dice.state.total") == total
        place = page.locator(f"section#{anchor}" if later else "figure:has(cnn-dice)")
        assert place.evaluate("element => Math.abs(element.getBoundingClientRect().top) < innerHeight / 4")
        language, other = other, language
    assert page.troubles == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_both_languages_side_by_side(language, open_page):
    page = open_page(f"{language}/{SECTION}")
    twins = page.locator("p.other-language")
    assert twins.count() > 20
    assert not twins.first.is_visible()
    button = page.locator("button.side-by-side")
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    assert twins.first.is_visible()
    assert twins.first.get_attribute("lang") == {"en": "zh-CN", "zh": "en"}[language]
    page.reload()
    assert page.locator("p.other-language").first.is_visible(), "the choice is remembered"


@pytest.mark.parametrize(
    ("language", "query", "expected"),
    [
        ("zh", "卷积核", "03_images"),
        ("zh", "骰子", "02_discrete_examples"),
        ("zh", "反对角线", "02_discrete_examples"),
        ("zh", "卷积", "01_what_is_convolution"),
        ("zh", "kernel", "03_images"),
        ("en", "kernels", "03_images"),
        ("en", "antidiagonal", "02_discrete_examples"),
        ("zh", "卷积核", "05_details"),
        ("en", "卷积核", "01_first_glimpse"),  # English pages are Chinese only where they introduce a term
        ("zh", "感受野", "01_receptive_field"),
        ("en", "感受野", "01_receptive_field"),
        ("zh", "receptive field", "01_receptive_field"),
        ("en", "receptive field", "01_receptive_field"),
    ],
)
def test_search(language, query, expected, open_page):
    page = open_page(f"{language}/search.html")
    page.goto((HTML / language / "search.html").as_uri() + f"?q={query}")
    # Not for `Search` to say that it is done: a late pulse of its dots makes it say otherwise for good.
    page.locator(f'ul.search li a[href*="/{expected}.html"]').first.wait_for()
    assert page.troubles == []


def test_search_that_finds_nothing(open_page):
    page = open_page(["zh/search.html", "q=长颈鹿"][0])
    page.goto((HTML / "zh" / "search.html").as_uri() + "?q=长颈鹿")
    page.wait_for_selector("#search-results p")
    assert page.locator("ul.search li").count() == 0


@pytest.mark.parametrize(
    ("locale", "language"), [("zh-CN", "zh"), ("zh-TW", "zh"), ("en-GB", "en"), ("fr-FR", "en")]
)
def test_entrance_follows_the_browser(locale, language, open_page):
    page = open_page("index.html", locale=locale)
    page.wait_for_url(f"**/{language}/index.html")
    assert page.troubles == []


def test_entrance_lets_a_reader_choose(open_page):
    page = open_page("index.html#choose")
    assert page.locator("main a").count() == 2
    page.locator("main a[hreflang=zh-CN]").click()
    page.wait_for_url("**/zh/index.html")


def test_less_motion_shows_the_last_frame(browser):
    moving = next(
        path for path in sorted(HTML.glob("en/_images/*.svg")) if 'class="frame"' in path.read_text()
    )
    for motion, expected in [("reduce", 1), ("no-preference", None)]:
        context = browser.new_context(reduced_motion=motion)
        page = context.new_page()
        page.goto(moving.as_uri())
        shown, animations = page.evaluate(
            """() => {
              const animations = document.getAnimations();
              // Away from the moment at which one frame gives way to the next.
              for (const animation of animations) { animation.pause(); animation.currentTime = 100; }
              const frames = [...document.querySelectorAll('.frame')];
              return [frames.map(f => getComputedStyle(f).visibility === 'visible'), animations.length];
            }"""
        )
        context.close()
        if expected:
            assert shown == [False] * (len(shown) - 1) + [True]
            assert animations == 0
        else:
            assert sum(shown) == 1
            assert animations == len(shown) > 1


def test_readme_shows_the_books_picture():
    drawn = HTML / "en" / "_images" / "sphx_glr_plot_21_two_dice_001.svg"
    assert (ROOT / "docs" / "_static" / "readme.svg").read_text() == drawn.read_text()

"""The front page: in one screen it says what this is, shows a figure, and leads everywhere."""

import re

import pytest
from built_pages import HTML, NEEDS_BOOK, PAGES
from catalogues import CHINESE, DOCS, translations

FRONT = (DOCS / "index.md").read_text(encoding="utf-8")
LINKS = re.findall(r"\[([^]]+)\]\(([^)#]+)(?:#([\w-]+))?\)", FRONT)


def test_links_lead_to_pages():
    assert all((DOCS / path).is_file() for _, path, _ in LINKS)


def test_the_first_link_leads_to_the_sheet_for_drawing():
    [label] = re.findall(r"\[Draw a digit\]\(#([\w-]+)\)", FRONT)
    [page] = [
        text for path in DOCS.glob("ch*/*.md") if f"\n({label})=\n" in (text := path.read_text("utf-8"))
    ]
    section = page.split(f"\n({label})=\n## ")[1].split("\n## ")[0]
    assert ":widget: cnn-draw-digit" in section


def test_the_map_has_every_chapter_under_its_title():
    chapters = sorted(DOCS.glob("ch*/index.md"))
    linked = {path: words for words, path, _ in LINKS if path.endswith("/index.md")}
    assert list(linked) == [path.relative_to(DOCS).as_posix() for path in chapters]
    for path in chapters:
        title = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
        assert linked[path.relative_to(DOCS).as_posix()] == title
        chinese = translations(CHINESE / path.parent.name / "index.po")[title]
        assert any(f"[{chinese}](" in text for text in translations(CHINESE / "index.po").values())


class TestInTheBrowser:
    pytestmark = NEEDS_BOOK

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_one_screen(self, open_page, language, scheme):
        page = open_page(
            f"{language}/index.html", viewport={"width": 1280, "height": 800}, color_scheme=scheme
        )
        for part in ("h1", ".front-doors", ".front figure img:visible", ".chapter-map"):
            box = page.locator(part).first.bounding_box()
            assert box["y"] >= 0, part
            assert box["y"] + box["height"] <= 800, part
        assert page.locator(".chapter-map > li").count() == 6
        assert page.troubles == []

    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_on_a_phone(self, open_page, language):
        page = open_page(f"{language}/index.html", viewport={"width": 360, "height": 740})
        box = page.locator(".front-doors").bounding_box()
        assert box["y"] + box["height"] <= 740
        assert page.evaluate("document.documentElement.scrollWidth") <= 360

    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_the_digit_is_one_click_away(self, open_page, language):
        page = open_page(f"{language}/index.html", viewport={"width": 1280, "height": 800})
        page.locator(".front-doors a").first.click()
        page.locator("#draw-a-digit cnn-draw-digit").wait_for()
        assert page.url.startswith((HTML / language / "ch01_introduction/01_first_glimpse.html").as_uri())

    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_every_card_is_a_link(self, language):
        page = (HTML / language / "index.html").read_text(encoding="utf-8")
        cards = page.split('chapter-map"')[1].split("</ol>")[0]
        chapters = {path.split("/")[1] for path in PAGES if path.split("/")[1].startswith("ch")}
        assert {path.split("/")[0] for path in re.findall(r'href="(ch[^"]+/index.html)"', cards)} == chapters

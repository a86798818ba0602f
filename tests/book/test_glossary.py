"""The glossary: terms in one line and two languages, linked at their first use, explained at every link."""

import re

import pytest
from bs4 import BeautifulSoup
from built_pages import HTML, NEEDS_BOOK, PAGES
from catalogues import DOCS, page_catalogue, translations
from key_terms import definitions
from sphinx.application import Sphinx
from staging import stage_catalogues

SECTIONS = sorted(DOCS.glob("ch*/[0-9]*.md"))
ENGLISH, CHINESE = definitions("en"), definitions("zh-CN")
NAMES = translations(page_catalogue("glossary"))
TERM = re.compile(r"\{(?:new)?term\}`(?:[^`<]*<)?([^`>]+)>?`")
NOT_PROSE = re.compile(
    r"```\{code-cell.*?^```|^---.*?^---|\$\$.*?\$\$|\$[^$\n]+\$|\{[\w:-]+\}`[^`]+`|`[^`\n]+`|\]\([^)]*\)",
    flags=re.S | re.M,
)
# Terms that are everyday words too: a page may use the word before it introduces the term.
EVERYDAY = {"carry", "flip", "gradient", "lab", "linear", "module", "shape", "support", "training", "unit"}


def test_there_are_enough():
    assert len(ENGLISH) >= 80
    assert list(ENGLISH) == sorted(ENGLISH, key=str.lower)
    source = (DOCS / "glossary.md").read_text(encoding="utf-8")
    body = source.split("```{glossary}\n")[1].split("```")[0]
    assert len(ENGLISH) == len(body.strip().split("\n\n"))  # one line each, or it would not be counted


@pytest.mark.parametrize("term", ENGLISH)
def test_both_languages_in_one_line(term):
    assert re.fullmatch(r"[A-Zα-ω].{10,130}\.", ENGLISH[term])
    assert re.search(r"[一-鿿]", NAMES[term])
    assert re.fullmatch(r".{4,70}。", CHINESE[term])
    assert re.search(r"[一-鿿]", CHINESE[term])


def argued(path) -> str:
    """Return what a page argues, up to its summary and exercises."""
    return path.read_text(encoding="utf-8").split("\n## What to remember")[0]


@pytest.mark.parametrize("term", ENGLISH)
def test_linked_on_first_use(term):
    linked = [path for path in SECTIONS if term in TERM.findall(path.read_text(encoding="utf-8"))]
    if not linked:
        assert term in TERM.findall((DOCS / "errors.md").read_text(encoding="utf-8"))
        return
    if term in EVERYDAY:
        return
    longer = "|".join(re.escape(other) for other in ENGLISH if term in other and other != term)
    word = re.compile(rf"\b{re.escape(term)}(?:s|es)?\b", flags=re.I)
    for path in SECTIONS[: SECTIONS.index(linked[0])]:
        words = NOT_PROSE.sub(" ", argued(path))
        words = re.sub(longer, " ", words, flags=re.I) if longer else words
        assert not word.search(words), f"{path.name} uses it first"


@pytest.fixture(scope="module", params=["en", "zh_CN"])
def small_book(request, tmp_path_factory):
    """The glossary and a page that links every term, built by the book's own extensions."""
    folder = tmp_path_factory.mktemp(request.param)
    (folder / "conf.py").write_text("", encoding="utf-8")
    glossary = (DOCS / "glossary.md").read_text(encoding="utf-8")
    (folder / "glossary.md").write_text(glossary, encoding="utf-8")
    links = "\n\n".join(f"{{newterm}}`{term}` and {{term}}`{term}`" for term in ENGLISH)
    (folder / "index.md").write_text(
        f"# Terms\n\n```{{toctree}}\nglossary\n```\n\n{links}\n", encoding="utf-8"
    )
    stage_catalogues(folder / "build")
    settings = {
        "extensions": ["myst_parser", "key_terms"],
        "language": request.param,
        "locale_dirs": [str(folder / "build" / "locale")],
        "gettext_compact": False,
        "exclude_patterns": ["build"],
    }
    out = folder / "build" / "html"
    Sphinx(
        folder, folder, out, folder / "build" / "doctrees", "html", settings, status=None, warningiserror=True
    ).build()
    page = BeautifulSoup((out / "index.html").read_text(encoding="utf-8"), "html.parser")
    return request.param, page


def test_hover_text_is_in_the_page(small_book):
    language, page = small_book
    links = page.select("a.key-term")
    meanings = ENGLISH if language == "en" else CHINESE
    expected = [meanings[term] for term in ENGLISH for _ in range(2)]
    assert [link["title"] for link in links] == expected


def test_links_lead_to_the_terms(small_book):
    language, page = small_book
    name = "kernel (卷积核)" if language == "en" else "卷积核（kernel）"
    [link] = [link for link in page.select("a.key-term") if link.get_text() == name]
    assert link["href"].startswith("glossary.html#term-")


class TestTheBuiltBook:
    pytestmark = NEEDS_BOOK

    @pytest.mark.parametrize("path", [path for path in PAGES if "genindex" not in path])
    def test_every_link_to_a_term_explains_it(self, path):
        """In the language of its paragraph."""
        page = BeautifulSoup((HTML / path).read_text(encoding="utf-8"), "html.parser")
        for link in page.select('article a[href*="glossary.html#term-"]'):
            language = link.find_parent(lang=True)["lang"]
            assert link["title"] in (ENGLISH if language == "en" else CHINESE).values()

    def explained(self, page, link):
        tip = page.locator("#definition")
        assert tip.is_visible()
        assert link.get_attribute("aria-describedby") == "definition"
        box = tip.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= page.viewport_size["width"]
        return tip.text_content()

    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_hover_focus_and_escape(self, open_page, language):
        meaning = (ENGLISH if language == "en" else CHINESE)["weight"]
        for width in (1280, 360):
            page = open_page(
                f"{language}/ch01_introduction/01_first_glimpse.html",
                viewport={"width": width, "height": 740},
            )
            link = page.locator('article a.key-term[href$="#term-weight"]:visible').first
            tip = page.locator("#definition")
            link.hover()
            assert self.explained(page, link) == meaning
            page.mouse.move(0, 0)
            tip.wait_for(state="hidden")
            page.keyboard.press("Tab")  # from now on the keyboard leads
            link.focus()
            assert self.explained(page, link) == meaning
            page.keyboard.press("Escape")
            assert tip.is_hidden()
            assert page.troubles == []

"""Both languages say the same: nothing untranslated, no role or number that differs, no term by two names."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import polib
import pytest
from bs4 import BeautifulSoup
from built_pages import HTML, NEEDS_BOOK, PAGES
from catalogues import CHINESE, DOCS, translations
from labs_in_chinese import label_literals, page_cells, translate_cells, translate_script

ROOT = Path(__file__).parent.parent.parent
CATALOGUES = sorted(CHINESE.rglob("*.po"))
ENTRIES = [
    pytest.param(entry, id=f"{path.relative_to(CHINESE)}:{number}")
    for path in CATALOGUES
    for number, entry in enumerate(polib.pofile(str(path)))
]

ROLE = re.compile(r"(?:\{(?P<myst>[\w:-]+)\}|:(?P<rst>[\w:-]+):)`(?P<text>[^`]+)`")
CODE = re.compile(r"``(.+?)``|`([^`]+)`")
MATH = re.compile(r"\$\$?(.+?)\$\$?", flags=re.S)
PRINTED = "div.cell_output pre, div.sphx-glr-script-out pre"
NUMBER = re.compile(r"(?<![\w.])[-−]?\d+(?:[.,]\d+)*%?")


def role_target(match: re.Match) -> tuple[str, str]:
    """Return a role and what it points to; the words shown may differ between languages."""
    text = match["text"]
    shown = re.fullmatch(r".*<(.+)>", text)
    return match["myst"] or match["rst"], shown[1] if shown else text


def roles(text: str) -> Counter:
    return Counter(role_target(match) for match in ROLE.finditer(text))


def numbers(text: str) -> Counter:
    """Count the numbers of the prose, outside roles, code and mathematics."""
    for pattern in (ROLE, CODE, MATH):
        text = pattern.sub(" ", text)
    return Counter(number.replace("−", "-").replace(",", "") for number in NUMBER.findall(text))


def test_the_checks_see_differences():
    assert roles("{fact}`a` and {func}`b <c>`") == Counter({("fact", "a"): 1, ("func", "c"): 1})
    assert roles(":fact:`a`") != roles(":fact:`b`")
    assert numbers("3 of 36, or $5$") == Counter({"3": 1, "36": 1})
    assert numbers("十二分之一是 1/12") == Counter({"1": 1, "12": 1})


def test_there_are_catalogues():
    assert len(CATALOGUES) > 20
    assert len(ENTRIES) > 500


def unfinished(path: Path) -> list[str]:
    """Return what is left to do in a catalogue."""
    catalogue = polib.pofile(str(path))
    return [
        *(f"not translated: {entry.msgid}" for entry in catalogue.untranslated_entries()),
        *(f"the English changed, check the Chinese: {entry.msgid}" for entry in catalogue.fuzzy_entries()),
        *(f"the English is gone: {entry.msgid}" for entry in catalogue.obsolete_entries()),
    ]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(CHINESE)))
def test_translated(path):
    assert unfinished(path) == []


COLLECT = """
import json, pathlib, sys
sys.path.insert(0, "docs/_ext")
from translate import templates
texts = templates(pathlib.Path(sys.argv[1]))
print(json.dumps({name: [message.id for message in texts[name] if message.id] for name in texts}))
"""


def collect(root: Path, build: Path, only: str = "") -> dict[str, set[str]]:
    """Collect the English texts of a checkout as ``make translate`` does, by the catalogue they belong to."""
    environment = os.environ | {"CNNBOOK_BUILD": str(build), "CNNBOOK_LANGUAGE": "en", "CNNBOOK_ONLY": only}
    gettext = [
        "-m",
        "sphinx",
        "-q",
        "-c",
        ".",
        "-b",
        "gettext",
        str(build / "src" / "en"),
        str(build / "gettext"),
    ]
    for command in (["docs/_ext/staging.py", str(build), "en"], gettext):
        subprocess.run([sys.executable, *command], cwd=root, env=environment, check=True)
    last = [sys.executable, "-c", COLLECT, str(build / "gettext")]
    texts = json.loads(subprocess.run(last, cwd=root, check=True, capture_output=True, text=True).stdout)
    return {name: set(messages) for name, messages in texts.items()}


def out_of_date(root: Path, texts: dict[str, set[str]]) -> set[tuple[str, str]]:
    """Return the texts that only the pages hold, or only the catalogues."""
    catalogues = root / "docs" / "locale" / "zh_CN" / "LC_MESSAGES"
    return {
        (name, text)
        for name, messages in texts.items()
        for text in messages ^ {entry.msgid for entry in polib.pofile(str(catalogues / name))}
    }


def test_catalogues_hold_the_texts_of_today(tmp_path):
    """`make translate` would change nothing."""
    texts = collect(ROOT, tmp_path)
    held = {path.relative_to(CHINESE).as_posix() for path in CATALOGUES if path.name != "sphinx.po"}
    assert held == set(texts)
    assert out_of_date(ROOT, texts) == set()


def test_one_english_sentence_alone_is_noticed(tmp_path):
    """Change a sentence in a copy of the book: both checks complain of it, and of nothing else."""
    root = tmp_path / "book"
    shutil.copytree(ROOT / "docs", root / "docs", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "conf.py", root)
    (root / "cnnbook").symlink_to(ROOT / "cnnbook")
    page = root / "docs" / "notation.md"
    before, after = "One page for all letters.", "One page for nearly all letters."
    text = page.read_text(encoding="utf-8")
    assert before in text
    page.write_text(text.replace(before, after), encoding="utf-8")

    changed = out_of_date(root, collect(root, tmp_path / "build", only="ch00*"))
    assert {name for name, _ in changed} == {"notation.po"}
    old, new = sorted((text for _, text in changed), key=len)
    assert old.replace(before, after) == new

    command = [sys.executable, "docs/_ext/translate.py", str(tmp_path / "build" / "gettext")]
    subprocess.run(command, cwd=root, check=True)
    [complaint] = unfinished(root / "docs" / "locale" / "zh_CN" / "LC_MESSAGES" / "notation.po")
    assert complaint == f"the English changed, check the Chinese: {new}"


@pytest.mark.parametrize("entry", ENTRIES)
def test_same_roles_and_numbers(entry):
    assert roles(entry.msgstr) == roles(entry.msgid)
    assert numbers(entry.msgstr) == numbers(entry.msgid)


# Words that are also ordinary English, or have a shorter Chinese form beside the full one.
ALSO = {
    "kernel": ("核",),
    "filter": ("滤",),
    "flip": ("翻", "倒"),
    "blur": ("糊",),
    "channel": ("通道",),
    "invariance": ("不变",),
    "weight": ("分量", "影响"),
}
ORDINARY = {
    "carry",
    "support",
    "shape",
    "layer",
    "training",
    "activation",
    "parameter",
    "flip",
    "padding",
    "linear",
    "unit",
    "same convolution",
}


def test_terms_have_one_name():
    """A sentence with a key term uses the glossary's Chinese for it."""
    glossary = {
        term: chinese
        for term, chinese in translations(CHINESE / "glossary.po").items()
        if len(term.split()) <= 3 and term not in ORDINARY and not term.endswith(".") and term != "Glossary"
    }
    strays = []
    for path in CATALOGUES:
        for entry in polib.pofile(str(path)):
            english = ROLE.sub(
                lambda match: role_target(match)[1], MATH.sub(" ", CODE_WITHOUT_ROLE.sub(" ", entry.msgid))
            )
            for term in longest_terms(english.lower(), glossary):
                names = (glossary[term], *ALSO.get(term, ()))
                shown = entry.msgstr + " ".join(role_target(match)[1] for match in ROLE.finditer(entry.msgid))
                if not any(name in entry.msgstr for name in names) and term not in shown:
                    strays.append(f"{path.name}: {term} = {glossary[term]}, but: {entry.msgstr}")
    assert not strays, "\n".join(strays)


CODE_WITHOUT_ROLE = re.compile(r"``.+?``|(?<![}:\w])`[^`]+`")


def longest_terms(text: str, glossary: dict[str, str]) -> list[str]:
    """Return the terms in a text, a longer one before those it contains."""
    found = []
    for term in sorted(glossary, key=len, reverse=True):
        pattern = re.compile(rf"\b{re.escape(term.lower())}(?:s|es)?\b")
        if pattern.search(text):
            found.append(term)
            text = pattern.sub(" ", text)
    return found


LABELS = translations(CHINESE / "figures.po")
SCRIPTS = sorted([*DOCS.glob("**/[!_]*.md"), *DOCS.glob("ch*/gallery/plot_*.py")])


def without_labels(code: str) -> str:
    """Return code as a tree in which every label is blank: it must not depend on the language."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_":
            node.args = []
    tree.body = [node for node in tree.body if not isinstance(getattr(node, "value", None), ast.Constant)]
    return ast.dump(tree)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_same_code_and_every_label_translated(path):
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        english, chinese = [source], [translate_script(source, {}, LABELS)]
    else:
        english, chinese = page_cells(source), page_cells(translate_cells(source, LABELS))
    assert [without_labels(code) for code in english] == [without_labels(code) for code in chinese]
    for code in chinese:
        for label in label_literals(code):
            assert label.value not in LABELS or LABELS[label.value] == label.value


def skeleton(path: str) -> dict[str, list]:
    """Return a built page's figures, code, headings, formulas and numbers, without the twin texts."""
    article = BeautifulSoup((HTML / path).read_text(encoding="utf-8"), "html.parser").find("article")
    for twin in article.select(".other-language"):
        twin.decompose()
    return {
        "headings": [heading.name for heading in article.select("h1, h2, h3")],
        "anchors": [section.get("id") for section in article.select("section")],
        "figures": [image["src"].rpartition("/")[2] for image in article.select("img.figure")],
        "widgets": [place.name for place in article.find_all(re.compile("^cnn-"))],
        "cells": len(article.select("div.cell_input, div.highlight-Python")),
        "formulas": sorted({formula.get_text() for formula in article.select(".math")}),
        "facts": sorted(re.sub(r"\D", "", number.get_text()) for number in article.select(".fact")),
        "printed": [sorted(re.findall(r"\d[\d.]*", cell.get_text())) for cell in article.select(PRINTED)],
    }


class TestTheBuiltBook:
    pytestmark = NEEDS_BOOK

    def test_same_pages(self):
        folders = {
            language: {path[3:] for path in PAGES if path[:2] == language} for language in ("en", "zh")
        }
        assert folders["en"] == folders["zh"]

    @pytest.mark.parametrize("path", [path for path in PAGES if path[:2] == "en" and "genindex" not in path])
    def test_same_figures_code_headings_and_numbers(self, path):
        assert skeleton(path) == skeleton(f"zh{path[2:]}")

"""Both languages say the same: nothing untranslated, no role or number that differs, no term by two names."""

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import polib
import pytest
from catalogues import CHINESE, translations

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


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(CHINESE)))
def test_translated(path):
    catalogue = polib.pofile(str(path))
    assert not [entry.msgid for entry in catalogue.untranslated_entries()], "not translated"
    assert not [entry.msgid for entry in catalogue.fuzzy_entries()], "the English changed: check the Chinese"
    assert not [entry.msgid for entry in catalogue.obsolete_entries()], "the English is gone"


@pytest.fixture(scope="session")
def collected(tmp_path_factory):
    """Collect the English texts as ``make translate`` does."""
    from translate import templates

    build = tmp_path_factory.mktemp("build")
    environment = os.environ | {"CNNBOOK_BUILD": str(build), "CNNBOOK_LANGUAGE": "en"}
    stage = [sys.executable, "docs/_ext/staging.py", str(build), "en"]
    subprocess.run(stage, cwd=ROOT, env=environment, check=True)
    sphinx = [sys.executable, "-m", "sphinx", "-q", "-c", ".", "-b", "gettext"]
    subprocess.run(
        [*sphinx, str(build / "src" / "en"), str(build / "gettext")], cwd=ROOT, env=environment, check=True
    )
    return {
        name: {message.id for message in template if message.id}
        for name, template in templates(build / "gettext").items()
    }


def test_catalogues_hold_the_texts_of_today(collected):
    """`make translate` would change nothing."""
    held = {path.relative_to(CHINESE).as_posix(): path for path in CATALOGUES if path.name != "sphinx.po"}
    assert set(held) == set(collected)
    for name, path in held.items():
        assert {entry.msgid for entry in polib.pofile(str(path))} == collected[name], name


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

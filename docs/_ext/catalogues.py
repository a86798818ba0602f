"""Translation catalogues: where they lie, what a text is called in the other language."""

from functools import cache
from pathlib import Path

import polib

DOCS = Path(__file__).parent.parent
CHINESE = DOCS / "locale" / "zh_CN" / "LC_MESSAGES"


def page_catalogue(docname: str) -> Path:
    """Return the path of a page's Chinese catalogue."""
    return CHINESE / f"{docname}.po"


def translations(catalogue: Path) -> dict[str, str]:
    """Return the finished translations of a catalogue, by their English text; none where it is absent."""
    if not catalogue.is_file():
        return {}
    return _read(catalogue, catalogue.stat().st_mtime_ns)


@cache
def _read(catalogue: Path, _modified: int) -> dict[str, str]:
    entries = polib.pofile(str(catalogue))
    return {entry.msgid: entry.msgstr for entry in entries if entry.translated() and not entry.obsolete}


def other_language(docname: str, text: str, language: str) -> str:
    """Return the same sentence in the book's other language, or an empty string.

    A lab arrives in Chinese already (see `labs_in_chinese`), hence the look-up backwards.
    """
    chinese = translations(page_catalogue(docname))
    if language == "en":
        return chinese.get(text, "")
    if text in chinese:
        return text
    return {translated: english for english, translated in chinese.items()}.get(text, "")

"""Translation catalogues: where they lie, what a text is called in the other language."""

from functools import cache
from pathlib import Path

from cnnbook.i18n import read_catalogue

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
    return read_catalogue(catalogue)


@cache
def _backwards(catalogue: Path, _modified: int) -> dict[str, str]:
    return {chinese: english for english, chinese in _read(catalogue, _modified).items()}


def other_language(docname: str, text: str, language: str) -> str:
    """Return the same sentence in the book's other language, or an empty string.

    A lab arrives in Chinese already (see `labs_in_chinese`), hence the look-up backwards.
    """
    catalogue = page_catalogue(docname)
    chinese = translations(catalogue)
    if language == "en":
        return chinese.get(text, "")
    if text in chinese:
        return text
    return _backwards(catalogue, catalogue.stat().st_mtime_ns).get(text, "") if chinese else ""

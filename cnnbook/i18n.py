"""The language of labels and printed output: a lab runs in the reader's language.

The translations are the book's own (``docs/locale/<language>/LC_MESSAGES/figures.po``); a wheel carries a
copy. A text without a translation stays English.
"""

import os
from functools import cache
from pathlib import Path

import polib

_BOOK = Path(__file__).parent.parent / "docs" / "locale"
_WHEEL = Path(__file__).parent / "locale"


def language() -> str:
    """Return the language of labels: ``CNNBOOK_LANGUAGE`` where it is set, else English.

    >>> import os
    >>> before = os.environ.pop("CNNBOOK_LANGUAGE", None)
    >>> language()
    'en'
    >>> if before: os.environ["CNNBOOK_LANGUAGE"] = before
    """
    return os.environ.get("CNNBOOK_LANGUAGE", "en")


@cache
def translations(tongue: str) -> dict[str, str]:
    """Return the translated labels of one language, by their English text.

    Parameters
    ----------
    tongue : str
        A language code such as ``"zh_CN"``.

    Returns
    -------
    dict of str to str
        Empty for English and for a language without a catalogue.

    >>> translations("en")
    {}
    """
    catalogue = Path(tongue, "LC_MESSAGES", "figures.po")
    for folder in (_BOOK, _WHEEL):
        if (folder / catalogue).is_file():
            return read_catalogue(folder / catalogue)
    return {}


def read_catalogue(path: Path) -> dict[str, str]:
    """Return the finished translations of a catalogue, by their English text.

    Parameters
    ----------
    path : Path
        A gettext catalogue, ``.po``.

    Returns
    -------
    dict of str to str
        Without the entries whose translation is missing, doubtful (fuzzy) or no longer used.
    """
    return {entry.msgid: entry.msgstr for entry in polib.pofile(str(path)) if entry.translated()}


def _(text: str) -> str:
    """Return `text` in the reader's language.

    Parameters
    ----------
    text : str
        An English label or sentence, written out where it is used so that it can be collected. Numbers go
        in after the translation: ``_("{n} filters").format(n=6)``.

    >>> _("a text that nobody translated")
    'a text that nobody translated'
    """
    return translations(language()).get(text, text)

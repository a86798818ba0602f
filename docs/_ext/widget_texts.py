"""Texts of the widgets' scripts: collected for translation, put back as literals in the page's language."""

import json
import re
from collections.abc import Mapping

from catalogues import DOCS

SCRIPTS = DOCS / "_static" / "widgets"
_TEXT = re.compile(r'(?<![\w$.])_\(\s*("(?:[^"\\\n]|\\.)*")\s*(?=[,)])')


def script_texts(script: str) -> list[str]:
    """Return the texts of all ``_("...")`` in a script, in order."""
    return [json.loads(found[1]) for found in _TEXT.finditer(script)]


def translate_script_texts(script: str, labels: Mapping[str, str]) -> str:
    """Put the translations of ``_("...")`` into a script as literals."""

    def translated(found: re.Match) -> str:
        text = json.loads(found[1])
        return found[0].replace(found[1], json.dumps(labels.get(text, text), ensure_ascii=False))

    return _TEXT.sub(translated, script)

"""A page with one widget and nothing else, for tests that do not need the whole book."""

from functools import cache
from pathlib import Path

from catalogues import CHINESE, translations
from network_for_the_page import script
from widget_texts import SCRIPTS, translate_script_texts
from widgets import _SHARED, WIDGETS

from cnnbook.models.weights import arrays

HTML_LANG = {"en": "en", "zh": "zh-CN"}
STYLE, SCRIPT = '<link rel="stylesheet" href="{}">', '<script defer src="{}"></script>'
PAGE = """<!doctype html>
<html lang="{lang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>{kind}</title>
{head}
<style>
:root {{ color-scheme: light dark; }}
body {{ margin: 0 16px; font-family: sans-serif; }}
body {{ background: light-dark(#fff, #131416); color: light-dark(#000, #fff); }}
main {{ max-width: 44em; margin: auto; }} figure {{ margin: 0; }}
</style></head>
<body data-theme="auto"><main><h1>{kind}</h1>
<figure><{kind} class="widget-place" id="{kind}"><p class="stand-in">A picture.</p></{kind}></figure>
</main></body></html>
"""


def write_page(folder: Path, kind: str, language: str) -> Path:
    """Write the page of a widget and what it loads; return its path."""
    labels = {} if language == "en" else translations(CHINESE / "widgets.po")
    (folder / language).mkdir(exist_ok=True)
    head = []
    for name in [*_SHARED, *WIDGETS[kind]]:
        text = translate_script_texts(_text(name), labels)
        (folder / language / name).write_text(text, encoding="utf-8")
        head.append(STYLE.format(name) if name.endswith(".css") else SCRIPT.format(name))
    page = folder / language / f"{kind}.html"
    page.write_text(PAGE.format(lang=HTML_LANG[language], kind=kind, head="\n".join(head)), encoding="utf-8")
    return page


@cache
def _text(name: str) -> str:
    if name == "lenet_parameters.js":  # written when the book is built
        return script(arrays("lenet"))
    return (SCRIPTS / name).read_text(encoding="utf-8")

"""The two books as one: each page knows its twin, and the theme's own words are in the page's language."""

import re
from pathlib import Path

from catalogues import DOCS
from sphinx.locale import get_translation

_ = get_translation("sphinx")
LANGUAGES = {"en": ("en", "English"), "zh_CN": ("zh", "中文")}  # Sphinx's name: folder, name for readers
HTML_LANG = {"en": "en", "zh_CN": "zh-CN"}
_LAB = re.compile(r"^ \* (:doc:`[^`]+`)", flags=re.M)
_SOME_LABS = 12


def _add_twin(app, pagename, templatename, context, doctree) -> None:
    """Give the templates what the language switch and ``hreflang`` need."""
    other = "zh_CN" if app.config.language == "en" else "en"
    folder, name = LANGUAGES[other]
    up = "../" * (pagename.count("/") + 1)
    context["other"] = {"url": f"{up}{folder}/{pagename}.html", "name": name, "lang": HTML_LANG[other]}
    context["html_lang"] = HTML_LANG[app.config.language]
    for part in ("body", "furo_navigation_tree"):
        if part in context:
            context[part] = _accessible(context[part])


def _accessible(html: str) -> str:
    """Mend what Sphinx's HTML leaves undone; let pictures wait until the reader scrolls to them."""
    html = re.sub(r"<img (?![^>]*loading=)", '<img loading="lazy" ', html)
    html = html.replace('role="heading">', 'role="heading" aria-level="2">')  # a heading has a level
    return html.replace('role="doc-biblioentry"', 'role="listitem"')  # the role that its list asks for


def _no_docstrings(app, what, name, obj, options, lines) -> None:
    """Docstrings are English in both books: keep them out of the catalogues."""
    if app.builder.name == "gettext":
        lines.clear()


def _head_examples(app, what, name, obj, options, lines) -> None:
    """Give the doctest that closes a docstring its section, or Napoleon takes it for the end of "Raises"."""
    first = next((number for number, line in enumerate(lines) if line.startswith(">>>")), None)
    if first is not None and "Examples" not in lines:
        lines[first:first] = ["Examples", "--------"]


def _add_labs(app, what, name, obj, options, lines) -> None:
    """Close a docstring with the labs that use what it describes, unless every other lab does.

    Links and not pictures: the drawing functions together would show the picture of every lab of the book.
    """
    examples = Path(app.srcdir, "backreferences", f"{name}.examples")
    if app.builder.format == "html" and examples.is_file():
        labs = dict.fromkeys(_LAB.findall(examples.read_text(encoding="utf-8")))
        if 0 < len(labs) <= _SOME_LABS:
            lines.extend(["", f".. rubric:: {_('Labs that use it')}", "", *(f"* {lab}" for lab in labs), ""])


def _write_entrance(app, error) -> None:
    """Write the page that sends a reader to their browser's language and lets them choose."""
    if error is None and app.builder.name == "html":
        text = (DOCS / "_templates" / "entrance.html").read_text(encoding="utf-8")
        Path(app.outdir).parent.joinpath("index.html").write_text(text, encoding="utf-8")


def setup(app) -> dict[str, bool]:
    """Connect the parts."""
    app.connect("html-page-context", _add_twin, priority=900)
    app.connect("autodoc-process-docstring", _head_examples, priority=100)  # before Napoleon
    app.connect("autodoc-process-docstring", _no_docstrings, priority=900)
    app.connect("autodoc-process-docstring", _add_labs, priority=950)
    app.connect("build-finished", _write_entrance)
    app.add_js_file("book.js", loading_method="defer")
    app.add_css_file("book.css")
    return {"parallel_read_safe": True, "parallel_write_safe": True}

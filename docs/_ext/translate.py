"""``make translate``: bring the Chinese catalogues up to date with the English texts.

Takes the messages that Sphinx collected and the labels of labs, pages, widgets and package. What was
translated stays; a changed sentence keeps its old translation, marked fuzzy; what is gone is removed; a
sentence that another catalogue translates already is filled in.
"""

import re
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from catalogues import CHINESE, DOCS, translations
from labs_in_chinese import label_literals, page_cells
from widget_texts import SCRIPTS, script_texts

_ROOT = DOCS.parent
_LINK = re.compile(r":doc:`[^`<]*`")
_GALLERY = [
    (
        re.compile(r":ref:`Go to the end (<[^>]*>)` to download the full example code\."),
        r":ref:`到页末 \1` 下载完整代码。",
    ),
    (re.compile(r":download:`Download Jupyter notebook: (.*)`"), r":download:`下载 Jupyter 笔记本：\1`"),
    (re.compile(r":download:`Download Python source code: (.*)`"), r":download:`下载 Python 脚本：\1`"),
    (re.compile(r":download:`Download zipped: (.*)`"), r":download:`下载压缩包：\1`"),
]


def collect_labels() -> Catalog:
    """Return the texts of all ``_("...")`` in labs, page cells and the package."""
    labels = Catalog(project="cnnbook")
    scripts = [*_ROOT.glob("cnnbook/**/*.py"), *DOCS.glob("ch*/gallery/*.py")]
    codes = [path.read_text(encoding="utf-8") for path in sorted(scripts)]
    for page in sorted(DOCS.glob("**/*.md")):
        codes += page_cells(page.read_text(encoding="utf-8"))
    for code in codes:
        for literal in label_literals(code):
            labels.add(literal.value)
    return labels


def collect_widgets() -> Catalog:
    """Return the texts of all ``_("...")`` in the widgets' scripts."""
    texts = Catalog(project="cnnbook")
    for path in sorted(SCRIPTS.glob("*.js")):
        for text in script_texts(path.read_text(encoding="utf-8")):
            texts.add(text)
    return texts


def without_gallery_phrases(template: Catalog) -> Catalog:
    """Translate what sphinx-gallery writes on every lab's page; leave out links with titles of their own."""
    kept = Catalog()
    for message in template:
        if message.id and not _LINK.fullmatch(message.id):
            kept.add(message.id, _gallery_phrase(message.id))
    return kept


def _gallery_phrase(text: str) -> str | None:
    for pattern, chinese in _GALLERY:
        if pattern.fullmatch(text):
            return pattern.sub(chinese, text)
    return None


def update(template: Catalog, path: Path, known: dict[str, str]) -> None:
    """Merge a template into the catalogue at `path`; write it where something changed."""
    catalogue = Catalog(locale="zh_CN")
    if path.is_file():
        with path.open("rb") as file:
            catalogue = read_po(file, locale="zh_CN", ignore_obsolete=True)
    catalogue.update(template, no_fuzzy_matching=False)
    catalogue.obsolete.clear()
    for message in catalogue:
        given = template[message.id].string if message.id in template else ""
        if message.id and (given or not message.string):
            message.string = given or known.get(message.id, "")
        message.flags.discard("python-format")
    text = _written(catalogue)
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _written(catalogue: Catalog) -> str:
    """Write without dates and places, so that a catalogue changes only when its texts do."""
    buffer = BytesIO()
    write_po(buffer, catalogue, width=0, no_location=True, omit_header=True, ignore_obsolete=True)
    header = 'msgid ""\nmsgstr ""\n"Language: zh_CN\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    return header + buffer.getvalue().decode()


def known_translations() -> dict[str, str]:
    """Return what any catalogue translates, for sentences that stand on several pages."""
    known = {}
    for path in CHINESE.rglob("*.po"):
        known |= translations(path)
    return known


def templates(collected: Path) -> dict[str, Catalog]:
    """Return the English texts of today by the name of their catalogue; none for a page without texts."""
    found = {"figures.po": collect_labels(), "widgets.po": collect_widgets()}
    for path in sorted(collected.rglob("*.pot")):
        with path.open("rb") as file:
            name = path.relative_to(collected).with_suffix(".po").as_posix()
            found[name] = without_gallery_phrases(read_po(file))
    return {name: template for name, template in found.items() if any(message.id for message in template)}


def main(collected: Path) -> None:
    """Update every catalogue, remove those whose page is gone, and say what is left to do."""
    known, current = known_translations(), templates(collected)
    for path in CHINESE.rglob("*.po"):
        if path.relative_to(CHINESE).as_posix() not in {*current, "sphinx.po"}:
            path.unlink()
    for name, template in current.items():
        update(template, CHINESE / name, known)
        left = sum(1 for message in template if message.id) - len(translations(CHINESE / name))
        if left:
            print(f"{name}: {left} to translate")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

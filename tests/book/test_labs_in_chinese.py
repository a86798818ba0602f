"""Labs are translated as a whole: their text blocks, their labels, nothing else."""

import ast
from pathlib import Path

import polib
import pytest
from catalogues import CHINESE, DOCS, page_catalogue, translations
from labs_in_chinese import translate_cells, translate_labels, translate_script, translate_text

LABS = sorted(DOCS.glob("ch*/gallery/plot_*.py"))

SCRIPT = '''"""
Why?
====

Because of this
and that.
"""

x = 1  # why: a comment of the code

# %%
# A list:
#
# - one :math:`x`
# - two
print(_("sum"), "sum")
'''


def test_a_script_by_hand():
    prose = {"Why?": "为什么？", "Because of this and that.": "因为这样。", "A list:": "列表：", "two": "二"}
    chinese = translate_script(SCRIPT, prose, {"sum": "和"})
    assert chinese.startswith('"""\n为什么？\n========\n\n因为这样。\n"""')
    assert "x = 1  # why: a comment of the code" in chinese
    assert "# 列表：\n#\n# - one :math:`x`\n# - 二\n" in chinese
    assert 'print(_("和"), "sum")' in chinese


def test_text_keeps_what_it_does_not_know():
    text = ".. math::\n\n   x^2\n\nUnknown paragraph."
    assert translate_text(text, {}) == text.split("\n")


def test_labels_with_chinese_before_them():
    code = 's = "卷积"; t = _("a") + _("b\\n")'
    assert translate_labels(code, {"a": "甲", "b\n": "乙\n"}) == 's = "卷积"; t = _("甲") + _("乙\\n")'


def test_cells_of_a_page():
    page = 'Prose _("a").\n\n```{code-cell} ipython3\n:tags: [hide-input]\nprint(_("a"))\n```\n'
    assert translate_cells(page, {"a": "甲"}) == page.replace('print(_("a"))', 'print(_("甲"))')


@pytest.mark.parametrize("lab", LABS, ids=lambda path: path.stem)
def test_every_text_of_a_lab_is_found(lab):
    """What Sphinx extracts from the page is what the translator finds in the script."""
    catalogue = page_catalogue(f"{lab.parent.parent.name}/labs/{lab.stem}")
    prose = translations(catalogue)
    chinese = translate_script(lab.read_text(encoding="utf-8"), prose, translations(CHINESE / "figures.po"))
    ast.parse(chinese)
    own = [
        entry
        for entry in polib.pofile(str(catalogue))
        if not entry.msgid.startswith((":download:", ":ref:`Go"))
    ]
    assert len(own) > 2
    for entry in own:
        assert entry.msgstr in chinese, f"not found in the script: {entry.msgid}"


def test_every_chapter_has_labs():
    chapters = {path.parent.name for path in DOCS.glob("ch*/index.md")}
    assert chapters == {Path(lab).parent.parent.name for lab in LABS}

"""The code cells of every page run in order, in both languages, and their assertions hold."""

import contextlib
import io

import pytest
from catalogues import CHINESE, DOCS, translations
from labs_in_chinese import page_cells, translate_cells

PAGES = sorted(page for page in DOCS.glob("**/*.md") if "```{code-cell}" in page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("labels", [{}, translations(CHINESE / "figures.po")], ids=["en", "zh_CN"])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_cells_run(page, labels):
    names = {"__name__": "__main__"}
    cells = page_cells(translate_cells(page.read_text(encoding="utf-8"), labels))
    assert cells
    with contextlib.redirect_stdout(io.StringIO()):
        for number, code in enumerate(cells, start=1):
            exec(compile(code, f"{page.name}, cell {number}", "exec"), names)


def test_there_are_pages_with_cells():
    assert len(PAGES) >= 4

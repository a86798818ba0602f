"""Formulas are typeset while the book is built, by the KaTeX whose style sheet the book carries."""

import re
from importlib.resources import files
from pathlib import Path

import dukpy
import pytest
from katex import typeset

STATIC = Path(__file__).parent.parent.parent / "docs" / "_static" / "katex"


def test_html_and_mathml():
    html = typeset(r"\sum_k f[k]\,g[n-k]", True)
    assert "<math" in html
    assert "katex-display" in html
    assert "<script" not in html


def test_bad_tex_is_refused():
    with pytest.raises(dukpy.JSRuntimeError, match="KaTeX parse error"):
        typeset(r"\frac{1}", False)


def test_style_sheet_is_of_the_same_version():
    script = (files("sphinxcontrib") / "katex.min.js").read_text(encoding="utf-8")
    style = (STATIC / "katex.min.css").read_text(encoding="utf-8")
    version = re.search(r'\.katex-version:after\{content:"([\d.]+)"\}', style)[1]
    assert f'"{version}"' in script


def test_fonts_of_the_style_sheet_are_there():
    style = (STATIC / "katex.min.css").read_text(encoding="utf-8")
    wanted = set(re.findall(r"fonts/([\w-]+\.woff2)", style))
    assert wanted == {path.name for path in (STATIC / "fonts").glob("*.woff2")}
    assert len(wanted) == 20

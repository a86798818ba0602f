"""Texts of the widgets' scripts: what is collected is what is put back."""

import re

import pytest
from widget_texts import SCRIPTS, script_texts, translate_script_texts

SCRIPT = r"""
const words = _("one");
say(_("{n} \"cells\"", { n: 3 }), _( "two" ));
other_("three"); CNNBook.text_("four"); _(five); _("six" + seven);
"""


def test_texts_are_found():
    assert script_texts(SCRIPT) == ["one", '{n} "cells"', "two"]


def test_texts_are_put_back():
    chinese = translate_script_texts(SCRIPT, {"one": '"一"', '{n} "cells"': "{n} 格"})
    assert r'const words = _("\"一\"");' in chinese
    assert '_("{n} 格", { n: 3 })' in chinese
    assert '_( "two" )' in chinese
    assert chinese.count("three") == chinese.count("six") == 1


@pytest.mark.parametrize("path", sorted(SCRIPTS.glob("*.js")), ids=lambda path: path.name)
def test_every_text_can_be_collected(path):
    """A text put together from pieces, or in other quotes, would stay English."""
    script = path.read_text(encoding="utf-8")
    assert len(re.findall(r"(?<![\w$.])_\((?!\))", script)) == len(script_texts(script))

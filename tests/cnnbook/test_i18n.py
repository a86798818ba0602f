"""Labels speak the language that ``CNNBOOK_LANGUAGE`` names, and English where nobody translated them."""

import polib

from cnnbook import i18n


def test_english_stays(monkeypatch):
    monkeypatch.delenv("CNNBOOK_LANGUAGE", raising=False)
    assert i18n._("input") == "input"


def test_chinese_from_the_catalogue(monkeypatch):
    monkeypatch.setenv("CNNBOOK_LANGUAGE", "zh_CN")
    catalogue = polib.pofile(str(i18n._BOOK / "zh_CN" / "LC_MESSAGES" / "figures.po"))
    entry = next(entry for entry in catalogue if entry.translated())
    assert i18n._(entry.msgid) == entry.msgstr != entry.msgid
    assert i18n._("nobody translated this") == "nobody translated this"


def test_language_without_catalogue(monkeypatch):
    monkeypatch.setenv("CNNBOOK_LANGUAGE", "xx")
    assert i18n._("input") == "input"


def test_catalogue_of_a_wheel(monkeypatch, tmp_path):
    """An installed package has no book beside it and reads the copy that it carries."""
    folder = tmp_path / "zh_CN" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "figures.po").write_text(
        'msgid ""\nmsgstr ""\n\nmsgid "input"\nmsgstr "输入"\n', encoding="utf-8"
    )
    monkeypatch.setattr(i18n, "_BOOK", tmp_path / "absent")
    monkeypatch.setattr(i18n, "_WHEEL", tmp_path)
    i18n.translations.cache_clear()
    assert i18n.translations("zh_CN") == {"input": "输入"}
    i18n.translations.cache_clear()

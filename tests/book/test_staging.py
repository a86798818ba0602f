"""Staged sources: one copy for each language, untouched where nothing changed."""

import subprocess
import sys
from pathlib import Path

import pytest
from catalogues import DOCS
from staging import stage, stage_catalogues, write_if_changed


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    folder = tmp_path_factory.mktemp("build")
    for language in ("en", "zh_CN"):
        stage(folder, language)
    stage_catalogues(folder)
    return folder


def test_english_is_the_source(build):
    for page in DOCS.glob("ch*/**/*.*"):
        if page.suffix in {".md", ".py"}:
            staged = build / "src" / "en" / page.relative_to(DOCS)
            assert staged.read_text(encoding="utf-8") == page.read_text(encoding="utf-8")


def test_chinese_labs_are_chinese(build):
    for lab in (build / "src" / "zh_CN").glob("ch*/gallery/plot_*.py"):
        title = lab.read_text(encoding="utf-8").splitlines()[1]
        assert any("一" <= letter <= "鿿" for letter in title), title


def test_a_second_time_touches_nothing(build):
    before = {path: path.stat().st_mtime_ns for path in build.rglob("*") if path.is_file()}
    command = [sys.executable, str(DOCS / "_ext" / "staging.py"), str(build), "en", "zh_CN"]
    subprocess.run(command, check=True)
    after = {path: path.stat().st_mtime_ns for path in before}
    assert after == before


def test_what_is_gone_from_the_sources_goes(build):
    old_page = build / "src" / "en" / "ch02_convolution" / "09_gone.md"
    old_lab = build / "src" / "en" / "ch02_convolution" / "labs" / "plot_99_gone.rst"
    old_lab.parent.mkdir(exist_ok=True)
    old_page.write_text("# Gone\n")
    old_lab.write_text("Gone\n====\n")
    stage(build, "en")
    assert not old_page.exists()
    assert not old_lab.exists()


def test_one_chapter_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("CNNBOOK_ONLY", "ch02*")
    old_lab = tmp_path / "src" / "en" / "ch01_introduction" / "labs" / "index.rst"
    old_lab.parent.mkdir(parents=True)
    old_lab.write_text("Labs\n====\n")
    stage(tmp_path, "en")
    staged = {path.name for path in (tmp_path / "src" / "en").iterdir()}
    assert {"index.md", "glossary.md", "api", "ch02_convolution"} <= staged
    assert not old_lab.exists()


def test_write_if_changed(tmp_path):
    path = Path(tmp_path, "folder", "file")
    write_if_changed(path, "one")
    before = path.stat().st_mtime_ns
    write_if_changed(path, "one")
    assert path.stat().st_mtime_ns == before
    write_if_changed(path, "two")
    assert path.read_text() == "two"

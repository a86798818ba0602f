"""A lab runs again when the code that it reaches has changed."""

from types import SimpleNamespace

import pytest
import stale_labs


@pytest.fixture
def lab(tmp_path):
    script = tmp_path / "ch01" / "gallery" / "plot_11_question.py"
    script.parent.mkdir(parents=True)
    script.write_text("from cnnbook.arithmetic import output_length\n")
    checksum = tmp_path / "ch01" / "labs" / "plot_11_question.py.md5"
    checksum.parent.mkdir()
    checksum.write_text("0")
    return SimpleNamespace(
        app=SimpleNamespace(srcdir=tmp_path, builder=SimpleNamespace(name="html")), checksum=checksum
    )


def test_a_lab_that_was_never_run(lab):
    stale_labs._forget_outdated(lab.app)
    assert not lab.checksum.exists()


def test_nothing_changed(lab):
    stale_labs._remember(lab.app, None)
    stale_labs._forget_outdated(lab.app)
    assert lab.checksum.exists()


def test_the_code_changed(lab, monkeypatch):
    stale_labs._remember(lab.app, None)
    monkeypatch.setattr(stale_labs, "script_digest", lambda script: "another")
    stale_labs._forget_outdated(lab.app)
    assert not lab.checksum.exists()


def test_a_build_that_failed_is_not_remembered(lab):
    stale_labs._remember(lab.app, RuntimeError())
    stale_labs._forget_outdated(lab.app)
    assert not lab.checksum.exists()

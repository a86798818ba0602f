"""Results that were measured once are found by name."""

import json

import pytest

from cnnbook import store
from cnnbook.results import results
from cnnbook.store import result_files


def test_reads_the_committed_file():
    for path in result_files():
        assert results(path.stem) == json.loads(path.read_text())


def test_an_installed_package_carries_them(monkeypatch, tmp_path):
    (tmp_path / "a.json").write_text("[1]")
    monkeypatch.setattr(store, "_MEASURED", tmp_path / "absent")
    monkeypatch.setattr(store, "_MEASURED_IN_WHEEL", tmp_path)
    assert results("a") == [1]


def test_refuses_what_is_not_there():
    with pytest.raises(ValueError, match=r"results: name is 'nothing', expected one of .*'receptive_field'"):
        results("nothing")

"""A result is computed once, and again as soon as the code that made it could have changed."""

from pathlib import Path

import pytest

from cnnbook import store


def append_and_count(path: str, amount: int) -> int:
    """Leave a mark each time this runs."""
    with Path(path).open("a") as file:
        file.write("x" * amount)
    return amount


@pytest.fixture
def marks(tmp_path):
    return tmp_path / "marks"


def test_without_a_folder_it_computes_each_time(monkeypatch, marks):
    monkeypatch.delenv("CNNBOOK_STORE", raising=False)
    function = store.stored(append_and_count)
    assert function(str(marks), 2) == function(str(marks), 2) == 2
    assert marks.read_text() == "xxxx"


def test_the_second_time_it_remembers(monkeypatch, tmp_path, marks):
    monkeypatch.setenv("CNNBOOK_STORE", str(tmp_path / "store"))
    assert store.stored(append_and_count)(str(marks), 2) == 2
    assert store.stored(append_and_count)(str(marks), 2) == 2
    assert marks.read_text() == "xx"
    assert store.stored(append_and_count)(str(marks), 3) == 3
    assert marks.read_text() == "xxxxx"


def test_other_code_is_another_result(monkeypatch, tmp_path, marks):
    monkeypatch.setenv("CNNBOOK_STORE", str(tmp_path / "store"))
    store.stored(append_and_count)(str(marks), 1)
    monkeypatch.setattr(store, "code_digest", lambda module="": "0123456789abcdef")
    store.stored(append_and_count)(str(marks), 1)
    assert marks.read_text() == "xx"


def test_digest_follows_the_source(monkeypatch, tmp_path):
    before = store.code_digest()
    (tmp_path / "module.py").write_text("x = 1\n")
    monkeypatch.setattr(store, "__file__", str(tmp_path / "store.py"))
    store.code_digest.cache_clear()
    one = store.code_digest()
    (tmp_path / "module.py").write_text("x = 2\n")
    store.code_digest.cache_clear()
    assert len({before, one, store.code_digest()}) == 3
    store.code_digest.cache_clear()


def test_digest_without_a_library(monkeypatch):
    monkeypatch.setattr(store, "_LIBRARIES", ("a-library-that-nobody-wrote",))
    store.code_digest.cache_clear()
    assert len(store.code_digest()) == 16
    store.code_digest.cache_clear()


def test_sources_that_a_module_uses():
    """A change elsewhere in the package does not cost the training anew."""
    names = {
        path.relative_to(Path(store.__file__).parent).as_posix()
        for path in store.used_sources("cnnbook.train")
    }
    assert {
        "__init__.py",
        "train/loop.py",
        "data/labelled.py",
        "models/__init__.py",
        "models/lenet.py",
        "store.py",
    } <= names
    assert not {name for name in names if name.startswith(("draw/", "facts/", "functional/"))}
    assert store.code_digest("cnnbook.train") != store.code_digest("cnnbook.i18n") != store.code_digest()


def test_script_digest_follows_what_the_script_reaches(tmp_path):
    digests = []
    for line in ("import numpy", "from cnnbook import arithmetic", "from cnnbook.results import results"):
        (tmp_path / f"{len(digests)}.py").write_text(line + "\n")
        digests.append(store.script_digest(tmp_path / f"{len(digests)}.py"))
    assert len(set(digests)) == 3
    (tmp_path / "0.py").write_text("import scipy\n")
    assert store.script_digest(tmp_path / "0.py") == digests[0]


def test_results_are_among_the_sources():
    assert any(path.suffix == ".json" for path in store.used_sources("cnnbook.results"))
    assert not any(path.suffix == ".json" for path in store.used_sources("cnnbook.arithmetic"))

import random

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from cnnbook.tensor_file import read, replace, write

TENSORS = {
    "weight": torch.arange(6.0).reshape(2, 3),
    "count": torch.tensor(7),
    "turned": torch.arange(6.0).reshape(2, 3).T,
    "half": torch.tensor([0.1], dtype=torch.bfloat16),
}
CONTENT = {"epoch": 3, "loss": 0.1 + 0.2, "none": None, "history": [[0.5, float("inf")]], "name": "卷积"}


def files(folder):
    return sorted(path.name for path in folder.iterdir())


def test_what_is_written_is_read(tmp_path):
    write(tmp_path / "one.json", TENSORS, CONTENT)
    tensors, content = read(tmp_path / "one.json")
    assert content == CONTENT
    assert tensors.keys() == TENSORS.keys()
    for name, tensor in tensors.items():
        assert tensor.dtype == TENSORS[name].dtype
        assert torch.equal(tensor, TENSORS[name])


@given(st.floats(allow_nan=False))
def test_numbers_come_back_to_the_last_bit(tmp_path_factory, number):
    path = tmp_path_factory.mktemp("numbers") / "one.json"
    write(path, {"weight": torch.tensor(number, dtype=torch.float64)}, {"loss": number})
    tensors, content = read(path)
    assert tensors["weight"].item() == content["loss"] == number


def test_tensors_that_share_memory(tmp_path):
    one = torch.ones(3)
    write(tmp_path / "one.json", {"a": one, "b": one, "c": one[1:]}, {})
    assert {name: tensor.tolist() for name, tensor in read(tmp_path / "one.json")[0].items()} == {
        "a": [1, 1, 1],
        "b": [1, 1, 1],
        "c": [1, 1],
    }


def test_old_tensors_are_removed_and_others_stay(tmp_path):
    write(tmp_path / "one.json", {"weight": torch.zeros(1)}, {})
    write(tmp_path / "one-more.json", {"weight": torch.zeros(1)}, {})
    before = files(tmp_path)
    write(tmp_path / "one.json", {"weight": torch.ones(1)}, {})
    after = files(tmp_path)
    assert len(before) == len(after) == 4
    assert len(set(before) & set(after)) == 3
    assert read(tmp_path / "one.json")[0]["weight"] == 1
    assert read(tmp_path / "one-more.json")[0]["weight"] == 0


@pytest.mark.parametrize("moment", range(4))
def test_a_crash_leaves_the_old_pair_or_the_new_one(tmp_path, monkeypatch, moment):
    """Stop before each of the four steps: both files are first written under another name, then renamed."""
    write(tmp_path / "one.json", {"weight": torch.zeros(1)}, {"epoch": 0})
    steps = []

    def stop_at(function):
        def stopping(*arguments):
            steps.append(function)
            if len(steps) > moment:
                raise KeyboardInterrupt
            return function(*arguments)

        return stopping

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", stop_at(__import__("os").fsync))
        patch.setattr("pathlib.Path.replace", stop_at(__import__("pathlib").Path.replace))
        with pytest.raises(KeyboardInterrupt):
            write(tmp_path / "one.json", {"weight": torch.ones(1)}, {"epoch": 1})
    tensors, content = read(tmp_path / "one.json")
    assert tensors["weight"] == content["epoch"] == 0
    write(tmp_path / "one.json", {"weight": torch.ones(1)}, {"epoch": 1})
    assert read(tmp_path / "one.json")[1] == {"epoch": 1}
    assert len(files(tmp_path)) == 2


def test_a_file_is_replaced_whole(tmp_path):
    replace(tmp_path / "log.csv", b"first")
    replace(tmp_path / "log.csv", b"second")
    assert (tmp_path / "log.csv").read_bytes() == b"second"
    assert files(tmp_path) == ["log.csv"]


def damage(chance, content):
    """Change a bit, cut the end off, write zeros over a part, put something in, or leave nothing."""
    place = chance.randrange(len(content))
    kind = chance.randrange(5)
    if kind == 0:
        return content[:place] + bytes([content[place] ^ 1 << chance.randrange(8)]) + content[place + 1 :]
    if kind == 1:
        return content[:place]
    if kind == 2:
        changed = content[:place] + bytes(len(content[place : place + 64])) + content[place + 64 :]
        return changed if changed != content else content[:-1]
    if kind == 3:
        return content[:place] + chance.randbytes(chance.randint(1, 9)) + content[place:]
    return b""


def test_200_damaged_files_are_refused(tmp_path):
    path = tmp_path / "one.json"
    write(path, TENSORS, CONTENT)
    originals = {file: file.read_bytes() for file in tmp_path.iterdir()}
    chance = random.Random(0)
    for _ in range(100):
        for file, content in originals.items():
            file.write_bytes(damage(chance, content))
            with pytest.raises(
                ValueError, match=rf"read: .*{file.name} .*; take another copy, or train again"
            ):
                read(path)
            file.write_bytes(content)
    assert read(path)[1] == CONTENT


@pytest.mark.parametrize(
    "content", [b"[]", b"{}", b"null", b'{"sha256": "0"}', b"\xff\xfe", b"[" * 100_000, b'{"sha256": {}}']
)
def test_other_json_is_refused(tmp_path, content):
    (tmp_path / "one.json").write_bytes(content)
    with pytest.raises(ValueError, match=r"one.json does not agree with its own checksum"):
        read(tmp_path / "one.json")


def test_missing_files_are_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"read: .*one.json is not there"):
        read(tmp_path / "one.json")
    write(tmp_path / "one.json", TENSORS, CONTENT)
    tensors = next(tmp_path.glob("*.safetensors"))
    tensors.unlink()
    with pytest.raises(FileNotFoundError, match=rf"read: .*{tensors.name} is not there"):
        read(tmp_path / "one.json")

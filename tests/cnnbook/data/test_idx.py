import gzip
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from cnnbook.data.idx import read_idx


def packed(head, values=b""):
    return gzip.compress(bytes(head) + values, mtime=0)


def read(folder, content):
    path = folder / "file.gz"
    path.write_bytes(content)
    return read_idx(path)


def test_by_hand(tmp_path):
    content = packed([0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3], bytes([1, 2, 3, 4, 5, 255]))
    assert read(tmp_path, content).tolist() == [[1, 2, 3], [4, 5, 255]]


@given(arrays(np.uint8, array_shapes(min_dims=1, max_dims=4, max_side=5)))
def test_what_is_packed_is_read(tmp_path_factory, values):
    head = [0, 0, 8, values.ndim, *np.array(values.shape, ">u4").tobytes()]
    found = read(tmp_path_factory.mktemp("idx"), packed(head, values.tobytes()))
    assert np.array_equal(found, values)
    assert found.shape == values.shape


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (
            packed([0, 0, 9, 1, 0, 0, 0, 1], b"x"),
            "begins with 00 00 09 01, expected 00 00 08 and 1 to 4 axes",
        ),
        (packed([0, 1, 8, 1, 0, 0, 0, 1], b"x"), "begins with 00 01 08 01"),
        (packed([0, 0, 8, 0]), "begins with 00 00 08 00"),
        (packed([0, 0, 8, 9]), "begins with 00 00 08 09"),
        (packed([0, 0]), "begins with 00 00, expected"),
        (packed([]), "begins with nothing, expected"),
        (packed([0, 0, 8, 3, 0, 0, 0, 1, 0]), "ends inside its header"),
        (packed([0, 0, 8, 1, 0, 0, 0, 4], b"abc"), "promises 4 values and holds 3; get it again"),
        (packed([0, 0, 8, 1, 0, 0, 0, 2], b"abc"), "promises 2 values and holds more"),
        (packed([0, 0, 8, 1, 0, 0, 0, 3], b"abc")[:-4], "is not a whole gzip file"),
        (packed([0, 0, 8, 1, 0, 0, 0, 3], b"abc")[:12], "is not a whole gzip file"),
        (b"<html>Not found</html>", "is not a whole gzip file"),
        (b"", "begins with nothing"),
    ],
)
def test_what_is_no_idx_file_is_refused(tmp_path, content, line):
    with pytest.raises(ValueError, match=f"read_idx: .*file.gz {line}"):
        read(tmp_path, content)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"read_idx: .*absent.gz is not there"):
        read_idx(tmp_path / "absent.gz")


def test_a_promise_is_checked_before_memory_is_taken(tmp_path):
    head = [0, 0, 8, 3, *np.array([60_000, 5_000, 5_000], ">u4").tobytes()]
    tracemalloc.start()
    with pytest.raises(
        ValueError, match=r"promises 60000 x 5000 x 5000 values, expected no more than the [\d,]+ th"
    ):
        read(tmp_path, packed(head, b"abc"))
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()


@given(st.integers(0, 200), st.integers(1, 255))
def test_no_change_of_a_byte_gives_other_values(tmp_path_factory, place, change):
    values = np.arange(60, dtype=np.uint8).reshape(3, 4, 5)
    whole = packed([0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 5], values.tobytes())
    damaged = bytearray(whole)
    damaged[place % len(whole)] ^= change
    try:
        found = read(tmp_path_factory.mktemp("idx"), bytes(damaged))
    except ValueError:
        return
    assert np.array_equal(found, values)  # gzip's own header holds a time and a name that mean nothing

"""A small data set in the form of MNIST's four files, known by its own sizes and sums."""

import gzip
from hashlib import sha256

import numpy as np
import pytest

from cnnbook.data import published
from cnnbook.data.published import Original, Source


def idx(values, type_code=8):
    """Pack bytes as the MNIST files do."""
    head = bytes([0, 0, type_code, values.ndim])
    head += b"".join(length.to_bytes(4, "big") for length in values.shape)
    return gzip.compress(head + values.tobytes(), mtime=0)


@pytest.fixture
def small_mnist(tmp_path, monkeypatch):
    """The folder of three training images and two test images of 2 x 2 pixels."""
    contents = [
        np.arange(12, dtype=np.uint8).reshape(3, 2, 2),
        np.array([7, 0, 9], np.uint8),
        np.full((2, 2, 2), 255, np.uint8),
        np.array([1, 2], np.uint8),
    ]
    folder = tmp_path / "mnist"
    folder.mkdir()
    files = {}
    for name, values in zip(published.SOURCES["mnist"].files, contents, strict=True):
        packed = idx(values)
        (folder / name).write_bytes(packed)
        files[name] = Original(len(packed), sha256(packed).hexdigest(), values.shape)
    source = Source(("https://one.invalid/", "https://two.invalid/"), files, tuple("0123456789"))
    monkeypatch.setitem(published.SOURCES, "mnist", source)
    return folder

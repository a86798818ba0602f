import os
from pathlib import Path

import numpy as np
import pytest

from cnnbook.data import fetching, mnist, published

# How many of each digit the 60,000 hold, as published with the data.
MNIST_COUNTS = [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]
IMAGES = "train-images-idx3-ubyte.gz"


def test_mnist_files_are_read(small_mnist):
    training, test = mnist(small_mnist)
    assert training.images.dtype == np.float32
    assert np.array_equal(training.images[1, 0] * 255, np.array([[4, 5], [6, 7]], np.float32))
    assert training.labels.tolist() == [7, 0, 9]
    assert training.labels.dtype == np.int64
    assert test.images.shape == (2, 1, 2, 2)
    assert test.images.min() == test.images.max() == 1
    assert test.labels.tolist() == [1, 2]


def test_mnist_is_found_by_the_variable(small_mnist, monkeypatch):
    monkeypatch.setenv("CNNBOOK_DATA", str(small_mnist.parent))
    assert mnist()[1].labels.tolist() == [1, 2]


@pytest.mark.parametrize("variable", [None, "/no/such/folder"])
def test_mnist_is_fetched_where_there_is_no_folder(small_mnist, monkeypatch, variable):
    if variable is None:
        monkeypatch.delenv("CNNBOOK_DATA", raising=False)
    else:
        monkeypatch.setenv("CNNBOOK_DATA", variable)
    asked = []

    def fetch(addresses, sha256, path):
        asked.append((addresses, path))
        return small_mnist / path.name

    monkeypatch.setattr(fetching, "fetch", fetch)
    assert mnist()[1].labels.tolist() == [1, 2]
    assert asked[0] == (
        [f"https://one.invalid/{IMAGES}", f"https://two.invalid/{IMAGES}"],
        Path("mnist", IMAGES),
    )
    assert len(asked) == 4


def test_a_missing_file_is_named(small_mnist):
    (small_mnist / "t10k-labels-idx1-ubyte.gz").unlink()
    with pytest.raises(FileNotFoundError, match=r"mnist: .*t10k-labels-idx1-ubyte.gz is not there, expected"):
        mnist(small_mnist)


def test_a_truncated_file_is_refused(small_mnist):
    packed = (small_mnist / IMAGES).read_bytes()
    (small_mnist / IMAGES).write_bytes(packed[:-9])
    line = rf"mnist: .*{IMAGES} has {len(packed) - 9} bytes, expected {len(packed)}: it was cut short.*get it"
    with pytest.raises(ValueError, match=line):
        mnist(small_mnist)


def test_a_changed_file_is_refused(small_mnist):
    packed = bytearray((small_mnist / IMAGES).read_bytes())
    packed[-12] ^= 1
    (small_mnist / IMAGES).write_bytes(packed)
    with pytest.raises(
        ValueError, match=rf"mnist: .*{IMAGES} has the SHA-256 sum \w+, expected \w+: it was dam"
    ):
        mnist(small_mnist)


def test_another_shape_is_refused(small_mnist, monkeypatch):
    files = published.SOURCES["mnist"].files
    monkeypatch.setitem(files, IMAGES, files[IMAGES]._replace(shape=(4, 2, 2)))
    with pytest.raises(
        ValueError, match=rf"mnist: .*{IMAGES} holds an array \(3, 2, 2\), expected \(4, 2, 2\)"
    ):
        mnist(small_mnist)


def test_sums_and_names_are_complete():
    for source in published.SOURCES.values():
        assert len(source.classes) == 10
        assert len({original.sha256 for original in source.files.values()}) == 4
        for name, original in source.files.items():
            assert len(bytes.fromhex(original.sha256)) == 32
            assert f"idx{len(original.shape)}" in name
        assert all(mirror.endswith("/") for mirror in source.mirrors)


@pytest.mark.skipif(
    not Path(os.environ.get("CNNBOOK_DATA", ""), "mnist").is_dir(),
    reason="MNIST is not here: set CNNBOOK_DATA to the folder that holds mnist/",
)
def test_the_real_mnist():
    training, test = mnist()
    assert training.images.shape == (60_000, 1, 28, 28)
    assert test.images.shape == (10_000, 1, 28, 28)
    assert training.labels[:5].tolist() == [5, 0, 4, 1, 9]
    assert test.labels[:5].tolist() == [7, 2, 1, 0, 4]
    assert np.bincount(training.labels).tolist() == MNIST_COUNTS
    # The two numbers by which tutorials normalise.
    assert training.images.mean() == pytest.approx(0.1307, abs=5e-5)
    assert training.images.std() == pytest.approx(0.3081, abs=5e-5)

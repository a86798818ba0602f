import gzip
import os
from hashlib import md5
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.datasets import load_digits, load_sample_image

from cnnbook import data
from cnnbook.data import Labelled, digits, divide, enlarge, mnist, photograph

# How many of each digit the 60,000 hold, as published with the data.
MNIST_COUNTS = [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]


def idx(values):
    """Pack bytes as the MNIST files do."""
    head = bytes([0, 0, 8, values.ndim]) + b"".join(length.to_bytes(4, "big") for length in values.shape)
    return gzip.compress(head + values.tobytes(), mtime=0)


@pytest.fixture
def small_mnist(tmp_path, monkeypatch):
    """Three training images and two test images of 2 x 2 pixels, known by their own sums."""
    contents = [
        np.arange(12, dtype=np.uint8).reshape(3, 2, 2),
        np.array([7, 0, 9], np.uint8),
        np.full((2, 2, 2), 255, np.uint8),
        np.array([1, 2], np.uint8),
    ]
    folder = tmp_path / "mnist"
    folder.mkdir()
    sums = {}
    for name, values in zip(data._MNIST, contents, strict=True):
        (folder / name).write_bytes(idx(values))
        sums[name] = md5(idx(values)).hexdigest()
    monkeypatch.setattr(data, "_MNIST", sums)
    return folder


def test_a_grey_photograph_by_hand():
    red, green, blue = load_sample_image("flower.jpg")[200, 300].astype(float)
    assert photograph("flower")[200, 300] == pytest.approx((0.299 * red + 0.587 * green + 0.114 * blue) / 255)


@pytest.mark.parametrize("name", data.PHOTOGRAPHS)
def test_photographs_lie_between_black_and_white(name):
    image = photograph(name)
    assert image.shape == (427, 640)
    assert image.dtype == np.float64
    assert 0 <= image.min() < 0.05
    assert 0.85 < image.max() <= 1


def test_photographs_agree_with_pillow():
    from PIL import Image

    grey = np.asarray(Image.fromarray(load_sample_image("china.jpg")).convert("L"), float)
    assert np.abs(photograph("china") * 255 - grey).max() <= 1  # Pillow rounds to whole steps


def test_an_unknown_photograph_is_refused():
    with pytest.raises(ValueError, match=r"photograph: name is 'cat', expected one of 'china', 'flower'"):
        photograph("cat")


def test_digits_are_all_there_once():
    training, held_out = digits()
    rows = np.concatenate([training.images, held_out.images]).reshape(-1, 64) * 16
    labels = np.concatenate([training.labels, held_out.labels])
    ours = np.column_stack([rows, labels])
    theirs = np.column_stack(load_digits(return_X_y=True))
    assert np.array_equal(ours[np.lexsort(ours.T)], theirs[np.lexsort(theirs.T)])


def test_digits_are_float32_amounts_with_integer_labels():
    for part in digits():
        assert part.images.dtype == np.float32
        assert part.labels.dtype == np.int64
        assert part.images.min() == 0
        assert part.images.max() == 1


def test_no_held_out_image_is_in_the_training_part():
    training, held_out = digits()
    seen = {image.tobytes() for image in training.images}
    assert not any(image.tobytes() in seen for image in held_out.images)


def test_the_split_is_always_the_same():
    for first, second in zip(digits(), digits(), strict=True):
        assert np.array_equal(first.images, second.images)
        assert np.array_equal(first.labels, second.labels)


def test_a_division_keeps_the_mixture():
    larger, smaller = divide(Labelled(np.zeros((60, 1, 2, 2)), np.repeat([3, 5], [40, 20])), 0.25)
    assert np.bincount(larger.labels).tolist() == [0, 0, 0, 30, 0, 15]
    assert np.bincount(smaller.labels).tolist() == [0, 0, 0, 10, 0, 5]


@given(st.integers(1, 3), st.integers(1, 4), st.integers(1, 4), st.integers(1, 4))
def test_enlarging_is_a_kronecker_product(count, rows, columns, factor):
    images = np.arange(count * rows * columns).reshape(count, rows, columns)
    large = enlarge(images, factor)
    assert np.array_equal(large, np.kron(images, np.ones((1, factor, factor), int)))


def test_enlarged_digits_give_their_counts_back():
    images, large = digits()[1].images, digits(4)[1].images
    assert large.shape == (360, 1, 32, 32)
    assert np.array_equal(large.reshape(360, 1, 8, 4, 8, 4).mean((3, 5)), images)


def test_mnist_files_are_read(small_mnist):
    training, test = mnist(small_mnist)
    assert training.images.dtype == np.float32
    assert np.array_equal(training.images[1, 0] * 255, np.array([[4, 5], [6, 7]], np.float32))
    assert training.labels.tolist() == [7, 0, 9]
    assert test.images.shape == (2, 1, 2, 2)
    assert test.images.min() == test.images.max() == 1
    assert test.labels.tolist() == [1, 2]


def test_mnist_is_found_by_the_variable(small_mnist, monkeypatch):
    monkeypatch.setenv("CNNBOOK_DATA", str(small_mnist.parent))
    assert mnist()[1].labels.tolist() == [1, 2]


def test_mnist_without_a_folder_is_refused(monkeypatch):
    monkeypatch.delenv("CNNBOOK_DATA", raising=False)
    with pytest.raises(ValueError, match=r"mnist: folder is not given, expected .* CNNBOOK_DATA"):
        mnist()


def test_a_missing_file_is_named(small_mnist):
    (small_mnist / "t10k-labels-idx1-ubyte.gz").unlink()
    with pytest.raises(FileNotFoundError, match=r"mnist: .*t10k-labels-idx1-ubyte.gz is not there, expected"):
        mnist(small_mnist)


@pytest.mark.parametrize("change", [lambda packed: packed[:-9], lambda packed: idx(np.zeros(4, np.uint8))])
def test_a_truncated_or_wrong_file_is_refused(small_mnist, change):
    path = small_mnist / "train-images-idx3-ubyte.gz"
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(ValueError, match=r"mnist: .*train-images.* MD5 sum \w+, expected \w+: it was cut"):
        mnist(small_mnist)


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

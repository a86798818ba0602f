import numpy as np
import pytest

from cnnbook import data
from cnnbook.data import class_names, digits, load


def test_digits_in_three_parts():
    training, validation, test = load()
    assert [len(part.labels) for part in (training, validation, test)] == [1149, 288, 360]
    for part in (training, validation, test):
        assert part.images.shape[1:] == (1, 32, 32)
        assert part.images.dtype == np.float32
        assert part.labels.dtype == np.int64
        assert part.images.min() == 0
        assert part.images.max() == 1
    assert np.array_equal(test.images, digits(4)[1].images)


def test_parts_share_no_image():
    seen = [{image.tobytes() for image in part.images} for part in load()]
    assert not seen[0] & seen[1]
    assert not seen[0] & seen[2]
    assert not seen[1] & seen[2]


def test_everything_for_learning():
    training, validation, _ = load(validation=0)
    assert len(training.labels) == 1437
    assert validation.images.shape == (0, 1, 32, 32)


def test_mnist_stands_in_the_middle_of_32_pixels(small_mnist):
    training, validation, test = load("mnist", folder=small_mnist, validation=0)
    assert training.images.shape == (3, 1, 32, 32)
    assert test.images[..., 15:17, 15:17].min() == 1
    assert test.images.sum() == 8
    assert len(validation.labels) == 0


def test_mnist_as_it_was_published(small_mnist):
    training, _, _ = load("mnist", folder=small_mnist, side=2, validation=0)
    assert np.array_equal(training.images[1, 0] * 255, np.array([[4, 5], [6, 7]], np.float32))


def test_a_side_that_is_too_small_is_refused():
    with pytest.raises(ValueError, match=r"pad: side is 28, expected at least the images' 32"):
        load("digits", side=28)


def test_an_unknown_name_is_refused():
    with pytest.raises(
        ValueError, match=r"load: name is 'cifar', expected one of 'digits', 'mnist', 'fashion-mnist'"
    ):
        load("cifar")


def test_names_of_classes():
    assert class_names("mnist") == class_names("digits") == tuple("0123456789")
    assert class_names("fashion-mnist")[:2] == ("T-shirt", "trousers")
    assert all(len(class_names(name)) == 10 for name in data.NAMES)

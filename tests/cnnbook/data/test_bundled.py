import numpy as np
import pytest
from sklearn.datasets import load_digits, load_sample_image

from cnnbook.data import PHOTOGRAPHS, digits, photograph


def test_a_grey_photograph_by_hand():
    red, green, blue = load_sample_image("flower.jpg")[200, 300].astype(float)
    assert photograph("flower")[200, 300] == pytest.approx((0.299 * red + 0.587 * green + 0.114 * blue) / 255)


@pytest.mark.parametrize("name", PHOTOGRAPHS)
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


def test_enlarged_digits_give_their_counts_back():
    images, large = digits()[1].images, digits(4)[1].images
    assert large.shape == (360, 1, 32, 32)
    assert np.array_equal(large.reshape(360, 1, 8, 4, 8, 4).mean((3, 5)), images)

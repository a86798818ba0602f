import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnbook.data import Labelled, divide, enlarge, pad


def test_a_division_keeps_the_mixture():
    larger, smaller = divide(Labelled(np.zeros((60, 1, 2, 2)), np.repeat([3, 5], [40, 20])), 0.25)
    assert np.bincount(larger.labels).tolist() == [0, 0, 0, 30, 0, 15]
    assert np.bincount(smaller.labels).tolist() == [0, 0, 0, 10, 0, 5]


@given(st.integers(1, 3), st.integers(1, 4), st.integers(1, 4), st.integers(1, 4))
def test_enlarging_is_a_kronecker_product(count, rows, columns, factor):
    images = np.arange(count * rows * columns).reshape(count, rows, columns)
    large = enlarge(images, factor)
    assert np.array_equal(large, np.kron(images, np.ones((1, factor, factor), int)))


def test_nothing_kept_apart():
    data = Labelled(np.zeros((6, 1, 2, 2)), np.arange(6))
    larger, smaller = divide(data, 0)
    assert larger is data
    assert smaller.images.shape == (0, 1, 2, 2)
    assert smaller.labels.shape == (0,)


@pytest.mark.parametrize("share", [-0.1, 1, 2, float("nan")])
def test_a_share_that_is_none_is_refused(share):
    with pytest.raises(ValueError, match=f"divide: share is {share}, expected at least 0 and less than 1"):
        divide(Labelled(np.zeros((6, 1, 2, 2)), np.arange(6)), share)


@given(st.integers(1, 5), st.integers(0, 5))
def test_padding_keeps_the_image_in_the_middle(side, extra):
    image = np.arange(1, side**2 + 1).reshape(1, side, side)
    large = pad(image, side + extra)
    first = extra // 2
    assert large.shape == (1, side + extra, side + extra)
    assert np.array_equal(large[:, first : first + side, first : first + side], image)
    assert large.sum() == image.sum()


def test_images_larger_than_the_side_are_refused():
    with pytest.raises(ValueError, match=r"pad: side is 28, expected at least the images' 32"):
        pad(np.zeros((1, 32, 32)), 28)

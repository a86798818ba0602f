"""Section 2.6's experiments: that the committed numbers are theirs, and that pictures move as they should."""

import os

import numpy as np
import pytest
import torch

from cnnbook.data import photograph
from cnnbook.experiments import pooling
from cnnbook.results import results


def test_pictures_lie_side_by_side():
    images = pooling.pictures()
    np.testing.assert_array_equal(images[11], photograph("china")[64:128, 64:128])
    np.testing.assert_array_equal(images[60], photograph("flower")[:64, :64])


def test_zeros_come_in_where_a_picture_leaves():
    maps = np.arange(1.0, 9).reshape(2, 4)
    np.testing.assert_array_equal(pooling.move(maps, 2, "zeros"), [[0, 0, 1, 2], [0, 0, 5, 6]])
    np.testing.assert_array_equal(pooling.move(maps, 2, "ring"), [[3, 4, 1, 2], [7, 8, 5, 6]])
    np.testing.assert_array_equal(pooling.move(maps, 0, "zeros"), maps)


@pytest.mark.parametrize("kind", pooling.POOLINGS)
def test_every_pooling_halves(kind):
    assert pooling.POOLINGS[kind]()(torch.zeros(1, 3, 28, 28)).shape == (1, 3, 14, 14)


def test_the_first_of_each_is_a_stride_of_two():
    torch.manual_seed(0)
    layer, image = torch.nn.Conv2d(1, 4, 3, padding=1), torch.rand(1, 1, 8, 8)
    by_stride = torch.nn.functional.conv2d(image, layer.weight, layer.bias, stride=2, padding=1)
    torch.testing.assert_close(pooling.FirstOfEach()(layer(image)), by_stride)


@pytest.mark.skipif(
    not os.environ.get("CNNBOOK_DATA"), reason="needs MNIST's files where CNNBOOK_DATA points"
)
def test_the_committed_digits_come_from_this_code():
    found, committed = pooling.pooled_digits("first", 0), results("pooling")["first"][0]
    for what in ("right", "same"):
        np.testing.assert_allclose(found[what], committed[what], atol=0.02)

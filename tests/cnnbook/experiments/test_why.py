"""Chapter 3's experiments: what can be proved about them, and that the committed numbers are theirs."""

import os

import numpy as np
import pytest
import torch

from cnnbook.data import digits
from cnnbook.experiments import why
from cnnbook.results import results


def test_the_committed_numbers_come_from_this_code():
    assert why.small_patterns(3, True, 0) == pytest.approx(
        results("why")["windows_forgotten"]["3"][0], abs=0.03
    )


def test_the_committed_moves_and_frames_come_from_this_code():
    np.testing.assert_allclose(why.moved("dense", 0), results("why")["moved"]["dense"][0], atol=0.05)
    frame = results("why")["which_half"]["black frame"][0]
    assert why.which_half("black frame", 0) == pytest.approx(frame, abs=0.03)
    assert why.first_look(False, 0) == results("why")["stripes"]["shrink first"][0]


@pytest.mark.skipif(
    not os.environ.get("CNNBOOK_DATA"), reason="needs MNIST's files where CNNBOOK_DATA points"
)
def test_the_committed_small_digits_come_from_this_code():
    committed = results("why")["smaller"]["first"]["7"][0]
    assert why.smaller_digits(7, "first", 0) == pytest.approx(committed, abs=0.02)


@pytest.mark.parametrize("kernel", [1, 4, 5])
def test_windows_up_to_four_cannot_see_both_dots(kernel):
    images, labels = (np.concatenate(parts) for parts in zip(*why.two_dots(), strict=True))
    torch.manual_seed(0)
    with torch.inference_mode():
        scores = why.window_network(kernel, forget=True, ring=True)(torch.from_numpy(images)).numpy()
    same = np.allclose(scores[labels == 0][0], scores[labels == 1][0], atol=1e-5)
    assert same == (kernel <= 4)


def test_digits_go_to_their_column():
    part = digits()[1]
    left, right = why.at_column(part, 0), why.at_column(part, 8)
    np.testing.assert_array_equal(left.images[..., :8], part.images)
    np.testing.assert_array_equal(right.images[..., 8:], part.images)
    assert not left.images[..., 8:].any()
    assert left.images.shape[1:] == (1, 8, 16)


def test_on_a_ring_the_largest_values_do_not_depend_on_the_place():
    part = digits()[1]
    model = why.wide_network("forget")
    with torch.inference_mode():
        left, right = (model(torch.from_numpy(why.at_column(part, column).images)) for column in (0, 8))
    torch.testing.assert_close(left, right)


def test_fine_stripes_vanish_in_the_mean_of_a_block():
    images, labels = why.stripes()[0]
    np.testing.assert_allclose(why.subsample(images, 2, "mean"), 0.5, atol=1e-6)
    assert why.subsample(images, 2, "first").std(axis=(2, 3)).max() < 1e-6
    assert set(labels) == {0, 1}


@pytest.mark.parametrize("how", ["mean", "first"])
def test_subsampling_divides_rows_and_columns(how):
    assert why.subsample(digits()[1].images, 4, how).shape == (360, 1, 2, 2)

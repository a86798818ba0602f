import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnbook import functional


def test_values_done_by_hand():
    output = functional.max_unpool2d([[[5.0, 7.0]]], [[[5, 2]]], kernel_size=2)
    np.testing.assert_array_equal(output, [[[0, 0, 7, 0], [0, 5, 0, 0]]])


def test_of_two_values_for_one_place_the_last_stays_and_both_get_its_gradient():
    values, indices = [[1.0, 2.0]], [[3, 3]]
    np.testing.assert_array_equal(functional.max_unpool1d(values, indices, 2), [[0, 0, 0, 2]])
    gradient = functional.max_unpool1d_backward([[0.0, 0.0, 0.0, 9.0]], values, indices, 2)
    np.testing.assert_array_equal(gradient, [[9, 9]])


def test_refusals():
    x, places = np.zeros((1, 3, 3)), np.arange(9).reshape(1, 3, 3)
    for arguments, message in [
        ((places.astype(np.int32), 2), "indices must be int64, got int32"),
        ((places[:, :2], 2), r"indices must have shape \(1, 3, 3\), got \(1, 2, 3\)"),
        ((places + 40, 2), "indices must be from 0 to 35, got 40 to 48"),
        ((places - 1, 2), "indices must be from 0 to 35, got -1 to 7"),
        ((places, 2, None, 0, (8, 7)), r"output_size must be within one stride of \(6, 6\), got \(8, 7\)"),
        ((places, 2, None, 0, 7), "output_size must be a sequence of 2 or 4 integers, got 7"),
        ((places, 1, 1, 3), r"the output would have the negative size \(-3, -3\)"),
        ((places, 2, 0), "stride must be at least 1, got 0"),
    ]:
        with pytest.raises((ValueError, TypeError), match=f"^max_unpool2d: {message}"):
            functional.max_unpool2d(x, *arguments)
    with pytest.raises(TypeError, match="max_unpool2d: input must hold floating-point numbers"):
        functional.max_unpool2d(x.astype(int), places, 2)
    with pytest.raises(ValueError, match="max_unpool2d: input may be empty only along the batch axis"):
        functional.max_unpool2d(x[:, :0], places[:, :0], 2)
    with pytest.raises(ValueError, match=r"max_unpool2d: output of shape .* would need .* GiB"):
        functional.max_unpool2d(x, places, 2**30)


@given(
    st.integers(1, 3),
    st.sampled_from([(2,), (2, 2), (0, 2)]),
    st.integers(1, 3),
    st.integers(0, 1),
    st.sampled_from([np.float32, np.float64]),
    st.integers(0, 2**32),
)
def test_what_was_pooled_comes_back_as_in_pytorch(
    against_torch, numbers, n, leading, stride, padding, dtype, seed
):
    kernel, length = 2, 5
    image = numbers(seed, (*leading, *(length,) * n), dtype)
    pool = getattr(functional, f"max_pool{n}d")
    pooled, indices = pool(image, max(kernel, stride), max(kernel, stride), padding, return_indices=True)
    against_torch(
        f"max_unpool{n}d", pooled, indices, max(kernel, stride), None, padding, output_size=image.shape[-n:]
    )

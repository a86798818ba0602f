import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnbook import functional

DTYPES = st.sampled_from([np.float16, np.float32, np.float64])


def test_windows_done_by_hand():
    row = np.arange(7.0)[np.newaxis]  # windows 0-2, 2-4 and 4-6
    np.testing.assert_array_equal(functional.adaptive_avg_pool1d(row, 3), [[1, 3, 5]])
    values, indices = functional.adaptive_max_pool1d(row, 3, return_indices=True)
    np.testing.assert_array_equal(values, [[2, 4, 6]])
    np.testing.assert_array_equal(indices, [[2, 4, 6]])


def test_a_size_that_divides_is_ordinary_pooling():
    image = np.random.default_rng(0).standard_normal((2, 3, 6, 8))
    np.testing.assert_allclose(
        functional.adaptive_avg_pool2d(image, (3, 2)), functional.avg_pool2d(image, (2, 4))
    )
    largest = functional.adaptive_max_pool2d(image, (3, 2))
    np.testing.assert_array_equal(largest, functional.max_pool2d(image, (2, 4)))


def test_refusals():
    image = np.zeros((1, 4, 4))
    for size in [(2,), (), None, (1, 2, 3)]:
        with pytest.raises(
            ValueError, match="adaptive_avg_pool2d: output_size must be an integer or 2 of them"
        ):
            functional.adaptive_avg_pool2d(image, size)
    with pytest.raises(ValueError, match="adaptive_max_pool2d: output_size must be at least 0, got -1"):
        functional.adaptive_max_pool2d(image, -1)
    with pytest.raises(TypeError, match=r"adaptive_max_pool2d: output_size must be an integer, got 2.5"):
        functional.adaptive_max_pool2d(image, 2.5)
    with pytest.raises(ValueError, match="adaptive_avg_pool1d: output_size must be an integer or 1 of them"):
        functional.adaptive_avg_pool1d(image, (None,))
    with pytest.raises(ValueError, match="adaptive_max_pool2d: input may be empty only along the batch"):
        functional.adaptive_max_pool2d(np.zeros((1, 0, 4, 4)), 2)
    with pytest.raises(TypeError, match="adaptive_avg_pool2d: input must hold floating-point numbers"):
        functional.adaptive_avg_pool2d(image.astype(int), 2)
    with pytest.raises(ValueError, match=r"adaptive_avg_pool2d: output of shape .* would need .* GiB"):
        functional.adaptive_avg_pool2d(image, 2**30)


def test_an_output_without_positions():
    assert functional.adaptive_avg_pool2d(np.zeros((1, 4, 4)), (0, 2)).shape == (1, 0, 2)
    assert not functional.adaptive_max_pool1d_backward(np.zeros((1, 0)), np.ones((1, 3)), 0).any()


@st.composite
def poolings(draw):
    n = draw(st.integers(1, 3))
    shape = (*draw(st.sampled_from([(2,), (1, 2), (0, 2)])), *draw(st.tuples(*[st.integers(1, 7)] * n)))
    size = st.integers(1, 9) if n == 1 else st.none() | st.integers(1, 9)
    return n, shape, draw(st.tuples(*[size] * n))


@given(st.sampled_from(["avg", "max"]), poolings(), DTYPES, st.integers(0, 2**32))
def test_agrees_with_pytorch(against_torch, numbers, kind, pooling, dtype, seed):
    n, shape, size = pooling
    options = {"return_indices": True} if kind == "max" else {}
    against_torch(f"adaptive_{kind}_pool{n}d", numbers(seed, shape, dtype), size, **options)


@given(st.sampled_from(["avg", "max"]), poolings(), st.integers(0, 2**32))
def test_numbers_that_are_not_finite_pass_as_in_pytorch(against_torch, numbers, kind, pooling, seed):
    n, shape, size = pooling
    options = {"return_indices": True} if kind == "max" else {}
    against_torch(
        f"adaptive_{kind}_pool{n}d", numbers(seed, shape, special=True), size, gradients="", **options
    )


def test_saved_indices_give_the_same_gradient():
    image = np.random.default_rng(0).standard_normal((2, 3, 8, 9))
    output, indices = functional.adaptive_max_pool2d(image, 5, return_indices=True)
    again = functional.adaptive_max_pool2d_backward(output, image, 5)
    np.testing.assert_array_equal(
        functional.adaptive_max_pool2d_backward(output, image, 5, indices=indices), again
    )

import numpy as np
import pytest
import scipy.special
from hypothesis import given
from hypothesis import strategies as st

from cnnbook import functional


def test_softmax_of_logarithms_is_their_share():
    np.testing.assert_allclose(functional.softmax(np.log([1.0, 2.0, 5.0]), dim=0), [0.125, 0.25, 0.625])


def test_large_scores_do_not_overflow():
    np.testing.assert_array_equal(functional.softmax([1e4, -1e4], dim=0), [1, 0])
    np.testing.assert_array_equal(functional.log_softmax([1e4, -1e4], dim=0), [0, -2e4])


def test_agrees_with_scipy():
    scores = np.random.default_rng(0).standard_normal((3, 4, 5))
    for dim in range(3):
        np.testing.assert_allclose(functional.softmax(scores, dim), scipy.special.softmax(scores, dim))
        np.testing.assert_allclose(
            functional.log_softmax(scores, dim), scipy.special.log_softmax(scores, dim)
        )


def test_refusals():
    with pytest.raises(TypeError, match="softmax: input must hold floating-point numbers, got dtype int64"):
        functional.softmax([1, 2], 0)
    with pytest.raises(ValueError, match="log_softmax: dim must be from -2 to 1, got 2"):
        functional.log_softmax(np.zeros((2, 2)), 2)
    with pytest.raises(TypeError, match="softmax: dim must be an integer, got None"):
        functional.softmax(np.zeros(2), None)
    with pytest.raises(TypeError, match="softmax: dtype must be floating-point, got int64"):
        functional.softmax(np.zeros(2), 0, dtype=np.int64)


def test_dtype_converts_first_and_the_gradient_comes_back_in_the_input_s_dtype():
    assert functional.softmax(np.array([1, 2]), 0, dtype=np.float32).dtype == np.float32
    x = np.array([1.0, 2.0], np.float32)
    gradient = functional.softmax_backward(np.ones(2), x, 0, dtype=np.float64)
    assert gradient.dtype == np.float32


@given(
    st.sampled_from(["softmax", "log_softmax"]),
    st.lists(st.integers(0, 4), max_size=4),
    st.data(),
    st.sampled_from([np.float16, np.float32, np.float64]),
    st.integers(0, 2**32),
)
def test_agrees_with_pytorch_along_every_axis(against_torch, numbers, name, shape, data, dtype, seed):
    axes = max(len(shape), 1)
    dim = data.draw(st.integers(-axes, axes - 1))
    against_torch(name, numbers(seed, shape, dtype), dim)


@given(st.sampled_from(["softmax", "log_softmax"]), st.integers(0, 2**32))
def test_numbers_that_are_not_finite_pass_as_in_pytorch(against_torch, numbers, name, seed):
    against_torch(name, numbers(seed, (4, 3), special=True), 1, gradients="")

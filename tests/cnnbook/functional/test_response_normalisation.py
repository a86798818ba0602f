import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnbook import functional


def test_values_done_by_hand():
    """A window of two channels: this one and the one before; energies 1/2, (1 + 4)/2 and (4 + 9)/2."""
    x = np.array([1.0, 2.0, 3.0]).reshape(1, 3, 1)
    normal = functional.local_response_norm(x, size=2, alpha=1.0, beta=1.0, k=0.0)
    np.testing.assert_allclose(normal.ravel(), [2, 0.8, 6 / 13])


def test_the_parameters_of_alexnet():
    """Section 3.3 of the paper has k = 2, n = 5, alpha = 1e-4 and beta = 0.75, alpha not divided by n."""
    x = np.random.default_rng(0).standard_normal((1, 96, 2, 2)) * 50
    a = x[0, :, 0, 0]
    by_hand = [a[i] / (2 + 1e-4 * (a[max(0, i - 2) : i + 3] ** 2).sum()) ** 0.75 for i in range(96)]
    ours = functional.local_response_norm(x, size=5, alpha=5e-4, beta=0.75, k=2.0)
    np.testing.assert_allclose(ours[0, :, 0, 0], by_hand)


def test_refusals():
    x = np.zeros((1, 3, 2))
    with pytest.raises(ValueError, match=r"local_response_norm: input must have at least 3 dimensions"):
        functional.local_response_norm(x[0], 2)
    with pytest.raises(ValueError, match="local_response_norm: size must be at least 1, got 0"):
        functional.local_response_norm(x, 0)
    with pytest.raises(TypeError, match="local_response_norm: alpha must be a number, got None"):
        functional.local_response_norm(x, 2, None)
    with pytest.raises(TypeError, match="local_response_norm: input must hold floating-point numbers"):
        functional.local_response_norm(x.astype(int), 2)


@given(
    st.lists(st.integers(1, 4), min_size=3, max_size=5),
    st.integers(1, 8),
    st.floats(0, 3),
    st.floats(0.25, 2),
    st.floats(0.5, 2),
    st.sampled_from([np.float32, np.float64]),
    st.integers(0, 2**32),
)
def test_agrees_with_pytorch(against_torch, numbers, shape, size, alpha, beta, k, dtype, seed):
    against_torch("local_response_norm", numbers(seed, shape, dtype), size, alpha, beta, k)


def test_an_empty_batch_and_numbers_that_are_not_finite(against_torch, numbers):
    against_torch("local_response_norm", np.zeros((0, 3, 2)), 2)
    against_torch("local_response_norm", numbers(0, (2, 5, 3), special=True), 3, gradients="")

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnbook import functional

NAMES = ("relu", "leaky_relu", "sigmoid", "tanh", "gelu")
SPECIAL = np.array([np.nan, np.inf, -np.inf, 0.0, -0.0, 1e30, -1e30, 88.0, -750.0])


def test_values_done_by_hand():
    x = np.array([-2.0, 0.0, 3.0])
    np.testing.assert_array_equal(functional.relu(x), [0, 0, 3])
    np.testing.assert_array_equal(functional.leaky_relu(x, 0.5), [-1, 0, 3])
    assert functional.sigmoid(np.log(3.0)) == pytest.approx(0.75)
    assert functional.tanh(np.log(3.0)) == pytest.approx(0.8)  # (3 - 1/3) / (3 + 1/3)
    assert functional.gelu(np.array([1.0]))[0] == pytest.approx(0.8413447, abs=1e-7)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_numbers_that_are_not_finite_pass_as_in_pytorch(name, dtype, against_torch):
    values = SPECIAL
    if name == "gelu":
        values = values[np.isfinite(values)]  # PyTorch's own precisions disagree there; see the docstring
    if dtype == np.float16:
        values = np.clip(values, -6e4, 6e4)
    against_torch(name, values.astype(dtype))


def test_gelu_at_infinity():
    np.testing.assert_array_equal(functional.gelu(np.array([np.inf, -np.inf])), [np.inf, np.nan])


@pytest.mark.parametrize("dtype", [np.uint8, np.int8, np.int16, np.int32, np.int64])
def test_integers_as_in_pytorch(dtype, against_torch):
    x = np.array([0, 1, 2, 100], dtype)
    against_torch("relu", x, gradients="")
    against_torch("sigmoid", x, gradients="")
    against_torch("tanh", x, gradients="")
    for name in ("leaky_relu", "gelu"):
        with pytest.raises(TypeError, match=f"{name}: input must hold floating-point numbers, got dtype"):
            getattr(functional, name)(x)


def test_booleans_as_in_pytorch(against_torch):
    x = np.array([True, False])
    against_torch("sigmoid", x, gradients="")
    against_torch("tanh", x, gradients="")
    with pytest.raises(TypeError, match="relu: input must hold numbers, got dtype bool"):
        functional.relu(x)


def test_refusals():
    with pytest.raises(TypeError, match="relu: input must hold real numbers, got dtype complex128"):
        functional.relu([1j])
    with pytest.raises(ValueError, match="gelu: approximate must be 'none' or 'tanh', got 'fast'"):
        functional.gelu([1.0], approximate="fast")
    with pytest.raises(TypeError, match="leaky_relu: negative_slope must be a number, got '1'"):
        functional.leaky_relu([1.0], "1")
    with pytest.raises(ValueError, match=r"relu_backward: grad_output must have the output's shape \(2,\)"):
        functional.relu_backward([1.0], [1.0, 2.0])
    with pytest.raises(TypeError, match="tanh_backward: grad_output must have the output's dtype float64"):
        functional.tanh_backward(np.ones(1, np.float32), np.ones(1))


@given(
    st.sampled_from(NAMES),
    st.lists(st.integers(0, 4), max_size=4),
    st.sampled_from([np.float16, np.float32, np.float64]),
    st.integers(0, 2**32),
)
def test_every_activation_agrees_with_pytorch(against_torch, numbers, name, shape, dtype, seed):
    against_torch(name, numbers(seed, shape, dtype))


@given(st.floats(-3, 3), st.integers(0, 2**32))
def test_leaky_relu_with_any_slope(against_torch, numbers, slope, seed):
    against_torch("leaky_relu", numbers(seed, (3, 4)), slope)


@given(st.integers(0, 2**32))
def test_the_tanh_approximation_of_gelu(against_torch, numbers, seed):
    x = numbers(seed, (5, 3))
    against_torch("gelu", x, approximate="tanh")
    np.testing.assert_allclose(functional.gelu(x), functional.gelu(x, approximate="tanh"), atol=1e-3)

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnbook import functional


def test_values_done_by_hand():
    prediction, target = np.array([1.0, 2.0, 3.0]), np.array([1.0, 4.0, 0.0])
    assert functional.mse_loss(prediction, target) == pytest.approx(13 / 3)
    assert functional.mse_loss(prediction, target, reduction="sum") == 13
    np.testing.assert_array_equal(functional.mse_loss(prediction, target, reduction="none"), [0, 4, 9])
    assert functional.mse_loss(prediction, target, weight=np.array([1.0, 2.0, 1.0])) == pytest.approx(17 / 4)


def test_the_mean_of_nothing_is_nan():
    assert np.isnan(functional.mse_loss(np.zeros(0), np.zeros(0)))


def test_refusals():
    with pytest.raises(ValueError, match=r"mse_loss: all arrays must have one shape, got input \(2, 1\), "):
        functional.mse_loss(np.zeros((2, 1)), np.zeros(2))
    with pytest.raises(TypeError, match="mse_loss: target must hold floating-point numbers, got dtype int64"):
        functional.mse_loss(np.zeros(2), np.zeros(2, int))
    with pytest.raises(ValueError, match=r"mse_loss: reduction must be one of .*, got 'average'"):
        functional.mse_loss(np.zeros(2), np.zeros(2), reduction="average")
    with pytest.raises(ValueError, match=r"mse_loss_backward: grad_output must have the output's shape \(\)"):
        functional.mse_loss_backward(np.ones(2), np.zeros(2), np.zeros(2))


@given(
    st.lists(st.integers(0, 3), max_size=3),
    st.sampled_from(["mean", "sum", "none"]),
    st.sampled_from([np.float16, np.float32, np.float64]),
    st.booleans(),
    st.integers(0, 2**32),
)
def test_agrees_with_pytorch(against_torch, numbers, shape, reduction, dtype, weighted, seed):
    weight = np.asarray(np.abs(numbers(seed + 2, shape, dtype)) + dtype(1)) if weighted else None
    options = {"reduction": reduction, "weight": weight}
    arrays = numbers(seed, shape, dtype), numbers(seed + 1, shape, dtype)
    against_torch("mse_loss", *arrays, gradients="input target", **options)


def test_precisions_mix_as_in_pytorch(against_torch):
    against_torch("mse_loss", np.ones(3, np.float32), np.zeros(3), gradients="input target")

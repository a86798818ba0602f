import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from cnnbook import functional

DTYPES = st.sampled_from([np.float32, np.float64])


def test_values_done_by_hand():
    batch = np.array([[1.0, 10.0], [3.0, 30.0]])
    normal = functional.batch_norm(batch, None, None, training=True, eps=1e-12)
    np.testing.assert_allclose(normal, [[-1, -1], [1, 1]])
    shifted = functional.batch_norm(batch, [2.0, 20.0], [1.0, 100.0], [1.0, 2.0], [0.0, 5.0], eps=0.0)
    np.testing.assert_allclose(shifted, [[-1, 3], [1, 7]])


def test_running_statistics_follow_pytorch():
    rng = np.random.default_rng(0)
    batch, mean, var = rng.standard_normal((4, 3, 5)), rng.standard_normal(3), rng.random(3)
    theirs = torch.tensor(mean), torch.tensor(var)
    torch.nn.functional.batch_norm(torch.tensor(batch), *theirs, training=True, momentum=0.3)
    ours = functional.updated_running_statistics(batch, mean, var, momentum=0.3)
    for one, other in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(one, other.numpy(), rtol=1e-12)


def test_refusals():
    batch, ones = np.zeros((4, 3)), np.ones(3)
    for arguments, message in [
        ((batch, None, None), "running_mean and running_var must be given unless training"),
        (
            (batch, np.ones(2), ones),
            r"running_mean must have one value for each of 3 channels, got shape \(2,\)",
        ),
        ((batch, ones, ones, np.ones((3, 1))), "weight must have one value for each of 3 channels"),
        ((batch, ones.astype(np.float32), ones), "all arrays must have one dtype"),
        (
            (batch[:1], None, None, None, None, True),
            r"training needs more than 1 value per channel, got shape",
        ),
        ((batch, None, None, None, None, True, 0.1, 0.0), r"eps must be positive .*, got 0.0"),
        ((batch, ones, ones, None, None, False, 0.1, -1.0), r"eps must be positive .*, got -1.0"),
        ((batch, ones, ones, None, None, False, None), "momentum must be a number, got None"),
        ((batch[0], ones, ones), r"input must have at least 2 dimensions \(N, C\), got shape \(3,\)"),
        ((batch.astype(int), ones, ones), "input must hold floating-point numbers"),
    ]:
        with pytest.raises((ValueError, TypeError), match=f"^batch_norm: {message}"):
            functional.batch_norm(*arguments)
    with pytest.raises(
        ValueError, match="updated_running_statistics: running_mean and running_var must both"
    ):
        functional.updated_running_statistics(batch, None, ones)


@given(
    st.lists(st.integers(1, 3), min_size=2, max_size=5),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    DTYPES,
    st.integers(0, 2**32),
)
def test_agrees_with_pytorch(against_torch, shape, training, weighted, biased, dtype, seed):
    rng = np.random.default_rng(seed)
    shape[0] += training  # at least two values a channel
    draw = lambda *size: rng.standard_normal(size).astype(dtype)  # noqa: E731
    channels = shape[1]
    weight, bias = (draw(channels) if weighted else None), (draw(channels) if biased else None)
    wanted = "input" + weighted * " weight" + biased * " bias"
    statistics = draw(channels), draw(channels) ** 2
    options = {"training": training, "momentum": 0.3, "eps": 0.5}
    against_torch("batch_norm", draw(*shape), *statistics, weight, bias, gradients=wanted, **options)


def test_an_empty_batch(against_torch):
    empty, ones = np.zeros((0, 3, 2)), np.ones(3)
    assert functional.batch_norm(empty, ones, ones, ones, ones).shape == (0, 3, 2)
    gradients = functional.batch_norm_backward(empty, empty, ones, ones, ones, training=True)
    assert gradients[0].shape == (0, 3, 2)
    np.testing.assert_array_equal(gradients[1], np.zeros(3))
    assert gradients[2] is None


def test_half_precision_and_numbers_that_are_not_finite(against_torch, numbers):
    against_torch("batch_norm", numbers(0, (4, 3, 2), np.float16), None, None, training=True)
    against_torch("batch_norm", numbers(0, (4, 3, 2), special=True), None, None, training=True, gradients="")
    negative = -np.ones(3)
    against_torch("batch_norm", numbers(0, (4, 3)), negative, negative, gradients="")

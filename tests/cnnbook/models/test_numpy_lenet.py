import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from cnnbook.models import LeNet, numpy_lenet


def untrained(seed):
    torch.manual_seed(seed)
    model = LeNet().eval()
    return model, {name: value.numpy() for name, value in model.state_dict().items()}


@settings(deadline=None, max_examples=10)
@given(st.integers(1, 5), st.integers(0, 2**31), st.sampled_from([1.0, 10.0]))
def test_every_step_is_torchs(count, seed, size):
    model, weights = untrained(seed)
    images = size * torch.rand(count, 1, 32, 32)
    with torch.inference_mode():
        expected = model.steps(images)
    made = numpy_lenet.steps(weights, images.numpy())
    assert list(made) == list(expected)
    for name, values in made.items():
        assert values.dtype == np.float32
        np.testing.assert_allclose(values, expected[name].numpy(), rtol=0, atol=1e-5 * size, err_msg=name)


def test_forward_is_the_last_but_one_step():
    _, weights = untrained(0)
    images = np.random.default_rng(0).random((2, 1, 32, 32), np.float32)
    np.testing.assert_array_equal(
        numpy_lenet.forward(weights, images), numpy_lenet.steps(weights, images)["output"]
    )


def test_a_missing_array_is_named():
    _, weights = untrained(0)
    del weights["f6.bias"]
    with pytest.raises(KeyError, match=r"f6\.bias"):
        numpy_lenet.forward(weights, np.zeros((1, 1, 32, 32), np.float32))

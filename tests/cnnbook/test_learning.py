import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from cnnbook.learning import learn_kernel


def test_one_step_by_hand():
    # error -2 on one output: the slope is 2 * (-2) * (1, 3), and 0.1 of it is subtracted
    kernels = learn_kernel([[[1, 3]]], [[[2]]], np.zeros((1, 2)), steps=1, rate=0.1)
    np.testing.assert_allclose(kernels, [[[0, 0]], [[0.4, 1.2]]])


def test_the_same_steps_as_torch():
    rng = np.random.default_rng(0)
    images, wanted, start = rng.random((3, 8, 9)), rng.random((3, 6, 8)), rng.random((3, 2))
    ours = learn_kernel(images, wanted, start, steps=20, rate=0.05)
    weight = torch.tensor(start)[None, None].requires_grad_()
    optimiser = torch.optim.SGD([weight], lr=0.05)
    for step in range(20):
        optimiser.zero_grad()
        output = torch.nn.functional.conv2d(torch.tensor(images)[:, None], weight)[:, 0]
        torch.nn.functional.mse_loss(output, torch.tensor(wanted)).backward()
        optimiser.step()
        np.testing.assert_allclose(ours[step + 1], weight.detach()[0, 0], atol=1e-12)


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 3), st.integers(1, 3), st.integers(0, 2**32 - 1))
def test_a_kernel_that_exists_is_found(rows, columns, seed):
    rng = np.random.default_rng(seed)
    truth, images = rng.standard_normal((rows, columns)), rng.standard_normal((2, 24, 24))
    wanted = torch.nn.functional.conv2d(torch.tensor(images)[:, None], torch.tensor(truth)[None, None])[:, 0]
    found = learn_kernel(images, wanted.numpy(), np.zeros((rows, columns)), steps=200, rate=0.2)[-1]
    np.testing.assert_allclose(found, truth, atol=1e-6)


def test_no_step_is_the_start():
    start = np.ones((2, 2))
    assert learn_kernel(np.ones((1, 3, 3)), np.ones((1, 2, 2)), start, steps=0, rate=1).tolist() == [
        start.tolist()
    ]


def test_refusals():
    image, wanted, start = np.ones((1, 4, 4)), np.ones((1, 2, 2)), np.zeros((3, 3))
    with pytest.raises(ValueError, match="learn_kernel: got steps -1 and rate 1"):
        learn_kernel(image, wanted, start, steps=-1, rate=1)
    with pytest.raises(ValueError, match="learn_kernel: got steps 1 and rate 0"):
        learn_kernel(image, wanted, start, steps=1, rate=0)
    with pytest.raises(ValueError, match=r"wanted has shape \(1, 3, 3\), expected \(1, 2, 2\)"):
        learn_kernel(image, np.ones((1, 3, 3)), start, steps=1, rate=1)
    with pytest.raises(ArithmeticError, match="rate 100 is too large"):
        learn_kernel(image, wanted, start, steps=200, rate=100)

import re

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812
from hypothesis import given, settings
from hypothesis import strategies as st

from cnnbook.models.lenet import LeNet

PARAMETERS = {"c1": 156, "c3": 2_416, "f5": 48_120, "f6": 10_164, "output": 850}

SHAPES = {
    "c1": (6, 28, 28),
    "relu1": (6, 28, 28),
    "s2": (6, 14, 14),
    "c3": (16, 10, 10),
    "relu3": (16, 10, 10),
    "s4": (16, 5, 5),
    "flatten": (400,),
    "f5": (120,),
    "relu5": (120,),
    "f6": (84,),
    "relu6": (84,),
    "output": (10,),
    "probabilities": (10,),
}


@pytest.fixture
def model():
    torch.manual_seed(0)
    return LeNet().eval()


def test_parameters_by_hand(model):
    counts = {name: sum(p.numel() for p in layer.parameters()) for name, layer in model.named_children()}
    assert {name: count for name, count in counts.items() if count} == PARAMETERS
    assert sum(PARAMETERS.values()) == 61_706


def test_shapes_by_hand(model):
    steps = model.steps(torch.rand(3, 1, 32, 32))
    assert {name: tuple(value.shape[1:]) for name, value in steps.items()} == SHAPES
    assert list(steps) == list(SHAPES)
    assert all(len(value) == 3 for value in steps.values())


def test_a_picture_of_28_pixels_is_a_picture_of_32_with_a_margin(model):
    small = LeNet(side=28)
    small.load_state_dict(model.state_dict())
    images = torch.rand(2, 1, 28, 28)
    torch.testing.assert_close(small(images), model(F.pad(images, (2, 2, 2, 2))))


def test_against_the_functional_operators(model):
    weights = dict(model.named_parameters())
    x = images = torch.rand(2, 1, 32, 32)
    for name in ("c1", "c3"):
        x = F.max_pool2d(F.relu(F.conv2d(x, weights[f"{name}.weight"], weights[f"{name}.bias"])), 2)
    x = x.reshape(2, -1)
    for name in ("f5", "f6"):
        x = F.relu(x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"])
    x = x @ weights["output.weight"].T + weights["output.bias"]
    torch.testing.assert_close(model(images), x)


def test_the_last_step_is_a_distribution(model):
    steps = model.steps(torch.rand(4, 1, 32, 32))
    scores = steps["output"].detach().double().numpy()
    expected = np.exp(scores) / np.exp(scores).sum(1, keepdims=True)
    np.testing.assert_allclose(steps["probabilities"].detach().numpy(), expected, rtol=1e-5)


@pytest.mark.parametrize("side", [8, 30, "32"])
def test_another_side_is_refused(side):
    with pytest.raises(ValueError, match=re.escape(f"LeNet: side is {side!r}, expected 28 or 32")):
        LeNet(side)


@settings(deadline=None)
@given(st.integers(1, 4), st.integers(0, 3))
def test_images_of_a_batch_do_not_meet(count, position):
    torch.manual_seed(1)
    model, images = LeNet().eval(), torch.rand(4, 1, 32, 32)
    alone = model(images[position : position + 1])
    torch.testing.assert_close(model(images[:count])[position:count][:1], alone[: max(0, count - position)])

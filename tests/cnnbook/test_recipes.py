import json
import re

import pytest
import torch

from cnnbook.models import LeNet
from cnnbook.recipes import RECIPES, channels_last, recipe

PARAMETERS = {"lenet": 61_706, "lenet5": 60_000, "compact": 56_474}


@pytest.mark.parametrize("name", RECIPES, ids="-".join)
def test_each_makes_a_network_for_its_images_that_learns_from_a_batch(name):
    torch.manual_seed(0)
    one = RECIPES[name]
    model = one.build()
    assert sum(parameter.numel() for parameter in model.parameters()) == PARAMETERS[name[0].split("-")[0]]
    images, labels = torch.rand(4, 1, one.side, one.side), torch.arange(4)
    if one.augment:
        images = one.augment(images, torch.Generator().manual_seed(0))
    optimizer = one.optimizer(model, one.rate)
    losses = []
    for _ in range(8):
        loss = one.loss(model(one.input(images)), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < losses[0]
    assert one.answer(model(one.input(images))).shape == (4,)


@pytest.mark.parametrize("name", RECIPES, ids="-".join)
def test_each_can_be_written_down(name):
    described = json.loads(json.dumps(RECIPES[name].describe()))
    assert described["epochs"] == RECIPES[name].epochs
    assert " at 0x" not in json.dumps(described)


def test_channels_last_computes_the_same():
    torch.manual_seed(0)
    model = LeNet()
    images = torch.rand(3, 1, 32, 32)
    quick = channels_last(LeNet)
    quick.load_state_dict(model.state_dict())
    assert quick.c3.weight.is_contiguous(memory_format=torch.channels_last)
    torch.testing.assert_close(quick(images), model(images))


def test_fashion_mnist_takes_mnists():
    assert recipe("lenet", "fashion-mnist") is RECIPES["lenet", "mnist"]


def test_another_network_is_refused():
    known = sorted({name for name, _ in RECIPES})
    expected = f"recipe: model is 'vgg', expected one of {', '.join(map(repr, known))}"
    with pytest.raises(ValueError, match=re.escape(expected)):
        recipe("vgg", "mnist")

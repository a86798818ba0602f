import math
from functools import partial

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from cnnbook.augmentation import Distortion
from cnnbook.train.recipe import Recipe, adamw, constant, one_cycle, sgd


def recipe(**changes):
    return Recipe(**{"build": nn.Identity, "epochs": 2, "batch": 8, "rate": 0.1} | changes)


def test_one_cycle_by_hand():
    assert one_cycle(0) == pytest.approx(0.04)
    assert one_cycle(0.15) == pytest.approx((0.04 + 1) / 2)
    assert one_cycle(0.3) == 1
    assert one_cycle(0.65) == pytest.approx((1 + 4e-6) / 2)
    assert one_cycle(1) == pytest.approx(4e-6)


def test_one_cycle_against_torch():
    """Torch counts from the first step to the last; here, from the first to the end of the last."""
    steps = 1000
    optimizer = torch.optim.SGD([nn.Parameter(torch.zeros(1))], lr=1)
    theirs = torch.optim.lr_scheduler.OneCycleLR(optimizer, 1, total_steps=steps, cycle_momentum=False)
    for step in range(steps - 1):
        assert one_cycle(step / steps) == pytest.approx(optimizer.param_groups[0]["lr"], abs=0.005)
        optimizer.step()
        theirs.step()


@given(st.floats(0, 1))
def test_factors_of_the_rate_lie_between_0_and_1(progress):
    assert 0 < one_cycle(progress) <= 1
    assert constant(progress) == 1


def test_optimizers():
    model = nn.Linear(2, 1)
    one, other = adamw(model, 0.1, decay=0.5), sgd(model, 0.2, momentum=0)
    assert one.param_groups[0]["weight_decay"] == 0.5
    assert [len(each.param_groups[0]["params"]) for each in (one, other)] == [2, 2]
    assert (other.param_groups[0]["lr"], other.param_groups[0]["nesterov"]) == (0.2, False)


def test_the_scale_of_the_input():
    images = torch.tensor([0.0, 0.5, 1.0])
    assert recipe().input(images) is images
    assert recipe(ink=(-0.1, 1.175)).input(images).tolist() == pytest.approx([-0.1, 0.5375, 1.175])


def test_scores_and_penalties():
    outputs = torch.tensor([[1.0, 3.0, 2.0]]).log()
    assert recipe().answer(outputs).tolist() == [1]
    assert recipe().probabilities(outputs).tolist()[0] == pytest.approx([1 / 6, 3 / 6, 2 / 6])
    assert recipe(smallest_wins=True).answer(outputs).tolist() == [0]
    assert recipe(smallest_wins=True).probabilities(outputs).tolist()[0] == pytest.approx(
        [6 / 11, 2 / 11, 3 / 11]
    )


def test_a_description_names_functions_and_settings():
    described = recipe(
        build=partial(nn.Linear, 2, out_features=3),
        optimizer=partial(sgd, momentum=0.5),
        augment=Distortion(shift=1),
    ).describe()
    assert described["build"] == "torch.nn.modules.linear.Linear(2, out_features=3)"
    assert described["optimizer"] == "cnnbook.train.recipe.sgd(momentum=0.5)"
    assert described["augment"].startswith("Distortion(shift=1, ")
    assert described["ink"] == [0.0, 1.0]
    assert described["patience"] is None


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"epochs": 0}, "Recipe: epochs is 0, expected at least 1"),
        ({"batch": -1}, "Recipe: batch is -1, expected at least 1"),
        ({"patience": 0}, "Recipe: patience is 0, expected at least 1"),
        ({"plain_epochs": -1}, "Recipe: plain_epochs is -1, expected at least 0"),
        ({"rate": 0}, "Recipe: rate is 0, expected a positive number"),
        ({"rate": math.nan}, "Recipe: rate is nan, expected a positive number"),
    ],
)
def test_what_cannot_be_a_recipe_is_refused(changes, line):
    with pytest.raises(ValueError, match=line):
        recipe(**changes)

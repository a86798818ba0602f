import math

import pytest
import torch

from cnnbook.train.learner import Epoch, Learner
from cnnbook.train.recipe import Recipe
from cnnbook.train.team import Team


@pytest.fixture
def learner(linear):
    def make(seed=0, **changes):
        recipe = Recipe(**{"build": linear, "epochs": 10, "batch": 4, "rate": 0.5} | changes)
        return Learner.begin(recipe, seed, Team(torch.device("cpu")))

    return make


def test_equal_seeds_give_equal_weights(learner):
    first, again, other = (learner(seed).model[1].weight for seed in (3, 3, 4))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_the_order_depends_on_seed_and_pass_alone(learner):
    one = learner()
    order = one.order(50)
    assert sorted(order.tolist()) == list(range(50))
    torch.rand(5)
    assert torch.equal(one.order(50), order)
    one.epoch = 1
    assert not torch.equal(one.order(50), order)
    assert not torch.equal(learner(1).order(50), order)


def test_every_step_draws_anew_and_from_its_place_alone(learner):
    one = learner()
    seen = {}
    for one.epoch in range(3):
        for one.step in range(4):
            generator = one.prepare(4)
            seen[one.epoch, one.step] = torch.rand(1).item(), torch.rand(1, generator=generator).item()
    assert len(set(seen.values())) == 12
    one.epoch, one.step = 1, 2
    generator = one.prepare(4)
    assert (torch.rand(1).item(), torch.rand(1, generator=generator).item()) == seen[1, 2]
    assert len({one.seed_of(step) for step in range(100)}) == 100


def test_the_rate_follows_the_schedule(learner):
    one = learner(schedule=lambda progress: 1 - progress)
    one.epoch, one.step = 2, 1
    one.prepare(4)  # 9 of 40 steps are done
    assert one.optimizer.param_groups[0]["lr"] == pytest.approx(0.5 * 31 / 40)


def test_patience(learner):
    one = learner(patience=2)
    ends = []
    for accuracy in (0.5, 0.7, 0.7, 0.6):
        assert not one.finished
        one.loss += 1
        one.close(4, accuracy)
        ends.append(one.finished)
    assert ends == [False, False, False, True]
    assert one.history[1] == Epoch(0.25, 0.7)


def test_without_patience_all_passes_are_made(learner):
    one = learner(epochs=3)
    for _ in range(3):
        assert not one.finished
        one.close(4, 0.5)
    assert one.finished


def test_the_first_of_the_best_weights_are_kept(learner):
    one = learner()
    for value, accuracy in enumerate((0.5, 0.9, 0.9, 0.8)):
        torch.nn.init.constant_(one.model[1].bias, value)
        one.close(4, accuracy)
    assert one.best["1.bias"].tolist() == [1, 1]


@pytest.mark.parametrize(("keep", "accuracy"), [(False, 0.5), (True, math.nan)])
def test_otherwise_none_are(learner, keep, accuracy):
    one = learner(keep_best=keep)
    one.close(4, accuracy)
    assert one.best == {}


def test_a_loss_that_is_no_number_ends_the_run(learner):
    one = learner()
    one.epoch, one.loss = 2, torch.tensor(math.inf)
    with pytest.raises(ValueError, match="fit: the loss became inf in pass 3; try a smaller rate"):
        one.close(4, 0.5)

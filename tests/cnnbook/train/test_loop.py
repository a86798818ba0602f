import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812
from torch import nn

from cnnbook.data import Labelled
from cnnbook.train.loop import Watcher, fit
from cnnbook.train.recipe import Recipe, constant, sgd


def plain(weight, images, labels, rate):
    """One step of gradient descent, by torch's autograd alone."""
    weight = weight.clone().requires_grad_()
    loss = F.cross_entropy(images.flatten(1) @ weight.T, labels)
    loss.backward()
    return (weight - rate * weight.grad).detach(), loss.item()


def flat():
    return nn.Sequential(nn.Flatten(), nn.Linear(16, 2, bias=False))


def descent(**changes):
    settings = {
        "build": flat,
        "epochs": 1,
        "batch": 3,
        "rate": 0.5,
        "schedule": constant,
        "optimizer": lambda model, rate: sgd(model, rate, momentum=0),
    }
    return Recipe(**settings | changes)


class Orders(Watcher):
    """Remembers in which order the images came."""

    def begin(self, learner):
        self.order = learner.order(8)
        self.steps = []

    def after_step(self, learner):
        self.steps.append((learner.epoch, learner.step))


def test_a_pass_against_gradient_descent_by_hand(bright_or_dark):
    data, watcher = bright_or_dark(8), Orders()
    trained = fit(descent(), data, data, seed=1, watchers=[watcher])
    torch.manual_seed(1)
    weight = flat()[1].weight.detach()
    images, labels = map(torch.from_numpy, data)
    losses = []
    for rows in watcher.order.split(3):
        weight, loss = plain(weight, images[rows], labels[rows], 0.5)
        losses.append(loss * len(rows))
    torch.testing.assert_close(trained.model[1].weight.detach(), weight)
    assert trained.history[0].loss == pytest.approx(sum(losses) / 8)
    assert watcher.steps == [(0, 1), (0, 2), (0, 3)]


def test_images_are_augmented_then_scaled(bright_or_dark):
    data = bright_or_dark(8)
    images, labels = map(torch.from_numpy, data)
    seen = []

    def turned(images, generator):
        seen.append(torch.rand(1, generator=generator).item())
        return images.flip(3)

    trained = fit(
        descent(batch=8, epochs=2, augment=turned, ink=(-1, 1), keep_best=False), data, data, seed=1
    )
    torch.manual_seed(1)
    weight = flat()[1].weight.detach()
    for _ in range(2):
        weight, _ = plain(weight, images.flip(3) * 2 - 1, labels, 0.5)
    torch.testing.assert_close(trained.model[1].weight.detach(), weight)
    assert len(set(seen)) == 2


def test_the_last_passes_see_the_images_as_they_are(bright_or_dark):
    data = bright_or_dark(8)
    images, labels = map(torch.from_numpy, data)
    recipe = descent(batch=8, epochs=3, augment=lambda seen, _: seen.flip(3), plain_epochs=2, keep_best=False)
    trained = fit(recipe, data, data, seed=1)
    torch.manual_seed(1)
    weight = flat()[1].weight.detach()
    for seen in (images.flip(3), images, images):
        weight, _ = plain(weight, seen, labels, 0.5)
    torch.testing.assert_close(trained.model[1].weight.detach(), weight)


def test_what_is_held_out_is_scaled_but_not_augmented(bright_or_dark):
    data = bright_or_dark(8)
    recipe = descent(ink=(-1, 1), augment=lambda images, _: images * 0)
    trained = fit(recipe, data, data)
    scores = torch.from_numpy(data.images * 2 - 1).flatten(1) @ trained.model[1].weight.T
    assert trained.history[0].accuracy == (scores.argmax(1).numpy() == data.labels).mean()


def test_penalties(bright_or_dark, linear):
    data = bright_or_dark(200)
    recipe = Recipe(
        build=linear,
        epochs=5,
        batch=32,
        rate=0.1,
        smallest_wins=True,
        loss=lambda penalties, labels: F.cross_entropy(-penalties, labels),
    )
    assert fit(recipe, data, data).history[-1].accuracy > 0.95


def test_the_best_weights_are_given_back(bright_or_dark):
    """With a rate that is far too large at the end, the last weights are not the best."""
    data, held_out = bright_or_dark(64), bright_or_dark(64, seed=1)
    recipe = descent(epochs=4, schedule=lambda progress: -9.0 if progress > 0.5 else 1.0)
    kept = fit(recipe, data, held_out)
    best = max(epoch.accuracy for epoch in kept.history)
    scores = torch.from_numpy(held_out.images).flatten(1) @ kept.model[1].weight.T
    assert (scores.argmax(1).numpy() == held_out.labels).mean() == best > kept.history[-1].accuracy


def test_with_nothing_held_out_the_last_weights_are_kept(bright_or_dark):
    data = bright_or_dark(8)
    nothing = Labelled(data.images[:0], data.labels[:0])
    recipe = descent(epochs=2, keep_best=False)
    one, other = fit(recipe, data, nothing), fit(recipe, data, data)
    assert np.isnan(one.history[0].accuracy)
    assert torch.equal(one.model[1].weight, other.model[1].weight)


def test_patience_ends_the_run(bright_or_dark):
    data = bright_or_dark(32)
    history = fit(descent(epochs=50, patience=3), data, data).history
    assert len(history) < 50
    assert max(epoch.accuracy for epoch in history[-3:]) <= history[-4].accuracy


def test_a_rate_that_is_too_large_is_reported(bright_or_dark):
    data = bright_or_dark(32)
    with pytest.raises(ValueError, match=r"fit: the loss became \w+ in pass \d+; try a smaller rate"):
        fit(descent(rate=1e9, epochs=9, loss=lambda outputs, _: (outputs**2).mean()), data, data)


def test_dropout_and_statistics_in_training_only(bright_or_dark, every_kind):
    data = bright_or_dark(32)
    trained = fit(Recipe(build=every_kind, epochs=3, batch=8, rate=0.01, keep_best=False), data, data)
    assert not trained.model.training
    assert trained.model[1].num_batches_tracked == 12

import os
import subprocess
import sys

import numpy as np
import pytest
import torch
from torch import nn

from cnnbook.data import Labelled, digits
from cnnbook.models.lenet import LeNet
from cnnbook.train import Epoch, accuracy, digit_reader, look_inside, one_thread, predict, train


def bright_or_dark(count, *, seed):
    """Images that one weight tells apart: label 1 where the mean is above a half."""
    images = np.random.default_rng(seed).random((count, 1, 4, 4), dtype=np.float32) ** 9
    labels = np.arange(count) % 2
    images[labels == 1] = 1 - images[labels == 1]
    return Labelled(images, labels)


def linear():
    return nn.Sequential(nn.Flatten(), nn.Linear(16, 2))


def weights(model):
    return torch.cat([p.detach().flatten() for p in model.parameters()])


class Fixed(nn.Module):
    """Scores that are the pixels themselves."""

    def forward(self, images):
        return images.flatten(1)


def test_probabilities_by_hand():
    images = np.log(np.array([[1, 3], [4, 1]], np.float32)).reshape(2, 1, 1, 2)
    np.testing.assert_allclose(predict(Fixed(), images), [[0.25, 0.75], [0.8, 0.2]], rtol=1e-6)


def test_accuracy_by_hand():
    images = np.array([[0, 1], [1, 0], [2, 0], [0, 2]], np.float32).reshape(4, 1, 1, 2)
    assert accuracy(Fixed(), Labelled(images, np.array([1, 0, 1, 1]))) == 0.75


def test_predictions_of_many_images_are_those_of_each():
    images = np.random.default_rng(0).random((1003, 1, 1, 3), dtype=np.float32)
    scores = torch.from_numpy(images).flatten(1)
    np.testing.assert_array_equal(predict(Fixed(), images), scores.softmax(1).numpy())


def test_one_step_against_torch_by_itself():
    data = bright_or_dark(8, seed=0)
    model, history = train(linear, data, data, epochs=1, batch=8, rate=0.1, seed=3)
    torch.manual_seed(3)
    alone = linear()
    optimizer = torch.optim.AdamW(alone.parameters(), lr=0.1 / 25)
    rows = torch.randperm(8)
    loss = nn.CrossEntropyLoss()(
        alone(torch.from_numpy(data.images)[rows]), torch.from_numpy(data.labels)[rows]
    )
    loss.backward()
    optimizer.step()
    torch.testing.assert_close(weights(model), weights(alone))
    assert history[0].loss == pytest.approx(loss.item())


def test_it_learns_what_can_be_learned():
    data, held_out = bright_or_dark(200, seed=0), bright_or_dark(100, seed=1)
    model, history = train(linear, data, held_out, epochs=5, rate=0.1)
    assert history[-1].accuracy == accuracy(model, held_out) == 1
    assert history[-1].loss < history[0].loss
    assert all(isinstance(epoch, Epoch) for epoch in history)
    assert len(history) == 5
    assert not model.training


def test_nothing_is_learned_from_the_held_out_images():
    data = bright_or_dark(64, seed=0)
    wrong = Labelled(data.images[:10], 1 - data.labels[:10])
    one = train(linear, data, data, epochs=2)
    other = train(linear, data, wrong, epochs=2)
    assert torch.equal(weights(one.model), weights(other.model))


def test_the_same_seed_gives_the_same_network_and_another_one_does_not():
    data = bright_or_dark(64, seed=0)
    first = train(linear, data, data, epochs=2, seed=5, shift=1)
    torch.rand(17)
    assert torch.equal(
        weights(first.model), weights(train(linear, data, data, epochs=2, seed=5, shift=1).model)
    )
    assert not torch.equal(
        weights(first.model), weights(train(linear, data, data, epochs=2, seed=6, shift=1).model)
    )


def test_training_leaves_the_readers_random_numbers_and_threads_alone():
    data = bright_or_dark(16, seed=0)
    torch.manual_seed(11)
    expected = torch.rand(3)
    torch.manual_seed(11)
    threads = torch.get_num_threads()
    train(linear, data, data, epochs=1)
    assert torch.equal(torch.rand(3), expected)
    assert torch.get_num_threads() == threads


def test_threads_come_back_after_an_error():
    before = torch.get_num_threads()
    with pytest.raises(ZeroDivisionError), one_thread():
        1 / 0  # noqa: B018
    assert torch.get_num_threads() == before


class Centres(nn.Module):
    """Notes where the one bright pixel of every image is, and scores nothing."""

    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(2))
        self.seen = []

    def forward(self, images):
        if self.training:
            self.seen.append([tuple(spot[2:].tolist()) for spot in images.nonzero()])
        return self.weight.expand(len(images), 2)


def test_batches_move_by_at_most_the_shift():
    images = np.zeros((40, 1, 5, 7), np.float32)
    images[:, 0, 2, 3] = 1
    data = Labelled(images, np.zeros(40, np.int64))
    model, _ = train(Centres, data, data, epochs=100, batch=20, shift=2)
    assert {spots for batch in model.seen for spots in batch} == {
        (r, c) for r in range(5) for c in range(1, 6)
    }
    assert all(len(set(batch)) == 1 for batch in model.seen)  # a batch moves as one


def test_zeros_come_in_where_a_batch_moved_away():
    images = np.ones((10, 1, 3, 3), np.float32)
    data = Labelled(images, np.zeros(10, np.int64))
    model, _ = train(Centres, data, data, epochs=30, batch=10, shift=1)
    assert {len(batch) // 10 for batch in model.seen} == {4, 6, 9}


def test_threads_do_not_change_the_network():
    """Run in processes of their own: the number of threads is settled when torch starts."""
    program = (
        "import hashlib; from cnnbook.train import *; from cnnbook.data import *;"
        "from cnnbook.models import LeNet;"
        "training, held_out = digits(4); some = Labelled(*(part[:160] for part in training));"
        "model = train(LeNet, some, held_out, epochs=1).model;"
        "weights = b''.join(p.detach().numpy().tobytes() for p in model.parameters());"
        "print(hashlib.sha256(weights).hexdigest())"
    )
    sums = set()
    for threads in ("1", "2"):
        environment = os.environ | {"OMP_NUM_THREADS": threads, "MKL_NUM_THREADS": threads}
        run = subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, check=True
        )
        sums.add(run.stdout)
    assert len(sums) == 1


def test_looking_inside_one_image_shows_what_the_batch_would():
    torch.manual_seed(0)
    model, images = LeNet().eval(), digits(4)[1].images[:3]
    inside = look_inside(model, images[1])
    np.testing.assert_allclose(inside["probabilities"], predict(model, images)[1], rtol=1e-5)
    np.testing.assert_array_equal(inside["relu1"], np.maximum(inside["c1"], 0))
    assert inside["c3"].shape == (16, 10, 10)


def test_the_digit_reader_reads_held_out_digits():
    model, history = digit_reader()
    assert isinstance(model, LeNet)
    assert accuracy(model, digits(4)[1]) == history[-1].accuracy > 0.98
    assert history[0].accuracy < history[-1].accuracy

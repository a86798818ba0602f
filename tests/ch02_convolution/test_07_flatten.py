"""The claims of section 2.7, flatten."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from cnnbook.data import digits
from cnnbook.experiments.small_network import small_reader
from cnnbook.facts import text


def channels_last(shape):
    """For each place of the row with the channels last: where its number stands with the channels first."""
    return np.arange(np.prod(shape)).reshape(shape).transpose(1, 2, 0).ravel()


def test_the_tickets_by_hand():
    seats = np.arange(24).reshape(2, 3, 4)
    assert seats[1, 0, 2] == 12 + 0 + 2 == 14
    assert np.unravel_index(19, (2, 3, 4)) == (1, 1, 3)


@given(st.tuples(*[st.integers(1, 5)] * 3))
def test_both_formulas_there_and_back(shape):
    C, H, W = shape
    first = torch.arange(C * H * W).reshape(1, C, H, W).flatten(1)[0]
    for c, h, w in np.ndindex(shape):
        n = c * H * W + h * W + w
        assert n == (c * H + h) * W + w == first[n]
        assert (n // (H * W), n // W % H, n % W) == (c, h, w)
        assert channels_last(shape)[(h * W + w) * C + c] == n


def test_distances_of_neighbours():
    block = np.zeros((8, 3, 4), np.int8)
    assert block.strides == (12, 4, 1)
    assert np.asfortranarray(block).strides == (1, 8, 24)


def test_only_the_first_and_last_keep_their_place():
    for shape in ((2, 3, 4), (8, 3, 3)):
        order = channels_last(shape)
        assert np.flatnonzero(order == np.arange(order.size)).tolist() == [0, order.size - 1]


def test_reshape_scrambles_what_transpose_moves():
    photo = np.random.default_rng(0).random((4, 6, 3))
    assert photo.transpose(2, 0, 1).shape == photo.reshape(3, 4, 6).shape
    np.testing.assert_array_equal(photo.transpose(2, 0, 1)[1], photo[:, :, 1])
    assert not np.array_equal(photo.transpose(2, 0, 1), photo.reshape(3, 4, 6))


def test_accuracies_as_stated():
    images, labels = digits()[1]
    mixed, trained, repaired, other = [], [], [], []
    for seed in range(3):
        model = small_reader(seed)
        x = torch.from_numpy(images)
        row = model[:-1](x)
        order = torch.from_numpy(channels_last((8, 3, 3)))
        trained.append((model(x).argmax(1).numpy() == labels).mean())
        mixed.append((model[-1](row[:, order]).argmax(1).numpy() == labels).mean())
        moved = torch.nn.functional.linear(row[:, order], model[-1].weight[:, order], model[-1].bias)
        repaired.append((moved.argmax(1).numpy() == labels).mean())
        other.append((small_reader(seed, channels_last=True)(x).argmax(1).numpy() == labels).mean())
    assert text("order-trained") == f"{np.mean(trained):.0%}"
    assert text("order-mixed") == f"{np.mean(mixed):.0%}"
    assert [text("order-mixed-low"), text("order-mixed-high")] == [f"{min(mixed):.0%}", f"{max(mixed):.0%}"]
    assert text("order-other") == f"{np.mean(other):.0%}"
    assert repaired == trained
    assert max(mixed) < 0.3
    assert abs(np.mean(other) - np.mean(trained)) < 0.02


def test_a_dense_layer_learns_shuffled_places_as_well():
    """Two layers that see the same numbers in two orders and start alike stay alike, step by step."""
    generator = torch.Generator().manual_seed(0)
    x, y = torch.randn(50, 12, generator=generator).double(), torch.randint(3, (50,), generator=generator)
    order = torch.randperm(12, generator=generator)
    start = torch.randn(3, 12, generator=generator).double()
    plain, shuffled = start.clone(), start[:, order].clone()
    for _ in range(20):
        for weights, rows in ((plain, x), (shuffled, x[:, order])):
            weights.requires_grad_()
            (slope,) = torch.autograd.grad(torch.nn.functional.cross_entropy(rows @ weights.T, y), weights)
            weights.detach_().sub_(0.5 * slope)
    torch.testing.assert_close(shuffled, plain[:, order])


def test_exercise_1():
    assert (3 * 5 + 2) * 5 + 4 == np.ravel_multi_index((3, 2, 4), (16, 5, 5)) == 89
    assert np.unravel_index(399, (16, 5, 5)) == (15, 4, 4)
    assert np.unravel_index(137, (16, 5, 5)) == (5, 2, 2)


def test_exercise_2():
    def place(c, h, w, shape):
        channels, _, columns = shape
        return (h * columns + w) * channels + c

    block = np.random.default_rng(1).random((3, 4, 5))
    row = block.transpose(1, 2, 0).ravel()
    assert all(row[place(c, h, w, block.shape)] == block[c, h, w] for c, h, w in np.ndindex(block.shape))


def test_exercise_3_half_images():
    x = torch.zeros(4, 16, 5, 10)
    assert x.view(-1, 400).shape == (8, 400)
    assert x.flatten(1).shape == (4, 800)
    with pytest.raises(RuntimeError, match="shapes cannot be multiplied"):
        torch.nn.Linear(400, 120)(x.flatten(1))


@given(st.tuples(*[st.integers(1, 4)] * 3))
def test_exercise_4_when_both_orders_agree(shape):
    order = channels_last(shape)
    agree = np.array_equal(order, np.arange(order.size))
    assert agree == (shape[0] == 1 or shape[1] * shape[2] == 1)
    if not agree:
        assert order[1] != 1


def test_quiz():
    assert sum(p.numel() for p in torch.nn.Flatten().parameters()) == 0
    assert 400 * 120 == 48_000
    photo = np.random.default_rng(0).random((427, 640, 3))
    assert photo.T.shape == (3, 640, 427)
    third = photo.reshape(3, 427, 640)[0].ravel()
    assert np.array_equal(third, photo.ravel()[: 427 * 640])
    assert 427 * 640 / photo.size == 1 / 3

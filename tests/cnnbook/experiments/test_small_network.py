import numpy as np
import torch

from cnnbook.experiments.small_network import MAPS, ChannelsLast, small_network, small_reader


def test_shapes_along_the_way():
    shapes, x = [], torch.zeros(2, 1, 8, 8)
    for layer in small_network():
        x = layer(x)
        shapes.append(tuple(x.shape[1:]))
    assert shapes == [(8, 6, 6), (8, 6, 6), MAPS, (72,), (10,)]


def test_channels_last_is_another_order_of_the_same_numbers():
    maps = torch.arange(24).reshape(1, 2, 3, 4)
    assert ChannelsLast()(maps).shape == (1, 3, 4, 2)
    np.testing.assert_array_equal(ChannelsLast()(maps)[0, 1, 2], maps[0, :, 1, 2])


def test_seeds_and_orders_give_different_networks():
    first, second, other = small_reader(0), small_reader(1), small_reader(0, channels_last=True)
    assert not torch.equal(first[0].weight, second[0].weight)
    assert len(other) == len(first) + 1
    assert torch.equal(small_reader(0)[0].weight, first[0].weight)
    assert not first.training

"""Three ways to wire a layer, counted; and a linear layer's matrix."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from cnnbook.summary import summarize
from cnnbook.wiring import as_matrix, wirings


def test_four_outputs_by_hand():
    dense, local, shared = wirings((1, 4, 4), 1, 3).values()
    assert dense == (68, 68, 64)
    assert local == (40, 40, 36)
    assert shared == (10, 40, 36)


@given(
    st.tuples(*[st.integers(1, 6)] * 3), st.integers(1, 4), st.integers(1, 3), st.integers(1, 3),
    st.integers(0, 2), st.booleans(),
)  # fmt: skip
def test_against_torch(shape, kernels, kernel, stride, padding, bias):
    C, H, W = shape
    if min(H, W) + 2 * padding < kernel:
        return
    layer = nn.Conv2d(C, kernels, kernel, stride, padding, bias=bias)
    costs = wirings(shape, kernels, kernel, stride=stride, padding=padding, bias=bias)
    row = summarize(nn.Sequential(layer), shape).layers[0]
    assert costs["shared"] == (row.parameters, row.connections, row.macs)
    dense = nn.Linear(C * H * W, int(np.prod(row.shape)), bias=bias)
    row = summarize(nn.Sequential(dense), (C * H * W,)).layers[0]
    assert costs["dense"] == (row.parameters, row.connections, row.macs)


@given(st.integers(1, 4), st.integers(3, 8), st.integers(1, 3))
def test_sharing_saves_the_number_of_places(channels, side, kernels):
    costs = wirings((channels, side, side), kernels, 3)
    assert costs["local"].parameters == (side - 2) ** 2 * costs["shared"].parameters
    assert costs["local"].connections == costs["shared"].connections


def test_a_kernel_may_be_oblong():
    assert wirings((2, 5, 7), 1, (1, 3), bias=False)["shared"].macs == 5 * 5 * 6


def test_refusals():
    with pytest.raises(
        ValueError, match="wirings: got 0 channels and 2 kernels, expected at least 1 of each"
    ):
        wirings((0, 4, 4), 2, 3)
    with pytest.raises(ValueError, match="a window of 5"):
        wirings((1, 4, 4), 1, 5)
    with pytest.raises(ValueError, match="as_matrix: layer makes something of an input of zeros"):
        as_matrix(lambda x: x + 1, (2,))


def test_the_matrix_does_what_the_layer_does():
    generator = torch.Generator().manual_seed(0)
    layer = nn.AvgPool2d(2, stride=1)
    matrix = as_matrix(lambda x: layer(torch.from_numpy(x)).numpy(), (2, 3, 4))
    x = torch.randn(2, 3, 4, generator=generator).double()
    np.testing.assert_allclose(matrix @ x.flatten().numpy(), layer(x).flatten())

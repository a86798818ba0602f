import pytest
import torch

from cnnbook.models.lenet5 import (
    C3_INPUTS,
    LeNet5,
    PartialConvolution,
    RadialBasis,
    ScaledTanh,
    Subsampling,
    bitmaps,
)
from cnnbook.receptive_field import analyze
from cnnbook.summary import summarize

# The paper's section II.B: trainable parameters and connections of each layer.
PAPER = {
    "c1": (156, 122_304),
    "s2": (12, 5_880),
    "c3": (1_516, 151_600),
    "s4": (32, 2_000),
    "c5": (48_120, 48_120),
    "f6": (10_164, 10_164),
    "output": (0, 840),
}


def test_parameters_and_connections_are_the_papers():
    summary = summarize(LeNet5(), (1, 32, 32), depth=1)
    counted = {row.name: (row.parameters, row.connections) for row in summary.layers if row.name != "squash"}
    assert counted == PAPER
    assert (summary.totals["parameters"], summary.totals["connections"]) == (60_000, 340_908)


def test_receptive_fields_are_the_papers():
    layers = analyze(LeNet5(), (1, 32, 32)).layers
    assert [layers[name].size[0] for name in ("c1", "s2", "c3", "s4", "c5")] == [5, 6, 14, 16, 32]


def test_table_of_c3_has_sixty_slices_ten_for_each_input():
    used = [index for inputs in C3_INPUTS for index in inputs]
    assert len(used) == 60
    assert [used.count(index) for index in range(6)] == [10] * 6
    assert len({tuple(inputs) for inputs in C3_INPUTS}) == 16


def test_c3_reads_exactly_what_its_table_says():
    layer, start = PartialConvolution(), torch.rand(1, 6, 5, 5)
    for index in range(6):
        marked = start.clone()
        marked[:, index] = torch.nan
        reacts = torch.isnan(layer(marked)).flatten().tolist()
        assert reacts == [index in inputs for inputs in C3_INPUTS]


def test_subsampling_by_hand():
    layer = Subsampling(2)
    with torch.no_grad():
        layer.coefficient.copy_(torch.tensor([0.5, -1.0]))
        layer.bias.copy_(torch.tensor([1.0, 0.0]))
    x = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).expand(1, 2, 2, 2)
    assert layer(x).flatten().tolist() == [6.0, -10.0]


def test_squashing_maps_one_to_one():
    assert ScaledTanh()(torch.tensor([-1.0, 0.0, 1.0])).tolist() == pytest.approx([-1, 0, 1], abs=1e-4)


def test_radial_basis_is_zero_on_its_own_drawing():
    layer = RadialBasis()
    penalties = layer(layer.codes)
    assert penalties.diagonal().tolist() == [0] * 10
    assert penalties.argmin(1).tolist() == list(range(10))
    # Each pixel that differs costs (1 - -1) squared.
    assert penalties[3, 8] == 4 * (bitmaps()[3] != bitmaps()[8]).sum()
    assert not list(layer.parameters())


def test_weights_start_within_the_papers_bounds():
    torch.manual_seed(0)
    model = LeNet5()
    assert model.c5.weight.abs().max() <= 2.4 / 400
    assert model.c3.four.weight.abs().max() <= 2.4 / 100
    assert model.f6.weight.abs().max() > 0.9 * 2.4 / 120

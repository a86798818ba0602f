import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from cnnbook.models.lenet5 import (
    C3_INPUTS,
    INK,
    LeNet5,
    PartialConvolution,
    RadialBasis,
    ScaledTanh,
    Subsampling,
    bitmaps,
    discriminative_loss,
    penalty_loss,
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


# The paper's table I as it is printed: row S2's map, column C3's map.
TABLE = """
X . . . X X X . . X X X X . X X
X X . . . X X X . . X X X X . X
X X X . . . X X X . . X . X X X
. X X X . . X X X X . . X . X X
. . X X X . . X X X X . X X . X
. . . X X X . . X X X X . X X X
"""


def test_every_cell_of_the_connection_table():
    cells = [line.split() for line in TABLE.split("\n") if line]
    assert [[("X" if row in inputs else ".") for inputs in C3_INPUTS] for row in range(6)] == cells


def test_maps_are_the_papers():
    summary = summarize(LeNet5(), (1, 32, 32), depth=1)
    shapes = {row.name: row.shape for row in summary.layers if row.name != "squash"}
    assert shapes == {
        "c1": (6, 28, 28),
        "s2": (6, 14, 14),
        "c3": (16, 10, 10),
        "s4": (16, 5, 5),
        "c5": (120, 1, 1),
        "f6": (84,),
        "output": (10,),
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


def test_c3_of_one_image_is_c3_of_a_batch():
    layer, x = PartialConvolution(), torch.rand(4, 6, 14, 14)
    together = layer(x)
    torch.testing.assert_close(together, torch.cat([layer(image) for image in x.split(1)]))
    grads = []
    for made in (layer(x).square().mean(), sum(layer(image).square().mean() for image in x.split(1)) / 4):
        grads.append(torch.autograd.grad(made, list(layer.parameters())))
    torch.testing.assert_close(*grads)


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


def test_grey_values_centre_the_digits_as_the_paper_says():
    """With a tenth of the pixels inked, their mean is about 0; ink 1 and paper 0 would not do that."""
    background, ink = INK
    assert (background, ink) == (-0.1, 1.175)
    assert abs(0.1 * ink + 0.9 * background) < 0.05


def test_losses_by_hand():
    penalties, labels = torch.tensor([[1.0, 3.0], [2.0, 0.5]]), torch.tensor([0, 1])
    assert penalty_loss(penalties, labels).item() == pytest.approx((1 + 0.5) / 2)
    by_hand = [
        1 + torch.log(torch.exp(torch.tensor([-2.0, -1.0, -3.0])).sum()),
        0.5 + torch.log(torch.exp(torch.tensor([-2.0, -2.0, -0.5])).sum()),
    ]
    assert discriminative_loss(penalties, labels, j=2).item() == pytest.approx(sum(by_hand).item() / 2)


@settings(deadline=None)
@given(st.integers(0, 2**31), st.floats(0.1, 50))
def test_discriminative_loss_is_cross_entropy_with_one_class_more(seed, j):
    generator = torch.Generator().manual_seed(seed)
    penalties = 40 * torch.rand(6, 10, generator=generator)
    labels = torch.randint(10, (6,), generator=generator)
    scores = torch.cat([-penalties, torch.full((6, 1), -j)], dim=1)
    torch.testing.assert_close(
        discriminative_loss(penalties, labels, j), torch.nn.functional.cross_entropy(scores, labels)
    )


def test_penalties_beyond_j_are_left_alone():
    """The paper's reason for j: a wrong class with a large penalty is pushed no further."""
    penalties = torch.tensor([[0.0, 5.0, 60.0]], requires_grad=True)
    discriminative_loss(penalties, torch.tensor([0]), j=10).backward()
    right, near, far = penalties.grad[0].tolist()
    assert right > 0 > near
    assert abs(far) < 1e-20

import csv
import io

import pytest

torch = pytest.importorskip("torch", reason="these tests run PyTorch models")

import torch.nn.functional as F  # noqa: E402, N812
from torch import nn  # noqa: E402
from torch.utils.flop_counter import FlopCounterMode  # noqa: E402

from cnnbook.receptive_field import Conv  # noqa: E402
from cnnbook.summary import summarize  # noqa: E402


class Functional(nn.Module):
    """The same layer twice through functional calls, and a module that is never called."""

    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(3, 3, 3, 3))
        self.spare = nn.Linear(5, 7)

    def forward(self, x):
        x = F.relu(F.conv2d(x, self.weight, padding=1))
        return F.conv2d(x, self.weight, stride=2)


def test_one_convolution_by_hand():
    (row,) = summarize(nn.Conv2d(3, 8, 5, stride=2), (3, 11, 11)).layers
    outputs = 8 * 4 * 4
    assert (row.parameters, row.macs, row.flops) == (8 * (75 + 1), outputs * 75, outputs * 150)
    assert (row.bias, row.connections, row.shape) == (outputs, outputs * 76, (8, 4, 4))
    assert row.field.size == (5, 5)


def test_functional_calls_reuse_and_unused_modules():
    summary = summarize(Functional(), (3, 9, 9))
    assert [row.macs for row in summary.layers] == [81 * 81, 0, 16 * 81]
    assert [row.parameters for row in summary.layers] == [81, 0, 0]
    assert summary.totals["parameters"] == 81 + 42
    assert summary.unused == ("spare.weight", "spare.bias")
    assert "unused parameters: spare.weight, spare.bias" in str(summary)


def test_a_module_called_twice_costs_twice_and_is_counted_once():
    layer = nn.Conv1d(2, 2, 3, padding=1)
    summary = summarize(nn.Sequential(layer, layer), (2, 10))
    assert [row.name for row in summary.layers] == ["0", "0#2"]
    assert [row.parameters for row in summary.layers] == [14, 0]
    assert [row.macs for row in summary.layers] == [120, 120]


MODELS = {
    "same": (nn.Conv2d(2, 4, 5, padding="same"), (2, 9, 9)),
    "grouped": (nn.Conv2d(4, 8, 3, groups=2, dilation=2), (4, 9, 9)),
    "depthwise": (nn.Conv2d(4, 4, 3, groups=4), (4, 9, 9)),
    "transposed": (nn.ConvTranspose2d(3, 5, 4, stride=2, padding=1), (3, 7, 7)),
    "transposed, grouped": (nn.ConvTranspose1d(4, 6, 3, stride=3, groups=2), (4, 7)),
    "three axes": (nn.Conv3d(2, 3, 3), (2, 5, 6, 7)),
    "linear": (nn.Sequential(nn.Flatten(), nn.Linear(98, 10), nn.Linear(10, 3, bias=False)), (2, 7, 7)),
    "linear on channels": (nn.Linear(7, 4), (2, 7, 7)),
}


@pytest.mark.parametrize("name", MODELS)
def test_flops_are_those_of_pytorchs_own_counter(name):
    model, shape = MODELS[name]
    with FlopCounterMode(display=False) as counter:
        model(torch.zeros(1, *shape))
    assert summarize(model, shape).totals["flops"] == counter.get_total_flops()


def test_depth_gathers_modules():
    block = nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.Conv2d(2, 2, 3))
    summary = summarize(nn.Sequential(block, nn.MaxPool2d(2)), (1, 8, 8), depth=1)
    assert [(row.name, row.kind, row.parameters) for row in summary.layers] == [
        ("0", "convolution", 20 + 38),
        ("1", "max_pool2d_with_indices", 0),
    ]


def test_csv_and_dict_hold_the_same_numbers():
    summary = summarize(nn.Sequential(nn.Conv2d(1, 2, 3), nn.Upsample(scale_factor=2)), (1, 8, 8))
    rows = list(csv.DictReader(io.StringIO(summary.to_csv())))
    assert [row["macs"] for row in rows] == ["648", "0"]
    assert [row["field_stride"] for row in rows] == ["1x1", "0.5x0.5"]
    assert rows[0]["shape"] == "2x6x6"
    assert [row["macs"] for row in summary.to_dict()["layers"]] == [648, 0]
    assert summary.to_dict()["totals"]["flops"] == 1296


def test_lists_of_layers_have_shapes_and_fields_but_no_weights():
    summary = summarize([Conv(3), Conv(3, stride=2)], (1, 9, 9))
    assert [row.shape for row in summary.layers] == [(1, 7, 7), (1, 3, 3)]
    assert summary.totals["parameters"] == 0

"""The claims and numbers of section 1.2, against the papers' own counts and torch."""

import re
from pathlib import Path

import pytest
import torch
from torch import nn

from cnnbook.check import exercises
from cnnbook.facts import text
from cnnbook.models import AlexNet, LeNet5
from cnnbook.models.lenet5 import C3_INPUTS
from cnnbook.receptive_field import analyze

PAGE = Path(__file__).parents[2] / "docs" / "ch01_introduction" / "02_two_networks.md"

# Layer, parameters, connections: LeCun et al. 1998, section II.B; the output's from its definition.
PAPER = [
    ("c1", 156, 122_304),
    ("s2", 12, 5_880),
    ("c3", 1_516, 151_600),
    ("s4", 32, 2_000),
    ("c5", 48_120, 48_120),
    ("f6", 10_164, 10_164),
    ("output", 0, 840),
]


def parameters(model):
    return sum(p.numel() for p in model.parameters())


@pytest.fixture(scope="module")
def alexnet():
    with torch.device("meta"):
        return AlexNet()


@pytest.mark.parametrize(("layer", "learned", "used"), PAPER)
def test_the_table(layer, learned, used):
    assert text(f"lenet5-{layer}-parameters") == f"{learned:,}"
    assert text(f"lenet5-{layer}-connections") == f"{used:,}"


def test_the_totals():
    assert text("lenet5-parameters") == f"{sum(row[1] for row in PAPER):,}" == "60,000"
    assert text("lenet5-connections") == f"{sum(row[2] for row in PAPER):,}" == "340,908"


def test_the_two_counts_by_hand():
    assert 6 * (5 * 5 + 1) == 156
    assert 156 * 28 * 28 == 122_304


def test_what_was_different_in_1998():
    model = LeNet5()
    assert parameters(model.s2) == 2 * 6
    assert parameters(nn.AvgPool2d(2)) == 0
    assert model.squash(torch.tensor([1.0])).item() == pytest.approx(
        1.7159 * torch.tanh(torch.tensor(2 / 3)).item()
    )
    assert parameters(model.output) == 0
    assert model.output.codes.shape == (10, 7 * 12)
    assert sorted({len(inputs) for inputs in C3_INPUTS}) == [3, 4, 6]
    assert sum(map(len, C3_INPUTS)) == 60
    assert 16 * 6 == 96
    assert text("lenet5-c3-full") == f"{16 * (6 * 25 + 1):,}"


def test_c5_is_a_convolution():
    model = LeNet5()
    layers = nn.Sequential(model.c1, model.s2, model.c3, model.s4, model.c5)
    assert layers(torch.zeros(1, 1, 32, 32)).shape == (1, 120, 1, 1)
    assert layers(torch.zeros(1, 1, 36, 36)).shape == (1, 120, 2, 2)
    assert analyze(layers, (1, 36, 36)).stride == (4, 4)


def test_alexnets_parameters(alexnet):
    assert text("alexnet-parameters") == "60,965,224"
    assert text("alexnet-ungrouped") == "62,378,344"
    assert text("alexnet-times-lenet5") == f"{round(60_965_224 / 60_000):,}"
    conv2 = alexnet.features.conv2
    assert (conv2.in_channels // conv2.groups, conv2.out_channels // conv2.groups) == (48, 128)
    assert [
        name for name, layer in alexnet.features.named_children() if getattr(layer, "groups", 1) == 2
    ] == [
        "conv2",
        "conv4",
        "conv5",
    ]
    pools = [layer for layer in alexnet.features if isinstance(layer, nn.MaxPool2d)]
    assert {(pool.kernel_size, pool.stride) for pool in pools} == {(3, 2)}
    assert 7 * 32 == 224


def test_the_riddle_of_224():
    starts = range(0, 224 - 11 + 1, 4)
    assert text("alexnet-units-down") == str(len(starts))
    assert starts[53] + 11 <= 224 < starts[53] + 4 + 11 == 227
    assert text("alexnet-units-up") == "55" == str(len(range(0, 227 - 11 + 1, 4)))


def test_where_the_parameters_are(alexnet):
    assert text("lenet5-last-share") == f"{(48_120 + 10_164) / 60_000:.1%}" == "97.1%"
    assert text("lenet5-first-connections") == f"{(122_304 + 151_600) / 340_908:.0%}"
    last = parameters(alexnet.classifier)
    assert text("alexnet-last-share") == f"{last / 60_965_224:.1%}"
    assert float(text("alexnet-last-connections").rstrip("%")) < 10
    assert 96 * 55 * 55 > 4096 + 4096 + 1000


def test_exercise_1():
    assert 6 * 14 * 14 * 5 == 5_880
    assert 60 * 25 + 16 == 1_516
    assert 1_516 * 10 * 10 == 151_600


def test_exercise_2_is_the_code_on_the_page():
    code = re.search(
        r"```python\n(def convolution_counts.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.S
    )
    names = {}
    exec(code[1], names)
    checker = exercises()["1.2.2"]
    for case in checker.cases():
        assert names["convolution_counts"](*case) == checker.solution(*case)
        layer = nn.Conv2d(*case[:3])
        places = layer(torch.zeros(1, case[0], case[3], case[3]))[0, 0].numel()
        assert checker.solution(*case) == (parameters(layer), parameters(layer) * places)
    assert names["convolution_counts"](1, 6, 5, 32) == (156, 122_304)


def test_exercise_4(alexnet):
    assert parameters(alexnet.features.conv2) == 256 * (48 * 25 + 1) == 307_456
    assert parameters(nn.Conv2d(96, 256, 5)) == 256 * (96 * 25 + 1) == 614_656

"""What section 5.1 claims, against PyTorch itself."""

import inspect
import math
import re

import pytest
import torch
from catalogues import DOCS
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from cnnbook.check.interfaces import parameters
from cnnbook.facts import text
from cnnbook.functional import conv2d

PAGE = (DOCS / "ch05_pytorch" / "01_interfaces.md").read_text(encoding="utf-8")
SKIPPED = {"self", "device", "dtype"}


def rows(first):
    """Return the cells of the table that begins with a row."""
    lines = PAGE[PAGE.index(first) :].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def defaults(module):
    """Return a module's arguments and their defaults as a page writes them."""
    signature = inspect.signature(module.__init__).parameters.values()
    return {
        p.name: "none" if p.default is p.empty else f"`{p.default!r}`"
        for p in signature
        if p.name not in SKIPPED and p.kind is not p.VAR_KEYWORD
    }


def test_table_of_the_convolution():
    table = {cells[0].strip("`"): cells[1] for cells in rows("| argument | default | what it says |")}
    assert table == defaults(nn.Conv2d)


@pytest.mark.parametrize(("module", "column"), [(nn.MaxPool2d, 1), (nn.AvgPool2d, 2)])
def test_table_of_the_pools(module, column):
    table = rows("| argument | `MaxPool2d` | `AvgPool2d` | what it says |")
    assert {cells[0].strip("`"): cells[column] for cells in table if cells[column]} == defaults(module)


@pytest.mark.parametrize("module", [nn.Flatten, nn.Linear])
def test_table_of_flatten_and_linear(module):
    table = rows("| module | argument | default | what it says |")
    mine = {cells[1].strip("`"): cells[2] for cells in table if cells[0] == f"`{module.__name__}`"}
    assert mine == defaults(module)


def test_every_table_is_looked_at():
    assert len(re.findall(r"^\| --- |^\|---", PAGE, flags=re.M)) == 3


def test_one_line_makes_156_numbers():
    layer = nn.Conv2d(1, 6, 5)
    assert sum(p.numel() for p in layer.parameters()) == 156 == 150 + 6


@given(st.integers(1, 3), st.integers(1, 3), st.integers(1, 3), st.booleans(), st.integers(1, 4))
def test_parameters(channels, kernels, size, bias, groups):
    layer = nn.Conv2d(channels * groups, kernels * groups, (size, size + 1), groups=groups, bias=bias)
    counted = sum(p.numel() for p in layer.parameters())
    assert parameters(channels * groups, kernels * groups, (size, size + 1), groups, bias) == counted


def test_exercise_1():
    arguments = [(1, True), (1, False), (16, True)]
    assert [parameters(16, 32, (3, 3), *rest) for rest in arguments] == [4640, 4608, 320]


def test_pairs_set_rows_and_columns_apart():
    assert nn.Conv2d(1, 1, 1, padding=(0, 1))(torch.zeros(1, 4, 4)).shape == (1, 4, 6)


def test_a_pool_moves_by_its_own_size():
    image = torch.zeros(1, 7, 7)
    assert nn.MaxPool2d(2)(image).shape == (1, 3, 3)
    assert nn.MaxPool2d(2, ceil_mode=True)(image).shape == (1, 4, 4)
    assert nn.Conv2d(1, 1, 2)(image).shape == (1, 6, 6)


def test_exercise_3():
    for size, floor, ceiling in ((13, 6, 6), (14, 6, 7)):
        image = torch.zeros(1, size, size)
        assert nn.MaxPool2d(3, stride=2)(image).shape[-1] == floor
        assert nn.MaxPool2d(3, stride=2, ceil_mode=True)(image).shape[-1] == ceiling


def test_padding_of_a_maximum():
    """It is minus infinity: below any number. More than half the window is refused."""
    image = torch.full((1, 4, 4), -7.0)
    assert torch.all(nn.MaxPool2d(3, stride=1, padding=1)(image) == -7)
    with pytest.raises(RuntimeError, match="at most half of effective kernel size"):
        nn.MaxPool2d(2, padding=2)(image)


def test_same_keeps_rows_and_columns():
    assert nn.Conv2d(3, 8, 3, padding="same")(torch.zeros(2, 3, 17, 17)).shape == (2, 8, 17, 17)


def test_a_missing_axis_passes_without_a_word():
    batch_of_grey = torch.zeros(3, 32, 32)
    assert nn.Conv2d(3, 6, 5)(batch_of_grey).shape == (6, 28, 28)
    assert conv2d(batch_of_grey.numpy(), torch.zeros(6, 3, 5, 5).numpy()).shape == (6, 28, 28)
    with pytest.raises(RuntimeError, match="to have 1 channels, but got 3 channels"):
        nn.Conv2d(1, 6, 5)(batch_of_grey)


def test_first_weights():
    """Evenly spread within one over the square root of the number of inputs."""
    torch.manual_seed(0)
    weight = nn.Conv2d(32, 32, 3).weight.detach()
    bound = 1 / math.sqrt(288)
    assert weight.abs().max() <= bound
    assert math.isclose(float(weight.std()), bound / math.sqrt(3), rel_tol=0.02)
    he = nn.init.kaiming_normal_(torch.empty(320, 32, 3, 3), nonlinearity="relu")
    assert math.isclose(float(he.std()), math.sqrt(2 / 288), rel_tol=0.02)
    assert text("torch-against-he") == f"{float(weight.std() / he.std()):.0%}"


def test_relu_halves_the_mean_square():
    numbers = torch.randn(10**6, generator=torch.Generator().manual_seed(0))
    assert math.isclose(float(torch.relu(numbers).square().mean()), 0.5, rel_tol=0.01)


def test_equal_kernels_stay_equal():
    torch.manual_seed(0)
    net = nn.Sequential(nn.Conv2d(1, 3, 3), nn.ReLU(), nn.Flatten(), nn.Linear(48, 2))
    nn.init.constant_(net[0].weight, 0.1)
    nn.init.constant_(net[0].bias, 0.1)
    nn.init.constant_(net[3].weight, 0.1)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for _ in range(5):
        optimizer.zero_grad()
        nn.functional.cross_entropy(net(torch.randn(8, 1, 6, 6)), torch.arange(8) % 2).backward()
        optimizer.step()
    assert torch.allclose(net[0].weight[0], net[0].weight[1])
    assert not torch.allclose(net[0].weight, torch.full_like(net[0].weight, 0.1))

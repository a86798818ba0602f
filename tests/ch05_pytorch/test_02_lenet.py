"""What section 5.2 claims, against the network, the measured results and the shipped weights."""

import re

import numpy as np
import pytest
import torch
from catalogues import DOCS
from torch import nn

from cnnbook.check.lenet_in_pytorch import inputs
from cnnbook.data import digits
from cnnbook.facts import text, value
from cnnbook.models import weights
from cnnbook.models.lenet import LeNet
from cnnbook.recipes import recipe
from cnnbook.results import results
from cnnbook.train import one_thread

PAGE = (DOCS / "ch05_pytorch" / "02_lenet.md").read_text(encoding="utf-8")
RECIPES = results("mnist")["recipes"]


def eight_lines():
    layers = re.search(r"net = (nn\.Sequential\(.*?^\))", PAGE, flags=re.M | re.S)[1]
    return layers, eval(layers)


def test_the_network_of_the_page():
    layers, net = eight_lines()
    assert len(layers.splitlines()) == 8
    assert sum(p.numel() for p in net.parameters()) == sum(p.numel() for p in LeNet().parameters()) == 61_706
    assert net(torch.zeros(2, 1, 32, 32)).shape == (2, 10)


def test_it_computes_what_the_packages_lenet_computes():
    _, net = eight_lines()
    lenet = LeNet()
    with torch.no_grad():
        for mine, other in zip(net.parameters(), lenet.parameters(), strict=True):
            mine.copy_(other)
    images = torch.rand(4, 1, 32, 32)
    assert torch.allclose(net(images), lenet(images), atol=1e-6)


@pytest.mark.parametrize("side", [28, 32, 64])
def test_exercise_1(side):
    _, net = eight_lines()
    assert net[:7](torch.zeros(1, 1, side, side)).shape == (1, inputs(side))


def test_at_least_three_beginnings():
    for name in ("lenet5-plain", "lenet5", "lenet-plain", "lenet", "compact"):
        assert len(RECIPES[name]["seeds"]) >= 3, name


def test_the_table():
    for name in ("lenet5-plain", "lenet5", "lenet-plain", "lenet", "compact", "compact-minute"):
        each = 100 * np.array(RECIPES[name]["test_error"]["each"])
        assert text(f"mnist-{name}") == f"{each.mean():.2f} ± {each.std(ddof=1):.2f}%"
    assert (text("lenet5-error"), text("lenet5-error-distorted")) == ("0.95%", "0.8%")
    assert value("mnist-lenet5-parameters") == value("lenet5-parameters") == 60_000
    assert value("mnist-lenet-parameters") == 61_706
    assert value("mnist-compact-parameters") <= 62_000


def test_bending_costs_first_and_pays_later():
    for name in ("lenet5", "lenet"):
        plain, bent = RECIPES[f"{name}-plain"], RECIPES[name]
        first = [np.mean([run["history"][0]["accuracy"] for run in one["runs"]]) for one in (plain, bent)]
        assert first[1] < first[0]
        assert bent["test_error"]["mean"] < plain["test_error"]["mean"]


def test_how_the_compact_network_learned():
    assert recipe("compact", "mnist").plain_epochs == RECIPES["compact"]["recipe"]["plain_epochs"] == 2
    minute = RECIPES["compact-minute"]
    assert recipe("compact-minute", "mnist").epochs == minute["epochs"] == 3
    assert recipe("compact-minute", "mnist").plain_epochs == minute["recipe"]["plain_epochs"] == 1
    assert max(minute["seconds"]) < 60


def test_the_race_to_99_percent():
    race = results("mnist_race")
    (example,) = race["example"]["runs"]
    assert (race["goal"], race["threads"], race["at_least"]) == (0.99, 1, False)
    assert value("race-passes") == len(example["passes"])
    accuracies = [one["accuracy"] for one in example["passes"]]
    assert max(accuracies[:-1]) < 0.99 <= accuracies[-1]
    assert all(
        len(run["passes"]) == recipe("compact-moment", "mnist").epochs == 1 for run in race["cnnbook"]["runs"]
    )
    assert value("race-images") == 39_000
    assert value("race-ratio") == race["ratio"] > 20


def test_confusions():
    for run in RECIPES["lenet"]["runs"]:
        confusion = np.array(run["confusion"])
        assert confusion.sum() == 10_000
        assert np.isclose(1 - np.trace(confusion) / 10_000, run["test_error"])
        assert len(run["wrong"]) == 10_000 - np.trace(confusion)
    assert value("mnist-share-of-ones") == 0.1135
    assert value("mnist-pairs-of-half") < 20


def test_how_many_digits():
    """As `cnnbook.data.load` says, without reading the files."""
    assert value("mnist-images-to-learn") - value("mnist-images-kept-apart") == 55_000
    assert value("mnist-images-kept-apart") == 5_000
    assert value("mnist-test-images") == np.sum(RECIPES["lenet"]["runs"][0]["confusion"])
    assert value("others-images") == 1797


def test_digits_of_others():
    assert value("others-as-they-are") > 0.2
    test_error = RECIPES["lenet"]["test_error"]["mean"]
    assert 3 * test_error < value("others-prepared") < value("others-as-they-are") / 4


@one_thread()
def test_the_loop_learns():
    """Leaving out zero_grad still learns, but less (exercise 2 says that nothing warns)."""
    _, net = eight_lines()
    training, held_out = digits(4)
    images, labels = torch.from_numpy(training.images), torch.from_numpy(training.labels)
    optimizer = torch.optim.AdamW(net.parameters(), lr=3e-3)
    generator = torch.Generator().manual_seed(0)
    for _epoch in range(4):
        for rows in torch.randperm(len(labels), generator=generator).split(32):
            loss = nn.functional.cross_entropy(net(images[rows]), labels[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    with torch.no_grad():
        right = net(torch.from_numpy(held_out.images)).argmax(1).numpy() == held_out.labels
    assert right.mean() > 0.9


def test_halves_of_a_batch():
    """Exercise 4: the mean of the gradients of two equal halves is the gradient of the whole."""
    torch.manual_seed(0)
    net, images, labels = LeNet(), torch.rand(100, 1, 32, 32), torch.arange(100) % 10

    def gradient(part):
        loss = nn.functional.cross_entropy(net(images[part]), labels[part])
        return torch.cat([g.flatten() for g in torch.autograd.grad(loss, tuple(net.parameters()))])

    halves = (gradient(slice(0, 50)) + gradient(slice(50, 100))) / 2
    assert torch.allclose(halves, gradient(slice(None)), atol=1e-6)
    uneven = (gradient(slice(0, 10)) + gradient(slice(10, 100))) / 2
    assert not torch.allclose(uneven, gradient(slice(None)), atol=1e-6)


def test_the_commands_exist():
    from typer.testing import CliRunner

    from cnnbook.cli import app

    for command in re.findall(r"^(?:torchrun \S+ \d+ -m )?cnnbook (\w+)", PAGE, flags=re.M):
        assert CliRunner().invoke(app, [command, "--help"]).exit_code == 0, command


def test_weights_of_the_package():
    assert {"lenet", "lenet5"} <= set(weights.names())

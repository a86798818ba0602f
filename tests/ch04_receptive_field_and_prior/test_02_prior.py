"""The claims and numbers of section 4.2: beliefs by hand, and three ways of making a layer."""

import re
from fractions import Fraction
from pathlib import Path
from statistics import mean

import numpy as np
import pytest
import torch
from scipy.stats import entropy

from cnnbook.check import exercises
from cnnbook.data import digits
from cnnbook.experiments.four_tasks import four_tasks
from cnnbook.facts import text
from cnnbook.models.three_ways import WAYS, ThreeWays, layer
from cnnbook.results import results

PAGE = Path(__file__).parents[2] / "docs" / "ch04_receptive_field_and_prior" / "02_prior.md"
LIKELIHOOD = np.array([1, 3, 6])


def posterior(prior, times=1):
    products = [Fraction(int(p)) * int(x) ** times for p, x in zip(prior, LIKELIHOOD, strict=True)]
    return [product / sum(products) for product in products]


def scores(task, way, images="held_out"):
    return [run[images] for run in results("prior")["ways"][way]["runs"][task]]


def test_three_observers_by_hand():
    assert posterior([1, 1, 1]) == [Fraction(n, 10) for n in (1, 3, 6)]
    assert posterior([8, 1, 1]) == [Fraction(n, 17) for n in (8, 3, 6)]
    assert posterior([8, 1, 1], times=2) == [Fraction(n, 53) for n in (8, 9, 36)]
    assert posterior([1, 0, 0], times=1000) == [1, 0, 0]


def test_their_entropies():
    for name, prior in (("weak", [1, 1, 1]), ("strong", [8, 1, 1]), ("certain", [1, 0, 0])):
        spec = ".0f" if name == "certain" else ".2f"
        assert text(f"bits-{name}") == format(float(entropy(prior, base=2)), spec)


def test_a_convolution_is_a_dense_layer_with_zeros_and_equal_weights():
    torch.manual_seed(0)
    shared, dense, local = (layer(way, 2, 3, side=6, kernel=3) for way in ("convolution", "dense", "local"))
    x = torch.randn(4, 2, 6, 6)
    with torch.no_grad():
        pixels = torch.eye(2 * 36).reshape(-1, 2, 6, 6)
        dense.weight.copy_((shared(pixels) - shared(torch.zeros(1, 2, 6, 6))).flatten(1).T)
        dense.bias.copy_(shared.bias.repeat_interleave(36))
        local.weight.copy_(shared.weight.flatten(1).T.expand(36, -1, -1))
        local.bias.copy_(shared.bias[:, None, None].expand(-1, 6, 6))
        torch.testing.assert_close(dense(x), shared(x))
        torch.testing.assert_close(local(x), shared(x))
        assert (dense.weight == 0).float().mean() > 0.7


def test_the_drawn_layer_has_24_12_and_3_free_numbers():
    matrix = np.zeros((4, 6), int)
    for row in range(4):
        matrix[row, row : row + 3] = [1, 2, 3]
    assert matrix.size == 24
    assert (matrix > 0).sum() == 12
    assert len(set(matrix[matrix > 0])) == 3


def test_the_tasks_are_what_the_page_says():
    tasks = four_tasks()
    assert text("prior-training-images") == str(len(digits()[0].labels[::2]))
    for training, held_out in tasks.values():
        assert training.images.shape == (719, 1, 12, 12)
        assert held_out.images.shape == (360, 1, 12, 12)
    for anywhere, shuffled in zip(tasks["anywhere"], tasks["shuffled"], strict=True):
        assert np.array_equal(
            np.sort(anywhere.images.reshape(-1, 144)), np.sort(shuffled.images.reshape(-1, 144))
        )
        assert np.array_equal(anywhere.labels, shuffled.labels)
    images, corners = tasks["corner"][0]
    empty_above = images[:, 0, :4].sum((1, 2)) == 0
    assert np.array_equal(empty_above, corners // 2 == 1)


@pytest.mark.parametrize("way", WAYS)
def test_parameters_as_stated(way):
    model = ThreeWays(way, side=12, classes=10)
    assert text(f"prior-{way}-parameters") == f"{sum(p.numel() for p in model.parameters()):,}"


def test_seven_hundred_times_as_many_parameters():
    ways = results("prior")["ways"]
    assert ways["dense"]["parameters"] > 700 * ways["convolution"]["parameters"]


@pytest.mark.parametrize("task", ["centred", "anywhere", "shuffled", "corner"])
def test_the_numbers_in_the_table(task):
    for way in WAYS:
        found = scores(task, way)
        assert len(found) == 5
        assert text(f"prior-{task}-{way}") == f"{mean(found):.0%} ({min(found):.0%} – {max(found):.0%})"


def test_the_recipe_as_stated():
    assert text("prior-passes") == "30"
    assert (text("prior-rate-low"), text("prior-rate-high")) == ("0.001", "1")
    assert text("prior-rates-apart") == "30"
    assert 0.01 * 360 < 4


def test_digits_in_the_middle():
    means = [mean(scores("centred", way)) for way in WAYS]
    assert 0.97 < min(means) < max(means) < min(means) + 0.01


def test_digits_anywhere():
    assert abs(mean(scores("anywhere", "convolution")) - mean(scores("centred", "convolution"))) < 0.02
    assert min(scores("anywhere", "convolution")) > max(
        scores("anywhere", "dense") + scores("anywhere", "local")
    )


def test_shuffled_pixels():
    assert abs(mean(scores("shuffled", "dense")) - mean(scores("anywhere", "dense"))) < 0.03
    assert abs(mean(scores("shuffled", "local")) - mean(scores("shuffled", "dense"))) < 0.05
    assert min(scores("shuffled", "dense", "training") + scores("shuffled", "local", "training")) == 1
    training = scores("shuffled", "convolution", "training")
    assert text("prior-shuffled-convolution-training") == f"{mean(training):.0%}"
    assert max(training) < 1
    assert mean(scores("shuffled", "convolution")) < 0.6
    assert mean(scores("shuffled", "dense")) > 0.75


def test_corners():
    assert max(scores("corner", "convolution")) < 0.3
    training = scores("corner", "convolution", "training")
    assert text("prior-corner-convolution-training") == f"{mean(training):.0%}"
    assert 0.25 < mean(training) < 0.4
    assert min(scores("corner", "dense") + scores("corner", "local")) > 0.95


def test_shared_weights_cannot_tell_corners_apart():
    images = torch.tensor(four_tasks()["corner"][0].images[:8])
    torch.manual_seed(0)
    for way in WAYS:
        model = ThreeWays(way, side=12, classes=4).eval()
        with torch.no_grad():
            difference = (model(images.roll((4, 4), dims=(2, 3))) - model(images)).abs().max()
        assert (difference < 1e-5) == (way == "convolution")


def test_a_dense_layer_can_be_shuffled_along():
    torch.manual_seed(0)
    dense, order = layer("dense", 1, 2, side=4), torch.randperm(16)
    x = torch.randn(3, 1, 4, 4)
    shuffled = x.flatten(1)[:, order].reshape(x.shape)
    with torch.no_grad():
        before = dense(x)
        dense.weight.copy_(dense.weight[:, order])
        torch.testing.assert_close(dense(shuffled), before)


def test_exercise_1():
    assert posterior([8, 1, 1], times=3) == [Fraction(n, 251) for n in (8, 27, 216)]
    assert posterior([8, 1, 1], times=4) == [Fraction(n, 1385) for n in (8, 81, 1296)]
    assert float(posterior([8, 1, 1], times=3)[2]) < 0.9 < float(posterior([8, 1, 1], times=4)[2])
    assert posterior([1, 1, 1], times=3)[2] == Fraction(216, 244)
    assert float(posterior([1, 1, 1], times=3)[2]) < 0.9 < float(posterior([1, 1, 1], times=4)[2])


def test_exercise_2_is_the_code_on_the_page():
    code = re.search(
        r"```python\n(from math import log2.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.S
    )
    names = {}
    exec(code[1], names)
    for (probabilities,) in exercises()["4.2.2"].cases():
        assert names["entropy"](probabilities) == pytest.approx(float(entropy(probabilities, base=2)))


def test_exercise_4_ink_times_row_tells_how_low_a_digit_stands():
    images, corners = four_tasks()["corner"][0]
    rows = np.linspace(0, 1, 12)[:, None]
    answers = np.maximum(images[:, 0] + rows - 1, 0).mean(
        (1, 2)
    )  # one kernel of 1 x 1 on ink and row, and ReLU
    assert answers[corners // 2 == 1].min() > answers[corners // 2 == 0].mean()

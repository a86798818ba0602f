"""The claims and numbers of section 1.3, against the papers' counts."""

import re
from pathlib import Path

import pytest
import torch
from torch import nn

from cnnbook.check import exercises
from cnnbook.experiments.history import milestones
from cnnbook.facts import text
from cnnbook.facts.published import PUBLISHED
from cnnbook.models.vgg import VGG16

PAGE = Path(__file__).parents[2] / "docs" / "ch01_introduction" / "03_since_lecun.md"
COUNTS = {
    "lecun1989": (9_760, 4),
    "lenet5": (60_000, 6),
    "alexnet": (60_965_224, 8),
    "vgg16": (138_357_544, 16),
    "googlenet": (6_998_552, 22),
    "resnet50": (25_557_032, 50),
    "convnext": (28_589_128, 59),
}


@pytest.mark.parametrize("name", COUNTS)
def test_sizes_and_depths(name):
    size, depth = COUNTS[name]
    assert text(f"{name}-size") == f"{size:,}"
    assert text(f"{name}-depth") == str(depth)


def test_half_as_many_as_in_2012():
    assert 0.4 < COUNTS["convnext"][0] / COUNTS["alexnet"][0] < 0.5


def test_the_count_of_1989_by_hand():
    assert 12 * 25 + 768 == 1_068
    assert 12 * 200 + 192 == 2_592
    assert (30 * 193, 10 * 31) == (5_790, 310)
    assert 1_068 + 2_592 + 5_790 + 310 == 9_760
    assert (12 * 8 * 8, 12 * 4 * 4) == (768, 192)


def test_parameters_fall_and_depth_rises():
    networks = list(milestones().values())
    assert [one.year for one in networks] == sorted(one.year for one in networks)
    assert [one.depth for one in networks] == sorted(one.depth for one in networks)
    assert max(networks, key=lambda one: one.parameters) == milestones()["VGG-16"]


def test_published_errors_have_a_source_and_fall():
    assert all(re.search(r"(19|20)\d\d", source) for *_, source in PUBLISHED.values())
    errors = [PUBLISHED[f"{name}-top5"][0] for name in ("runner-up", "alexnet", "vgg", "googlenet", "resnet")]
    assert errors == sorted(errors, reverse=True) == [0.262, 0.153, 0.073, 0.0667, 0.0357]


def test_vgg_and_googlenet():
    with torch.device("meta"):
        last = sum(p.numel() for p in VGG16().classifier.parameters())
    assert text("vgg16-last-three") == f"{last / 138_357_544:.0%}"
    assert text("vgg16-times-googlenet") == str(round(138_357_544 / 6_998_552))


def test_exercise_1():
    parts = 768 * 26, 192 * 201, 30 * 193, 10 * 31
    assert parts == (19_968, 38_592, 5_790, 310)
    assert sum(parts) == 64_660
    assert (parts[0] + parts[1]) / sum(parts) == pytest.approx(0.9, abs=0.01)
    assert (1_068 + 2_592) / 9_760 < 0.5


def test_exercise_2_is_the_code_on_the_page():
    code = re.search(
        r"```python\n(def bottleneck_saving.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.S
    )
    names = {}
    exec(code[1], names)
    checker = exercises()["1.3.2"]
    for maps, reduced, kernel in checker.cases():
        with torch.device("meta"):
            direct = nn.Conv2d(maps, maps, kernel, bias=False).weight.numel()
            steps = (maps, reduced, 1), (reduced, reduced, kernel), (reduced, maps, 1)
            through = sum(nn.Conv2d(*step, bias=False).weight.numel() for step in steps)
        assert names["bottleneck_saving"](maps, reduced, kernel) == pytest.approx(direct / through)
        assert checker.solution(maps, reduced, kernel) == pytest.approx(direct / through)
    assert (256 * 256 * 9, 2 * 256 * 64 + 64 * 64 * 9) == (589_824, 69_632)
    assert round(589_824 / 69_632, 1) == 8.5


def test_exercise_3():
    assert 25_089 * 4096 + 4097 * 4096 + 4097 * 1000 == 123_642_856
    assert 123_642_856 - 513_000 == 123_129_856
    assert round((138_357_544 - 123_129_856) / 1e6) == 15

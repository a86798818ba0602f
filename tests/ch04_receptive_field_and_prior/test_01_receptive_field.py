"""The claims and numbers of section 4.1, by hand, by formula and by asking networks."""

import re
from itertools import product
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from cnnbook.convolution import sum_distribution
from cnnbook.facts import text
from cnnbook.models import LeNet5
from cnnbook.receptive_field import Conv, Pool, analyze, probe

PAGE = Path(__file__).parents[2] / "docs" / "ch04_receptive_field_and_prior" / "01_receptive_field.md"


def recursion(*layers):
    """The page's formula; layers are (kernel, stride)."""
    size = step = 1
    sizes = []
    for kernel, stride in layers:
        size, step = size + (kernel - 1) * step, step * stride
        sizes.append(size)
    return sizes, step


def reacts(layers, pixels, unit):
    """Which pixels change a unit, found by changing each of them."""
    torch.manual_seed(0)
    model = nn.Sequential(*layers).double()
    image = torch.rand(1, 1, pixels, dtype=torch.double)
    before = model(image)[0, 0, unit]
    changed = []
    for pixel in range(pixels):
        other = image.clone()
        other[0, 0, pixel] += 1
        if model(other)[0, 0, unit] != before:
            changed.append(pixel)
    return changed


def test_the_drawing_by_hand():
    conv = [nn.Conv1d(1, 1, 3) for _ in range(3)]
    assert reacts(conv, 15, 4) == list(range(4, 11))
    assert recursion((3, 1), (3, 1), (3, 1)) == ([3, 5, 7], 1)
    assert 1 + 2 * 111 < 224 <= 1 + 2 * 112


def test_a_stride_in_the_first_layer():
    conv = [nn.Conv1d(1, 1, 3, stride=2), nn.Conv1d(1, 1, 3), nn.Conv1d(1, 1, 3)]
    assert reacts(conv, 15, 1) == list(range(2, 13))
    assert recursion((3, 2), (3, 1), (3, 1))[0] == [3, 7, 11]


def test_lenet5_by_formula_and_by_asking_it():
    assert recursion((5, 1), (2, 2), (5, 1), (2, 2), (5, 1)) == ([5, 6, 14, 16, 32], 4)
    model = LeNet5()
    for name, size in zip(("c1", "s2", "c3.cat", "s4", "c5"), (5, 6, 14, 16, 32), strict=True):
        assert analyze(model, (1, 32, 32), output=name).size == (size, size)
    seen = probe(nn.Sequential(model.c1, model.s2, model.c3, model.s4), (1, 32, 32), method="gradient")
    assert seen.region((2, 2)) == ((8, 23), (8, 23))


def test_dilation_in_the_formula():
    assert analyze([Conv(3, dilation=5)], (1, 40)).size == (5 * (3 - 1) + 1,)


def test_each_pooling_doubles_the_slope():
    for poolings, slope in ((0, 2), (1, 4), (3, 16)):
        every = 12 // (poolings + 1)
        chain = [layer for _ in range(poolings + 1) for layer in [*[Conv(3, padding=1)] * every, Pool(2)]][
            :-1
        ]
        sizes = [f.size[0] for f in analyze(chain, (1, 512)).layers.values()]
        assert sizes[-1] - sizes[-2] == slope


@pytest.mark.parametrize(("name", "size"), [("alexnet", "195"), ("vgg16", "212"), ("resnet50", "427")])
def test_sizes_of_famous_networks(name, size):
    assert text(f"rf-{name}") == size
    assert text(f"rf-{name}-stride") == "32"


def test_older_fields_end_below_the_image_and_newer_ones_beyond():
    sizes = {name: int(text(f"rf-{name}").replace(",", "")) for name in ("googlenet", "convnext")}
    assert min(sizes.values()) > 224
    assert {text(f"rf-{name}-stride") for name in sizes} == {"32"}
    # GoogLeNet by the formula, along its largest path: 3x3 is beaten by 5x5 in every module
    stem = [(7, 2), (3, 2), (1, 1), (3, 1), (3, 2)]
    modules = [(5, 1)] * 2 + [(3, 2)] + [(5, 1)] * 5 + [(3, 2)] + [(5, 1)] * 2
    assert recursion(*stem, *modules)[0][-1] == sizes["googlenet"]
    blocks = [(4, 4)]
    for depth, down in ((3, True), (3, True), (9, True), (3, False)):
        blocks += [(7, 1)] * depth + [(2, 2)] * down
    assert recursion(*blocks)[0][-1] == sizes["convnext"]


def test_resnet50_in_both_variants():
    def stages(last):
        for stage, depth in enumerate((3, 4, 6, 3)):
            for unit in range(depth):
                strided = stage < 3 and unit == depth - 1 if last else stage > 0 and unit == 0
                yield 3, 2 if strided else 1

    assert recursion((7, 2), (3, 2), *stages(last=False))[0][-1] == 427
    assert recursion((7, 2), (3, 2), *stages(last=True))[0][-1] == 483


def test_vgg16_at_the_border():
    # unit u of pool5 sees 32 u - 90 to 32 u + 121, of an image from 0 to 223
    real = np.array([len(set(range(32 * u - 90, 32 * u + 122)) & set(range(224))) for u in range(7)])
    share = np.outer(real, real) / 212**2
    assert (share == 1).sum() == 1
    assert share[3, 3] == 1
    assert text("rf-vgg16-corner") == f"{share[0, 0]:.0%}"


def test_zero_padding_tells_where_the_border_is():
    torch.manual_seed(0)
    model = nn.Sequential(*[nn.Conv2d(1, 1, 3, padding=1) for _ in range(2)])
    answer = model(torch.ones(1, 1, 12, 12))[0, 0].detach().numpy()
    assert np.ptp(answer[2:-2, 2:-2]) < 1e-6
    assert np.ptp(answer) > 1e-3


def test_seven_paths_to_the_middle():
    paths = [0] * 7
    for turns in product((-1, 0, 1), repeat=3):
        paths[3 + sum(turns)] += 1
    assert paths == [1, 3, 6, 7, 6, 3, 1]
    dice = sum_distribution(*[[-1, 0, 1]] * 3)
    assert [dice[s] * 27 for s in range(-3, 4)] == paths


@pytest.mark.parametrize(("depth", "share"), [(5, "66%"), (10, "49%"), (20, "36%"), (40, "26%")])
def test_the_share_of_the_effective_field(depth, share):
    assert text(f"erf-{depth}") == share == f"{4 * (2 * depth / 3) ** 0.5 / (2 * depth + 1):.0%}"


def test_four_deviations_hold_nearly_all_along_a_row():
    weights = sum_distribution(*[[-1, 0, 1]] * 20)
    within = sum(p for s, p in weights.items() if abs(s) <= 2 * (40 / 3) ** 0.5)
    assert within > 0.95


def test_random_weights_have_much_the_same_share():
    assert abs(float(text("erf-random").rstrip("%")) - float(text("erf-20").rstrip("%"))) < 5


def test_exercise_1():
    assert recursion((3, 1), (2, 2), (3, 1), (2, 2), (3, 1))[0] == [3, 4, 8, 10, 18]


def test_exercise_2_is_the_code_on_the_page():
    code = re.search(r"```python\n(def receptive_field.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.S)
    names = {}
    exec(code[1], names)
    assert names["receptive_field"]([(3, 1), (2, 2), (3, 1), (2, 2), (3, 1)]) == (18, 4)
    assert names["receptive_field"]([]) == (1, 1)


def test_exercise_3_three_small_kernels_or_a_large_one():
    assert recursion((3, 1), (3, 1), (3, 1))[0][-1] == recursion((7, 1))[0][-1] == 7
    assert 3 * 9 * 256 * 256 == 1_769_472
    assert 49 * 256 * 256 == 3_211_264


def test_exercise_4_dilations():
    assert analyze([Conv(3, dilation=a) for a in (1, 2, 4, 8)], (1, 64)).size == (31,)
    assert analyze([Conv(3)] * 4, (1, 64)).size == (9,)


def test_the_quiz():
    middle = [3, 1], [3, 1], [3, 1]
    strided = [3, 1], [3, 2], [3, 1]
    before, after = recursion(*middle)[0], recursion(*strided)[0]
    assert before[:2] == after[:2]
    assert after[2] > before[2]
    spread = [(2 * depth / 3) ** 0.5 for depth in (10, 40)]
    assert spread[1] == pytest.approx(2 * spread[0])

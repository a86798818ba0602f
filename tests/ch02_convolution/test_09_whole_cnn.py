"""The claims of section 2.9, the whole CNN."""

import numpy as np
import pytest
import torch
from torch import nn

from cnnbook.facts import text
from cnnbook.models.alexnet import AlexNet
from cnnbook.models.lenet import LeNet
from cnnbook.models.stroke_reader import StrokeReader
from cnnbook.summary import summarize
from cnnbook.wiring import as_matrix


def stroke(column=3, top=1, length=4, speck=False):
    image = torch.zeros(1, 6, 6)
    image[0, top : top + length, column] = 1
    if speck:
        image[0, 4, 5] = 1
    return image


def test_the_five_steps_by_hand():
    maps, after, pooled, row, scores = StrokeReader().steps(stroke(speck=True))
    assert maps[0, 0].tolist() == [-1, -3, 2 + 2 - 1, -3]
    assert maps[0, :, 2].tolist() == [3, 5, 5, 3]
    assert torch.equal(after, maps.clamp(min=0))
    assert (after[1] > 0).sum() == 1
    assert after[1, 3, 3] == 2
    assert pooled.tolist() == [[[0, 5], [0, 5]], [[0, 0], [0, 2]]]
    assert row.tolist() == [0, 5, 0, 5, 0, 0, 0, 2]
    assert scores.tolist() == [10 - 2, -8]


def linear_reader():
    model = StrokeReader()
    return nn.Sequential(model[0], nn.AvgPool2d(2), model[3], model[4])


def test_without_a_bend_the_stroke_cancels_out():
    conv = StrokeReader()[0]
    maps = nn.functional.conv2d(stroke()[None], conv.weight)[0]
    assert maps[0, 1].tolist() == [0, -3, 6, -3]
    assert maps[0].sum(dim=1).tolist() == [0] * 4
    assert conv.weight[0].sum() == 0
    scores = linear_reader()(stroke()[None])[0]
    assert scores.tolist() == [-1.5, 1.5]


def test_without_a_bend_it_is_one_layer():
    model = linear_reader()
    bias = model(torch.zeros(1, 1, 6, 6)).detach().numpy()[0]

    def without_bias(image):
        return model(torch.from_numpy(image).float()[None]).detach().numpy()[0] - bias

    matrix = as_matrix(without_bias, (1, 6, 6))
    assert matrix.shape == (2, 36)
    x = np.random.default_rng(0).random((1, 6, 6))
    np.testing.assert_allclose(matrix @ x.ravel(), without_bias(x), atol=1e-5)


def test_six_strokes_of_each_kind_are_the_same_ink():
    upright = sum(stroke(column, top=0, length=6) for column in range(6))
    level = sum(stroke(row, top=0, length=6).transpose(1, 2) for row in range(6))
    assert torch.equal(upright, level)
    assert torch.equal(upright, torch.ones(1, 6, 6))
    total = sum(linear_reader()(stroke(column, 0, 6)[None])[0] for column in range(6))
    lying = sum(linear_reader()(stroke(row, 0, 6).transpose(1, 2)[None])[0] for row in range(6))
    torch.testing.assert_close(total, lying)
    assert all(
        torch.equal(StrokeReader().steps(stroke(column, 0, 6))[-1].argmax(), torch.tensor(0))
        for column in range(6)
    )


def test_costs_of_the_small_network():
    rows = summarize(StrokeReader(), (1, 6, 6)).layers
    assert [row.parameters for row in rows if row.macs] == [2 * (9 + 1), 2 * 8 + 2]
    assert [row.macs for row in rows if row.macs] == [2 * 16 * 9, 16]
    assert sum(row.parameters for row in rows if not row.macs) == 0
    assert (text("strokes-parameters"), text("strokes-macs")) == ("38", "304")


def test_where_lenets_costs_are():
    c1, c3 = 6 * 26, 16 * 151
    dense = {"f5": 120 * 401, "f6": 84 * 121, "output": 10 * 85}
    parameters = c1 + c3 + sum(dense.values())
    macs = {"c1": 784 * 150, "c3": 100 * 16 * 150, "f5": 48_000, "f6": 84 * 120, "output": 840}
    total = sum(macs.values())
    assert text("lenet-f5-parameters") == f"{dense['f5'] / parameters:.0%}"
    assert text("lenet-f5-macs") == f"{macs['f5'] / total:.0%}"
    assert text("lenet-c1-parameters") == f"{c1 / parameters:.1%}"
    assert text("lenet-c1-macs") == f"{macs['c1'] / total:.0%}"
    assert max(macs, key=macs.get) == "c3"
    assert macs["c3"] > total / 2
    assert total - macs["f5"] > 4 / 5 * total


def test_where_alexnets_costs_are():
    parameters = {name: values.numel() for name, values in AlexNet().named_parameters()}
    convolutions = sum(count for name, count in parameters.items() if name.startswith("features"))
    assert text("alexnet-parameters-in-convolutions") == f"{convolutions / sum(parameters.values()):.0%}"
    dense = 9216 * 4096 + 4096 * 4096 + 4096 * 1000
    share = float(text("alexnet-macs-in-convolutions")[:-1]) / 100
    assert dense / (float(text("alexnet-macs")) * 1e6) == pytest.approx(1 - share, abs=0.006)


def test_maps_become_smaller_and_more_numerous():
    made = LeNet().steps(torch.zeros(1, 1, 32, 32))
    shapes = [tuple(made[name].shape[1:]) for name in ("c1", "s2", "c3", "s4")]
    assert shapes == [(6, 28, 28), (6, 14, 14), (16, 10, 10), (16, 5, 5)]


def test_an_image_of_another_size_breaks_at_the_seam():
    with pytest.raises(RuntimeError, match=r"1x256 and 400x120"):
        LeNet()(torch.zeros(1, 1, 28, 28))


def test_strokes_at_the_side_are_not_seen():
    answers = {column: StrokeReader().steps(stroke(column))[-1].tolist() for column in range(6)}
    assert answers[0] == answers[5] == [0, 0]
    assert all(answers[column][0] > answers[column][1] for column in range(1, 5))


def test_exercise_1():
    *_, row, scores = StrokeReader().steps(stroke(speck=True).transpose(1, 2).contiguous())
    assert row.tolist() == [0, 0, 0, 2, 0, 0, 5, 5]
    assert scores.tolist() == [-8, 8]


def test_exercise_2_relu_and_pooling():
    x = torch.randn(1, 2, 8, 8, generator=torch.Generator().manual_seed(0))
    assert torch.equal(nn.MaxPool2d(2)(x.relu()), nn.MaxPool2d(2)(x).relu())
    assert not torch.allclose(nn.AvgPool2d(2)(x.relu()), nn.AvgPool2d(2)(x).relu())


@pytest.mark.parametrize("side", [6, 7, 32])
def test_exercise_3(side):
    convolved = side - 2
    flat = 2 * (convolved // 2) ** 2
    found = 2 * (9 + 1) + 2 * (flat + 1), 2 * 9 * convolved**2 + 2 * flat
    model = nn.Sequential(nn.Conv2d(1, 2, 3), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(flat, 2))
    summary = summarize(model, (1, side, side))
    assert found == (summary.parameters, summary.totals["macs"])
    assert {6: (38, 304), 32: (922, 17100)}.get(side, found) == found


def test_exercise_4_padding():
    model = StrokeReader()
    padded = nn.Sequential(nn.Conv2d(1, 2, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten())
    padded[0].load_state_dict(model[0].state_dict())
    assert padded[:1](stroke()[None]).shape == (1, 2, 6, 6)
    assert padded[:3](stroke()[None]).shape == (1, 2, 3, 3)
    last = torch.tensor([1.0] * 9 + [-1.0] * 9)
    for length in range(3, 7):
        for top in range(7 - length):
            for column in range(6):
                row = padded(stroke(column, top, length)[None])[0]
                assert row.shape == (18,)
                assert row[:9].max() == 5
                assert row @ last > 0

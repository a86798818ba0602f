"""The claims of section 2.5, the details of a layer."""

from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from cnnbook.arithmetic import output_length
from cnnbook.facts import text
from cnnbook.functional import conv2d, conv2d_backward

CROSS = np.eye(6) + np.eye(6)[::-1]
FALLING = 2 * np.eye(3) - 1
RISING = FALLING[:, ::-1]


def layer(image, *kernels, **options):
    weight = torch.tensor(np.stack(kernels))[:, None].double()
    return torch.nn.functional.conv2d(torch.tensor(image)[None].double(), weight, **options).numpy()


def test_the_first_two_places_by_hand():
    first, second = CROSS[:3, :3], CROSS[:3, 1:4]
    assert (first[FALLING > 0].sum(), first[FALLING < 0].sum()) == (3, 0)
    assert (second[FALLING > 0].sum(), second[FALLING < 0].sum()) == (1, 2)


def test_the_two_maps():
    falling, rising = layer(CROSS, FALLING, RISING)
    assert falling.tolist() == [[3, -1, -3, -1], [-1, 1, -3, -3], [-3, -3, 1, -1], [-1, -3, -1, 3]]
    assert falling.size == 16
    np.testing.assert_array_equal(rising, falling[:, ::-1])
    assert np.argwhere(falling == 3).tolist() == [[0, 0], [3, 3]]
    assert falling[1, 1] == falling[2, 2] == 1  # in the middle of the cross


def test_two_channels_by_hand():
    x = np.array([[[1.0, 0, 2], [0, 1, 0], [2, 0, 1]], [[0, 1, 1], [1, 0, 1], [1, 1, 0]]])
    kernel = np.array([[[1.0, 0], [0, 1]], [[1, -1], [0, 0]]])
    parts = np.stack([layer(plane, part)[0] for plane, part in zip(x, kernel, strict=True)])
    assert parts.tolist() == [[[2, 0], [0, 2]], [[-1, 0], [1, -1]]]
    assert conv2d(x, kernel[None])[0].tolist() == parts.sum(axis=0).tolist() == [[1, 0], [1, 1]]


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 4), st.integers(1, 4), st.integers(1, 3), st.integers(1, 3))
def test_k_maps_of_added_slices(K, C, R, S):
    rng = np.random.default_rng(0)
    x, kernels = rng.standard_normal((C, 5, 6)), rng.standard_normal((K, C, R, S))
    output = conv2d(x, kernels)
    assert output.shape == (K, 6 - R, 7 - S)
    for k in range(K):
        slices = [layer(x[c], kernels[k, c])[0] for c in range(C)]
        np.testing.assert_allclose(output[k], sum(slices), atol=1e-12)
    module = torch.nn.Conv2d(C, K, (R, S))
    assert sum(p.numel() for p in module.parameters()) == K * C * R * S + K


def test_parameters_as_stated():
    for name, module in {
        "colour": torch.nn.Conv2d(3, 6, 5),
        "second": torch.nn.Conv2d(6, 16, 5),
    }.items():
        count = sum(p.numel() for p in module.parameters())
        assert text(f"details-{name}-parameters") == f"{count:,}"
    assert text("details-colour-parameters") == "456"
    assert text("details-second-parameters") == "2,416"


def test_two_slices_can_cancel():
    edge, flat = np.tile([0.0, 0, 1, 1], (4, 1)), np.ones((4, 4))
    unlike = np.array([[[[-1.0, 1]], [[1, -1]]]])
    assert not conv2d(np.stack([edge, edge]), unlike).any()
    assert conv2d(np.stack([edge, flat]), unlike).any()


def test_a_stride_of_two_costs_a_quarter():
    every, second = (
        layer(np.ones((9, 9)), FALLING, padding=1),
        layer(np.ones((8, 8)), FALLING, padding=1, stride=2),
    )
    assert every[0].shape == (9, 9)
    assert second[0].size == 64 / 4


def test_six_inputs_with_stride_2():
    assert layer(CROSS, FALLING, stride=2)[0].shape == (2, 2)
    read = {2 * p + r for p in range(2) for r in range(3)}
    assert read == {0, 1, 2, 3, 4}  # 5 is left over, and a third window would need 6
    assert 2 * 2 + 2 == 6


def test_pixels_that_are_not_read():
    spoiled = CROSS.copy()
    spoiled[5], spoiled[:, 5] = 99, 99
    np.testing.assert_array_equal(layer(CROSS, FALLING, stride=2), layer(spoiled, FALLING, stride=2))
    assert text("details-unread") == "11" == str(int((spoiled == 99).sum()))
    assert text("details-unread-share") == f"{11 / 36:.0%}"


def test_in_how_many_windows_a_pixel_takes_part():
    for padding, corner in ((0, 1), (1, 4)):
        size = output_length(6, 3, padding=padding)
        counts = conv2d_backward(
            np.ones((1, size, size)), CROSS[None], np.ones((1, 1, 3, 3)), padding=padding
        )[0][0]
        assert counts[0, 0] == corner
        assert counts[2, 2] == 9


@given(st.integers(1, 60), st.sampled_from([1, 3, 5, 7, 9]))
def test_padding_that_keeps_the_size(length, kernel):
    assert output_length(length, kernel, padding=(kernel - 1) // 2) == length
    if length >= kernel:
        assert output_length(length, kernel) == length - (kernel - 1)


def test_shrinking_from_layer_to_layer():
    rows = [28]
    while rows[-1] >= 5:
        rows.append(output_length(rows[-1], 5))
    assert rows == [28, 24, 20, 16, 12, 8, 4]


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 12), st.integers(1, 5), st.integers(1, 4), st.integers(0, 3), st.integers(1, 3))
def test_the_formula_is_what_torch_does(n, k, s, p, d):
    window = d * (k - 1) + 1
    expected = max(0, (n + 2 * p - window) // s + 1)
    x, w = torch.zeros(1, 1, n), torch.zeros(1, 1, k)
    if expected:
        assert torch.nn.functional.conv1d(x, w, stride=s, padding=p, dilation=d).shape[-1] == expected
        read = {i * s + r * d for i in range(expected) for r in range(k)}
        left_over = n + 2 * p - 1 - max(read)
        assert left_over == (n + 2 * p - window) % s
    else:
        with pytest.raises(RuntimeError):
            torch.nn.functional.conv1d(x, w, stride=s, padding=p, dilation=d)


def test_a_layer_that_does_not_come_out_even_is_valid():
    assert torch.nn.functional.conv1d(
        torch.zeros(1, 1, 4), torch.zeros(1, 1, 3), padding=1, stride=2
    ).shape == (1, 1, 2)
    assert (4 + 2 - 3) % 2 == 1
    for even in range(2, 50, 2):
        assert output_length(even, 3, padding=1, stride=2) == even / 2


def test_sizes_that_are_printed():
    assert output_length(224, kernel=3, padding=1, stride=2) == 112
    assert output_length(5, 3, stride=2) == output_length(6, 3, stride=2)


def test_alexnet_rounds_up():
    assert text("details-alexnet-floor") == str((224 - 11) // 4 + 1) == "54"
    assert text("details-alexnet-ceil") == str(-(-(224 - 11) // 4) + 1) == "55"
    pool = torch.nn.MaxPool1d(11, 4, ceil_mode=True)
    assert pool(torch.zeros(1, 1, 224)).shape[-1] == 55


def test_dilation_counts_steps():
    assert torch.nn.Conv2d(1, 1, 3).dilation == (1, 1)
    for d in range(1, 5):
        assert output_length(20, 3, dilation=d) == output_length(20, 2 * d + 1)


def test_exercise_1_in_the_middle_of_the_cross():
    window = CROSS[1:4, 1:4]
    assert window.tolist() == [[1, 0, 0], [0, 1, 1], [0, 1, 1]]
    assert (window[RISING > 0].sum(), window.sum()) == (1, 5)
    assert layer(CROSS, RISING)[0][1, 1] == -3


def test_exercise_2_the_printed_solution():
    page = Path(__file__).parents[2] / "docs/ch02_convolution/05_details.md"
    names = {}
    exec(page.read_text(encoding="utf-8").split("```python\n")[1].split("```")[0], names)
    assert names["out"](4, 3, 2, 1, 1) == 2
    assert names["out"](1, 9, 1, 0, 1) == 0
    for short in range(1, 4):
        assert names["out"](7 - short, 7, 3, 0, 1) == (7 - short - 7) // 3 + 1 == 0
    for n in range(1, 30):
        for s in (1, 2, 3):
            assert names["out"](n, 3, s, 1, 1) == output_length(n, 3, s, 1)


def test_exercise_3_parameters():
    assert sum(p.numel() for p in torch.nn.Conv2d(32, 64, 3).parameters()) == 64 * 32 * 9 + 64 == 18_496
    assert sum(p.numel() for p in torch.nn.Conv2d(32, 64, 5).parameters()) == 64 * 32 * 25 + 64 == 51_264


@pytest.mark.parametrize(("kernel", "padding", "unread"), [(2, 0, 0), (3, 1, 0), (5, 2, 0), (1, 0, 16)])
def test_exercise_4_layers_that_halve(kernel, padding, unread):
    assert output_length(32, kernel, stride=2, padding=padding) == 16
    read = {2 * i - padding + r for i in range(16) for r in range(kernel)}
    assert len(set(range(32)) - read) == unread


def test_exercise_5_the_order():
    one, two = torch.nn.Conv2d(1, 1, 3, padding=1), torch.nn.Conv2d(1, 1, 3, stride=2, padding=1)
    x = torch.zeros(1, 1, 32, 32)
    assert two(one(x)).shape == one(two(x)).shape == (1, 1, 16, 16)
    assert one(x).numel() == 4 * one(two(x)).numel()


def test_quiz():
    assert conv2d(np.ones((4, 5, 5)), np.ones((8, 4, 3, 3))).shape[0] == 8
    assert output_length(8, 3, stride=2) == 3
    assert 2 * 2 + 2 == 6  # the last window ends at input 6

"""Output sizes against published examples and against PyTorch."""

import subprocess
import sys

import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st

from cnnbook.arithmetic import (
    effective_kernel,
    output_length,
    padding_pair,
    same_padding,
    transposed_length,
)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"length": 32, "kernel": 5}, 28),  # LeNet-5, C1
        ({"length": 28, "kernel": 2, "stride": 2}, 14),  # LeNet-5, S2
        ({"length": 227, "kernel": 11, "stride": 4}, 55),  # AlexNet as usually retold
        ({"length": 224, "kernel": 11, "stride": 4, "ceil_mode": True}, 55),  # AlexNet as it was
        ({"length": 4, "kernel": 3, "stride": 2, "padding": 1}, 2),  # two columns left over: still a layer
        ({"length": 4, "kernel": 3, "stride": 2, "padding": (0, 1)}, 2),
        ({"length": 7, "kernel": 3, "dilation": 3}, 1),
    ],
)
def test_known_lengths(arguments, expected):
    assert output_length(**arguments) == expected


def test_effective_kernel_counts_the_holes():
    assert [effective_kernel(3, d) for d in (1, 2, 3)] == [3, 5, 7]


def test_ceil_mode_drops_a_window_that_starts_in_the_right_padding():
    assert output_length(3, kernel=1, stride=2, padding=0, ceil_mode=True) == 2
    assert output_length(2, kernel=1, stride=2, padding=0, ceil_mode=True) == 1
    assert output_length(3, kernel=2, stride=2, padding=1, ceil_mode=True) == 2


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: output_length(2, 3),
            r"a window of 3 \(kernel 3, dilation 1\) does not fit into 2 positions",
        ),
        (lambda: output_length(9, 0), "output_length: kernel must be at least 1, got 0"),
        (lambda: output_length(9, 3, stride=0), "stride must be at least 1, got 0"),
        (lambda: output_length(9, 3, padding=(0, -1)), "padding must be at least 0, got -1"),
        (lambda: effective_kernel(3, 0), "effective_kernel: dilation must be at least 1"),
        (lambda: transposed_length(4, 3, output_padding=1), "output_padding must be smaller than stride"),
        (lambda: transposed_length(1, 1, padding=1), "nothing is left"),
    ],
)
def test_what_is_out_of_range_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize("value", [2.0, "2", None, True])
def test_only_integers_are_lengths(value):
    with pytest.raises(TypeError, match="length must be an integer"):
        output_length(value, 1)


def test_the_standard_library_is_enough():
    code = "import cnnbook.arithmetic, sys; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


SMALL = st.integers(1, 6)


@given(st.integers(1, 40), SMALL, SMALL, st.integers(0, 6), SMALL)
def test_output_length_is_pytorchs(length, kernel, stride, padding, dilation):
    assume(length + 2 * padding >= effective_kernel(kernel, dilation))
    theirs = torch.nn.functional.conv1d(
        torch.zeros(1, 1, length), torch.zeros(1, 1, kernel), None, stride, padding, dilation
    )
    assert output_length(length, kernel, stride, padding, dilation) == theirs.shape[-1]


@given(st.integers(1, 40), SMALL, SMALL, st.integers(0, 3), SMALL)
def test_ceil_mode_is_pytorchs(length, kernel, stride, padding, dilation):
    assume(length + 2 * padding >= effective_kernel(kernel, dilation) and 2 * padding <= kernel)
    theirs = torch.nn.functional.max_pool1d(
        torch.zeros(1, 1, length), kernel, stride, padding, dilation, ceil_mode=True
    )
    assert output_length(length, kernel, stride, padding, dilation, ceil_mode=True) == theirs.shape[-1]


@given(st.integers(1, 9), SMALL, SMALL, st.integers(0, 3), st.integers(0, 5), SMALL)
def test_transposed_length_undoes_output_length(length, kernel, stride, padding, extra, dilation):
    assume(extra < stride)
    assume((length - 1) * stride - 2 * padding + effective_kernel(kernel, dilation) >= 1)
    longer = transposed_length(length, kernel, stride, padding, extra, dilation)
    assert output_length(longer, kernel, stride, padding, dilation) == length


@given(SMALL, SMALL, st.integers(1, 20))
def test_same_padding_keeps_the_length(kernel, dilation, length):
    before, after = same_padding(kernel, dilation)
    assert after - before in (0, 1)
    assert output_length(length, kernel, padding=(before, after), dilation=dilation) == length
    assert padding_pair((before, after)) == (before, after)

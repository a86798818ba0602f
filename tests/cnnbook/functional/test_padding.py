import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnbook import functional

MODES = ("constant", "reflect", "replicate", "circular")


def test_rows_done_by_hand():
    row = np.array([[1, 2, 3, 4]])
    for mode, pair, expected in [
        ("constant", (2, 1), [0, 0, 1, 2, 3, 4, 0]),
        ("reflect", (2, 1), [3, 2, 1, 2, 3, 4, 3]),
        ("replicate", (2, 1), [1, 1, 1, 2, 3, 4, 4]),
        ("circular", (2, 1), [3, 4, 1, 2, 3, 4, 1]),
        ("constant", (-1, 1), [2, 3, 4, 0]),
        ("reflect", (1, -2), [2, 1, 2]),
        ("circular", (-1, 1), [2, 3, 4, 2]),
    ]:
        np.testing.assert_array_equal(functional.pad(row, pair, mode), [expected])


def test_agrees_with_numpy():
    image = np.arange(24.0).reshape(1, 1, 4, 6)
    widths = ((0, 0), (0, 0), (3, 2), (1, 4))
    for ours, theirs in zip(MODES, ("constant", "reflect", "edge", "wrap"), strict=True):
        np.testing.assert_array_equal(
            functional.pad(image, (1, 4, 3, 2), ours), np.pad(image, widths, theirs)
        )


def test_nothing_to_pad_gives_a_copy():
    image = np.ones((1, 2, 2))
    for mode in MODES:
        padded = functional.pad(image, (0, 0), mode)
        assert not np.shares_memory(padded, image)
        gradient = functional.pad_backward(image, image, (0, 0), mode)
        np.testing.assert_array_equal(gradient, image)
        assert not np.shares_memory(gradient, image)


def test_refusals():
    image = np.zeros((1, 3, 3))
    for arguments, message in [
        (((1,),), r"pad must be two integers for each of at most 3 axes, got \(1,\)"),
        (((1,) * 8,), "pad must be two integers for each of at most 3 axes"),
        (((1.5, 1),), "pad must be an integer, got 1.5"),
        ((3,), "pad must be a sequence of integers, got 3"),
        (((1, 1), "mirror"), "mode must be one of .*, got 'mirror'"),
        (((-4, 0),), r"pad \(-4, 0\) would leave shape \(1, 3, -1\) of \(1, 3, 3\)"),
        (((3, 0), "reflect"), "mode 'reflect' cannot pad 3 values by 3 and 0"),
        (((0, 4), "circular"), "mode 'circular' cannot pad 3 values by 0 and 4"),
        (((2, -2), "circular"), "mode 'circular' cannot pad 3 values by 2 and -2"),
        (((1, 1), "reflect", 1.0), "mode 'reflect' takes no value, got 1.0"),
        (((1, 1, 1, 1, 1, 1), "replicate"), "mode 'replicate' pads 1 to 3 axes of an input with one or two"),
        (((-3, 0), "replicate"), r"mode 'replicate' cannot make \(0,\) of shape \(1, 3, 3\)"),
        (((2**40, 2**40),), "output of shape .* would need .* GiB"),
    ]:
        with pytest.raises((ValueError, TypeError), match=f"^pad: {message}"):
            functional.pad(image, *arguments)
    with pytest.raises(TypeError, match="pad: mode 'reflect' needs numbers, got dtype bool"):
        functional.pad(image.astype(bool), (1, 1), "reflect")
    with pytest.raises(TypeError, match="pad: input must hold numbers or booleans, got dtype <U1"):
        functional.pad(["a"], (1, 1))


@pytest.mark.parametrize("dtype", [np.int64, np.uint8, np.bool_, np.complex128, np.float16])
def test_other_dtypes_as_in_pytorch(dtype, against_torch):
    image = np.arange(9).reshape(1, 3, 3).astype(dtype)
    against_torch("pad", image, (1, 2), "circular", gradients="")
    against_torch("pad", image, (1, -2, 1, 0), "constant", 1.0, gradients="")


@st.composite
def paddings(draw):
    """Return a shape, and padding that the mode allows for it."""
    mode = draw(st.sampled_from(MODES))
    axes = draw(st.integers(1, 3))
    leading = draw(st.sampled_from([(2,), (1, 2), (0, 2)]))
    lengths = draw(st.tuples(*[st.integers(2, 5)] * axes))
    pairs = []
    for length in lengths:
        before = draw(st.integers(-1, length - 1))
        largest = {"reflect": length - 1, "circular": length + min(0, before)}.get(mode, 6)
        pairs.insert(0, (min(before, largest), draw(st.integers(0, largest))))
    return (*leading, *lengths), tuple(number for pair in pairs for number in pair), mode


@given(paddings(), st.sampled_from([np.float32, np.float64]), st.integers(0, 2**32))
def test_agrees_with_pytorch(against_torch, numbers, padding, dtype, seed):
    shape, pad, mode = padding
    against_torch("pad", numbers(seed, shape, dtype), pad, mode)


@given(st.lists(st.integers(2, 4), min_size=1, max_size=4), st.data(), st.integers(0, 2**32))
def test_any_constant_on_any_axes_agrees_with_pytorch(against_torch, numbers, shape, data, seed):
    axes = data.draw(st.integers(0, len(shape)))
    pad = data.draw(st.tuples(*[st.integers(-1, 3)] * (2 * axes)))
    against_torch("pad", numbers(seed, shape), pad, "constant", data.draw(st.floats(-5, 5)))

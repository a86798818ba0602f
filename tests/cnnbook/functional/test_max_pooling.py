import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cnnbook import functional

DTYPES = st.sampled_from([np.float16, np.float32, np.float64])


def test_values_and_places_done_by_hand():
    image = np.array([[[1.0, 5.0, 5.0], [0.0, 5.0, 2.0], [7.0, 7.0, 7.0]]])
    values, indices = functional.max_pool2d(image, 2, stride=1, return_indices=True)
    np.testing.assert_array_equal(values, [[[5, 5], [7, 7]]])
    np.testing.assert_array_equal(indices, [[[1, 1], [6, 7]]])  # of equal values the first, row by row


def test_overlapping_windows_add_up_their_gradients():
    gradient = functional.max_pool1d_backward([[1.0, 2.0, 4.0]], [[0.0, 3.0, 1.0, 9.0, 2.0]], 3, stride=1)
    np.testing.assert_array_equal(gradient, [[0, 1, 0, 6, 0]])


def test_saved_indices_give_the_same_gradient_as_finding_them_again():
    image = np.random.default_rng(0).standard_normal((2, 3, 8, 9))
    output, indices = functional.max_pool2d(image, 3, 2, 1, return_indices=True)
    again = functional.max_pool2d_backward(output, image, 3, 2, 1)
    np.testing.assert_array_equal(
        functional.max_pool2d_backward(output, image, 3, 2, 1, indices=indices), again
    )


def test_many_planes_and_large_windows(against_torch):
    """More planes than go through at once, and more values in a window than a byte can number."""
    rng = np.random.default_rng(0)
    against_torch(
        "max_pool2d", rng.standard_normal((3, 70, 40, 40)).astype(np.float32), 3, 2, 1, return_indices=True
    )
    against_torch("max_pool2d", rng.standard_normal((2, 1, 40, 40)), 17, 3, return_indices=True)


@pytest.mark.parametrize("dtype", [np.uint8, np.int8, np.int16, np.int32, np.int64])
def test_integers_as_in_pytorch(dtype, against_torch):
    image = np.arange(-8, 8).astype(dtype).reshape(1, 4, 4)
    against_torch("max_pool2d", image, 3, 2, 1, return_indices=True, gradients="")
    against_torch("max_pool3d", image[np.newaxis], (1, 2, 2), return_indices=True, gradients="")
    with pytest.raises(TypeError, match="max_pool1d: input must hold floating-point numbers"):
        functional.max_pool1d(image, 2)


def test_refusals():
    image = np.zeros((1, 4, 4))
    for arguments, message in [
        ((0,), "kernel_size must be at least 1, got 0"),
        ((2, 0), "stride must be at least 1, got 0"),
        ((2, 2, 2), "padding must be at most half of kernel_size, got padding 2 and kernel_size 2"),
        ((2, 2, -1), "padding must be at least 0, got -1"),
        ((5,), "kernel_size 5 with dilation 1 spans 5 values and does not fit into 4 plus padding 0"),
        (((2, 2, 2),), "kernel_size must be one integer or 2 of them"),
        ((2.0,), "kernel_size must be an integer, got 2.0"),
        ((2, 2, 0, 0), "dilation must be at least 1, got 0"),
        ((2, 2, 0, 1, 1), "ceil_mode must be True or False, got 1"),
    ]:
        with pytest.raises((ValueError, TypeError), match=f"^max_pool2d: {message}"):
            functional.max_pool2d(image, *arguments)
    with pytest.raises(ValueError, match="max_pool2d: input must have 4 dimensions"):
        functional.max_pool2d(np.zeros((4, 4)), 2)
    with pytest.raises(ValueError, match="max_pool2d: input may be empty only along the batch axis"):
        functional.max_pool2d(np.zeros((1, 0, 4, 4)), 2)
    with pytest.raises(TypeError, match="max_pool2d: input must hold real numbers, got dtype complex128"):
        functional.max_pool2d(image * 1j, 2)


def test_the_backward_refuses_indices_that_do_not_fit():
    image, gradient = np.zeros((1, 4, 4)), np.ones((1, 2, 2))
    for indices, message in [
        (np.zeros((1, 2, 2), np.int32), "indices must be int64, got int32"),
        (np.zeros((1, 2, 3), int), r"indices must have shape \(1, 2, 2\), got \(1, 2, 3\)"),
        (np.full((1, 2, 2), 16), "indices must be from 0 to 15, got 16 to 16"),
        (np.full((1, 2, 2), -1), "indices must be from 0 to 15, got -1 to -1"),
    ]:
        with pytest.raises((ValueError, TypeError), match=f"^max_pool2d_backward: {message}"):
            functional.max_pool2d_backward(gradient, image, 2, indices=indices)


def test_a_window_that_holds_no_value_has_no_index():
    arguments = ([[1.0, 2.0]], 2, 1, 1, 3)  # reads the positions -1 and 2 of a sequence of two
    np.testing.assert_array_equal(functional.max_pool1d(*arguments), [[-np.inf]])
    with pytest.raises(ValueError, match="max_pool1d: a window lies wholly in holes and padding"):
        functional.max_pool1d(*arguments, return_indices=True)


@st.composite
def poolings(draw, dilated=True):
    """Return the number of axes, an input shape, and arguments of a pooling that fits it."""
    n = draw(st.integers(1, 3))
    each = st.tuples(*[st.integers(1, 3)] * n)
    kernel, stride = draw(each), draw(each)
    dilation = draw(each) if dilated else (1,) * n
    padding = tuple(draw(st.integers(0, k // 2)) for k in kernel)
    spans = [d * (k - 1) + 1 for k, d in zip(kernel, dilation, strict=True)]
    lengths = [draw(st.integers(max(1, s - 2 * p), s + 4)) for s, p in zip(spans, padding, strict=True)]
    leading = draw(st.sampled_from([(2,), (1, 2), (3, 2), (0, 2)]))
    return n, (*leading, *lengths), kernel, stride, padding, dilation, draw(st.booleans())


@given(poolings(), DTYPES, st.integers(0, 2**32))
def test_agrees_with_pytorch(against_torch, numbers, pooling, dtype, seed):
    n, shape, *arguments = pooling
    image = numbers(seed, shape, dtype)
    assume(np.isfinite(getattr(functional, f"max_pool{n}d")(image, *arguments)).all())  # no empty windows
    against_torch(f"max_pool{n}d", image, *arguments, return_indices=True)


@given(poolings(), DTYPES, st.integers(0, 2**32))
def test_numbers_that_are_not_finite_pass_as_in_pytorch(against_torch, numbers, pooling, dtype, seed):
    n, shape, kernel, stride, padding, _, ceil_mode = pooling
    image = numbers(seed, shape, dtype, special=True)
    arguments = (kernel, stride, padding, 1, ceil_mode)
    assume(all(length + 2 * p >= k for length, k, p in zip(shape[-n:], kernel, padding, strict=True)))
    against_torch(f"max_pool{n}d", image, *arguments, return_indices=True)

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnbook import functional

DTYPES = st.sampled_from([np.float32, np.float64])


def test_values_done_by_hand():
    image = np.array([[[1.0, 2.0, 6.0], [3.0, 6.0, 0.0], [4.0, 4.0, 4.0]]])
    np.testing.assert_array_equal(functional.avg_pool2d(image, 2, 1), [[[3, 3.5], [4.25, 3.5]]])
    np.testing.assert_array_equal(functional.avg_pool2d(image, 3, divisor_override=2), [[[15]]])


def test_three_ways_to_count_a_window_at_the_edge():
    row = np.array([[4.0, 8.0, 8.0, 8.0]])
    options = {"kernel_size": 3, "stride": 3, "padding": 1, "ceil_mode": True}
    np.testing.assert_allclose(functional.avg_pool1d(row, **options), [[4, 16 / 3]])
    np.testing.assert_allclose(functional.avg_pool1d(row, **options, count_include_pad=False), [[6, 8]])
    hanging_over = functional.avg_pool1d(row, 3, 3, ceil_mode=True)
    np.testing.assert_allclose(hanging_over, [[20 / 3, 8]])  # what hangs over is not counted


def test_integers_are_rounded_towards_zero_as_in_pytorch(against_torch):
    image = np.arange(-8, 8).reshape(1, 4, 4)
    against_torch("avg_pool2d", image, 2, 1, gradients="")
    against_torch("avg_pool2d", image, 2, 1, divisor_override=-3, gradients="")
    large = np.array([[2**60 + 1, 0]])
    np.testing.assert_array_equal(functional.avg_pool1d(large, 2), [[2**59]])
    with pytest.raises(TypeError, match="avg_pool2d: input must be floating-point or int64, got int32"):
        functional.avg_pool2d(image.astype(np.int32), 2)


def test_refusals():
    image = np.zeros((1, 4, 4))
    with pytest.raises(ValueError, match="avg_pool2d: divisor_override must not be 0"):
        functional.avg_pool2d(image, 2, divisor_override=0)
    with pytest.raises(TypeError, match=r"avg_pool2d: divisor_override must be an integer, got 1.5"):
        functional.avg_pool2d(image, 2, divisor_override=1.5)
    with pytest.raises(TypeError, match="avg_pool2d: count_include_pad must be True or False, got 1"):
        functional.avg_pool2d(image, 2, count_include_pad=1)
    with pytest.raises(ValueError, match="avg_pool3d: padding must be at most half of kernel_size"):
        functional.avg_pool3d(image[np.newaxis], 1, padding=1)
    with pytest.raises(ValueError, match="avg_pool3d: kernel_size 5 must not be larger than the input"):
        functional.avg_pool3d(np.zeros((1, 6, 6, 4)), 5, padding=1)
    with pytest.raises(ValueError, match="avg_pool2d_backward: grad_output must have the output's shape"):
        functional.avg_pool2d_backward(np.ones((1, 3, 3)), image, 2)


@st.composite
def poolings(draw):
    n = draw(st.integers(1, 3))
    each = st.tuples(*[st.integers(1, 4)] * n)
    kernel, stride = draw(each), draw(each)
    padding = tuple(draw(st.integers(0, k // 2)) for k in kernel)
    shortest = [k if n == 3 else max(1, k - 2 * p) for k, p in zip(kernel, padding, strict=True)]
    lengths = [draw(st.integers(length, length + 4)) for length in shortest]
    leading = draw(st.sampled_from([(2,), (1, 2), (3, 2), (0, 2)]))
    arguments = (kernel, stride, padding, draw(st.booleans()), draw(st.booleans()))
    if n > 1:
        arguments += (draw(st.sampled_from([None, 1, 5, -2])),)
    return n, (*leading, *lengths), arguments


@given(poolings(), DTYPES, st.integers(0, 2**32))
def test_agrees_with_pytorch(against_torch, numbers, pooling, dtype, seed):
    n, shape, arguments = pooling
    against_torch(f"avg_pool{n}d", numbers(seed, shape, dtype), *arguments)


@given(poolings(), st.integers(0, 2**32))
def test_numbers_that_are_not_finite_pass_as_in_pytorch(against_torch, numbers, pooling, seed):
    n, shape, arguments = pooling
    against_torch(f"avg_pool{n}d", numbers(seed, shape, special=True), *arguments, gradients="")


def test_half_precision_agrees_with_pytorch(against_torch, numbers):
    against_torch("avg_pool2d", numbers(0, (2, 3, 6, 6), np.float16), 3, 2, 1)


@given(poolings(), st.integers(0, 2**32))
def test_the_backward_is_the_transpose_of_the_forward(numbers, pooling, seed):
    n, shape, arguments = pooling
    x = numbers(seed, shape)
    y = getattr(functional, f"avg_pool{n}d")(x, *arguments)
    g = numbers(seed + 1, y.shape)
    back = getattr(functional, f"avg_pool{n}d_backward")(g, x, *arguments)
    assert np.vdot(y, g) == pytest.approx(np.vdot(x, back), abs=1e-9)

"""Convolution as mathematics: by hand, against NumPy and SciPy, and by its own laws."""

from fractions import Fraction
from itertools import product
from math import inf

import numpy as np
import pytest
import scipy.linalg
import scipy.ndimage
import scipy.signal
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from cnnbook.convolution import (
    MODES,
    convolution_matrix,
    convolve,
    convolve_functions,
    correlate,
    sum_distribution,
)


def test_two_dice_by_counting_squares():
    rolls = [a + b for a, b in product(range(1, 7), repeat=2)]
    sums = sum_distribution(range(1, 7), range(1, 7))
    assert sums == {total: Fraction(rolls.count(total), 36) for total in range(2, 13)}
    assert sums[4] == Fraction(3, 36) == Fraction(1, 12)


def test_polynomials_multiply_by_convolution():
    assert convolve([1, 1], [1, -1]).tolist() == [1, 0, -1]  # (1 + x)(1 - x) = 1 - x^2


def test_two_dimensions_by_hand():
    assert convolve([[1, 2], [3, 4]], [[0, 1], [10, 0]]).tolist() == [[0, 1, 2], [10, 23, 4], [30, 40, 0]]


def test_correlation_matches_convolution_only_for_a_symmetric_kernel():
    f = [3, 1, 4, 1, 5]
    assert correlate(f, [1, 2, 1]).tolist() == convolve(f, [1, 2, 1]).tolist()
    assert correlate(f, [1, 0, -1]).tolist() != convolve(f, [1, 0, -1]).tolist()


def test_big_integers_and_fractions_stay_exact():
    big = np.array([10**30, 1], dtype=object)
    assert convolve(big, big).tolist() == [10**60, 2 * 10**30, 1]
    third = np.array([Fraction(1, 3)] * 3)
    assert convolve(third, third)[2] == Fraction(1, 3)
    assert correlate(third, third, "valid").tolist() == [Fraction(1, 3)]


def test_weights_are_normalised_and_values_may_have_gaps():
    assert sum_distribution({0: 3, 10: 1}) == {0: Fraction(3, 4), 10: Fraction(1, 4)}
    assert sum_distribution({0: 0.5, 10: 0.5}, [1]) == {1: 0.5, 11: 0.5}
    assert sum_distribution([1, 1, 2])[1] == Fraction(2, 3)


def test_modes_are_scipys():
    rng = np.random.default_rng(0)
    for dims, mode in product((1, 2, 3), MODES):
        f = rng.normal(size=(7, 6, 5)[:dims])
        g = rng.normal(size=(2, 3, 4)[:dims])
        np.testing.assert_allclose(convolve(f, g, mode), scipy.signal.convolve(f, g, mode, "direct"))
        np.testing.assert_allclose(correlate(f, g, mode), scipy.signal.correlate(f, g, mode, "direct"))


def test_complex_correlation_conjugates_as_numpy_does():
    f, g = np.array([1 + 2j, 3, 1j]), np.array([1j, 2])
    np.testing.assert_allclose(correlate(f, g), np.correlate(f, g, "full"))


def test_matrix_is_scipys_toeplitz():
    g = np.array([1.0, 2.0, 3.0])
    for mode in ("full", "valid", "same"):
        ours, theirs = convolution_matrix(g, 6, mode), scipy.linalg.convolution_matrix(g, 6, mode)
        np.testing.assert_array_equal(ours, theirs)


def test_image_matrix_is_block_toeplitz_with_toeplitz_blocks():
    T = convolution_matrix(np.arange(1.0, 7.0).reshape(2, 3), (4, 5))
    blocks = T.reshape(5, 7, 4, 5).swapaxes(1, 2)
    for i, j in np.ndindex(4, 3):
        np.testing.assert_array_equal(blocks[i, j], blocks[i + 1, j + 1])
    for block in blocks.reshape(-1, 7, 5):
        np.testing.assert_array_equal(block[:-1, :-1], block[1:, 1:])


def test_boxes_make_a_triangle_and_gaussians_a_wider_gaussian():
    t = np.linspace(-2, 2, 9)
    box = convolve_functions(lambda u: 1.0, lambda u: 1.0, t, (-0.5, 0.5), (-0.5, 0.5))
    np.testing.assert_allclose(box.value, np.maximum(0, 1 - np.abs(t)), atol=1e-12)

    def bell(variance):
        return lambda u: np.exp(-u * u / (2 * variance)) / np.sqrt(2 * np.pi * variance)

    wide = convolve_functions(bell(1.0), bell(0.5), t)
    assert (np.abs(wide.value - bell(1.5)(t)) <= wide.error + 1e-15).all()
    assert wide.error.max() < 1e-7


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: convolve([1], [[1]]), r"convolve: f and g must have equally many dimensions, got \(1,\)"),
        (lambda: convolve([], [1]), "must not be empty"),
        (lambda: convolve([1], [1, 2], "valid"), "mode 'valid' needs g to fit into f"),
        (lambda: correlate([1], [1], "half"), "correlate: mode must be one of full, same, valid, got 'half'"),
        (lambda: convolution_matrix([1, 2], 4, stride=0), "stride must be one or 1 positive integers"),
        (lambda: convolution_matrix([1, 2], 4, stride=(1, 2)), "stride must be one or 1 positive integers"),
        (lambda: sum_distribution(), "at least one variable"),
        (lambda: sum_distribution([]), "needs an outcome of positive weight"),
        (lambda: sum_distribution({1: -1, 2: 3}), "weights must not be negative, got -1 for 1"),
        (lambda: sum_distribution({1: float("nan")}), "weights must not be negative"),
    ],
)
def test_what_makes_no_sense_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_a_divergent_integral_is_refused():
    with pytest.raises(ArithmeticError, match="more than the tolerance"):
        convolve_functions(lambda u: 1.0, lambda u: 1.0 + np.sin(u), 0.0, (-inf, inf))


INTEGERS = hnp.arrays(
    int, hnp.array_shapes(min_dims=1, max_dims=1, max_side=8), elements=st.integers(-99, 99)
)
IMAGES = hnp.arrays(int, hnp.array_shapes(min_dims=2, max_dims=2, max_side=5), elements=st.integers(-9, 9))


@given(INTEGERS, INTEGERS, INTEGERS)
def test_convolution_obeys_the_laws_of_multiplication(f, g, h):
    np.testing.assert_array_equal(convolve(f, g), convolve(g, f))
    np.testing.assert_array_equal(convolve(convolve(f, g), h), convolve(f, convolve(g, h)))
    np.testing.assert_array_equal(convolve(f, [1]), f)
    m = max(len(g), len(h))
    g, h = np.pad(g, (0, m - len(g))), np.pad(h, (0, m - len(h)))
    np.testing.assert_array_equal(convolve(f, g + h), convolve(f, g) + convolve(f, h))


@given(INTEGERS, INTEGERS)
def test_convolution_theorem(f, g):
    n = len(f) + len(g) - 1
    spectrum = np.fft.rfft(f, n) * np.fft.rfft(g, n)
    np.testing.assert_allclose(np.fft.irfft(spectrum, n), convolve(f, g), atol=1e-8)


@settings(deadline=None, max_examples=40)
@given(IMAGES, IMAGES, st.sampled_from(MODES), st.integers(1, 3), st.integers(1, 3))
def test_the_matrix_does_what_the_convolution_does(f, g, mode, down, right):
    if mode == "valid" and (g.shape[0] > f.shape[0] or g.shape[1] > f.shape[1]):
        f, g = np.pad(f, [(0, k) for k in g.shape]), g
    T = convolution_matrix(g, f.shape, mode, stride=(down, right))
    np.testing.assert_array_equal(T @ f.ravel(), convolve(f, g, mode)[::down, ::right].ravel())


@given(st.lists(st.lists(st.integers(-5, 5), min_size=1, max_size=4), min_size=1, max_size=3))
def test_a_sum_has_the_sum_of_means_and_total_one(dice):
    total = sum_distribution(*dice)
    assert sum(total.values()) == 1
    mean = sum(Fraction(sum(die), len(die)) for die in dice)
    assert sum(value * p for value, p in total.items()) == mean
    assert list(total) == sorted(total)

"""The claims and numbers of section 2.1, checked with cnnbook and with SciPy."""

import runpy
from fractions import Fraction
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest
import scipy.integrate
import scipy.signal
from hypothesis import given
from hypothesis import strategies as st

from cnnbook.convolution import convolve, convolve_functions
from cnnbook.facts import value

LOGS, HEAT = [1, 2, 0, 3], [3, 2, 1]
CHAPTER = Path(__file__).parents[2] / "docs" / "ch02_convolution"

small = st.integers(-99, 99)
numbers = st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=8)


def pellets(t):
    """The closed form that the page states for the box on [0, 2] and the ramp 1 - a on [0, 1]."""
    t = np.asarray(t, dtype=float)
    pieces = [(t >= 0) & (t <= 1), (t > 1) & (t <= 2), (t > 2) & (t <= 3)]
    return np.select(pieces, [t - t**2 / 2, 1 / 2, (3 - t) ** 2 / 2], 0.0)


def largest_error(slices, power, place):
    """Sampled at `place` of each slice, against the antiderivative."""
    ages = (np.arange(slices) + place) / slices
    values = convolve(np.ones(2 * slices), (1 - ages) ** power) / slices
    t = (np.arange(len(values)) + 2 * place) / slices
    antiderivative = [-((1 - np.clip(end, 0, 1)) ** (power + 1)) / (power + 1) for end in (t - 2, t)]
    return np.abs(values - (antiderivative[1] - antiderivative[0])).max()


# The stove


def test_hour_three_by_hand():
    assert value("stove-hour-three") == 9 + 0 + 2 == convolve(LOGS, HEAT)[3]


def test_the_whole_table():
    rows = [[3, 2, 1, 0, 0, 0], [0, 6, 4, 2, 0, 0], [0, 0, 0, 0, 0, 0], [0, 0, 0, 9, 6, 3]]
    total = np.sum(rows, axis=0)
    assert total.tolist() == [3, 8, 5, 11, 6, 3]
    assert convolve(LOGS, HEAT).tolist() == total.tolist()
    assert scipy.signal.convolve(LOGS, HEAT, method="direct").tolist() == total.tolist()


def test_six_logs_of_six_units():
    assert value("stove-total") == 6 * 6 == sum(LOGS) * sum(HEAT)


def test_the_strip_is_the_list_backwards():
    padded = [0, 0, *LOGS, 0, 0]
    slid = [np.dot(padded[n : n + 3], HEAT[::-1]) for n in range(6)]
    assert slid == convolve(LOGS, HEAT).tolist()


# How long the result is


@pytest.mark.parametrize(
    ("mode", "kept"), [("full", [3, 8, 5, 11, 6, 3]), ("same", [8, 5, 11, 6]), ("valid", [5, 11])]
)
def test_modes(mode, kept):
    assert convolve(LOGS, HEAT, mode).tolist() == kept
    assert scipy.signal.convolve(LOGS, HEAT, mode, method="direct").tolist() == kept


@given(numbers, numbers)
def test_lengths(f, g):
    m, n = len(f), len(g)
    assert len(convolve(f, g, "full")) == m + n - 1
    assert len(convolve(f, g, "same")) == m
    if n <= m:
        assert len(convolve(f, g, "valid")) == m - n + 1


def test_same_with_an_even_length_drops_one_more_at_the_end():
    full = convolve([1, 2, 3, 4], [1, 10]).tolist()
    assert convolve([1, 2, 3, 4], [1, 10], "same").tolist() == full[:4]
    full = convolve([1, 2, 3, 4], [1, 10, 100, 1000]).tolist()
    assert convolve([1, 2, 3, 4], [1, 10, 100, 1000], "same").tolist() == full[1:5]


def test_valid_hours_do_not_depend_on_logs_before_and_after():
    for before, after in [([5, 7], [2, 9]), ([0, 1], [8, 0])]:
        assert convolve([*before, *LOGS, *after], HEAT)[4:6].tolist() == [5, 11]


@given(numbers, numbers, st.integers(-5, 5), st.integers(-5, 5))
def test_supports_add(f, g, a, c):
    f, g = [1, *f, 1], [1, *g, 1]  # both ends are not zero
    f_places, g_places = range(a, a + len(f)), range(c, c + len(g))
    both = {}
    for m, x in zip(f_places, f, strict=True):
        for k, y in zip(g_places, g, strict=True):
            both[m + k] = both.get(m + k, 0) + x * y
    support = [n for n, total in both.items() if total]
    assert (min(support), max(support)) == (a + c, f_places[-1] + g_places[-1])


# From the sum to the integral


def test_half_an_hour_by_school_geometry():
    trapezium = Fraction(1, 2) * (Fraction(1, 2) + 1) / 2
    assert value("pellets-half-hour") == trapezium == Fraction(3, 8)
    assert value("pellets-plateau") == Fraction(1, 2)


def test_the_closed_form():
    t = np.linspace(-0.5, 3.5, 81)
    ours = convolve_functions(lambda tau: 1, lambda age: 1 - age, t, (0, 2), (0, 1)).value
    np.testing.assert_allclose(ours, pellets(t), atol=1e-9)
    for at in (0.3, 1.4, 2.6):
        low, high = max(0, at - 1), min(2, at)
        area, _ = scipy.integrate.quad(lambda tau, at=at: 1 - (at - tau), low, high)
        assert area == pytest.approx(pellets(at))


# How good the sum is


@pytest.mark.parametrize(("slices", "name"), [(2, "slices-coarse-error"), (64, "slices-fine-error")])
def test_the_error_is_the_width_of_a_slice(slices, name):
    assert value(name) == Fraction(1, slices)
    assert largest_error(slices, power=1, place=0) == pytest.approx(1 / slices)
    at_zero = convolve(np.ones(2 * slices), 1 - np.arange(slices) / slices)[0] / slices
    assert at_zero == 1 / slices  # the exact heat at t = 0 is zero


def test_the_middle_of_a_slice_is_exact_on_straight_lines():
    assert largest_error(64, power=1, place=0.5) < 1e-14


@pytest.mark.parametrize(("place", "left"), [(0, 1 / 2), (0.5, 1 / 4)])
def test_what_is_left_of_the_error_when_the_slices_are_halved(place, left):
    errors = [largest_error(slices, power=2, place=place) for slices in (4, 8, 16, 32, 64)]
    np.testing.assert_allclose(np.divide(errors[1:], errors[:-1]), left)


# The rules


@given(numbers, numbers)
def test_exchange(f, g):
    assert np.array_equal(convolve(f, g), convolve(g, f))


@given(numbers, st.lists(st.tuples(small, small), min_size=1), small)
def test_split(f, pairs, c):
    g, h = np.transpose(pairs)
    assert np.array_equal(convolve(f, g + h), convolve(f, g) + convolve(f, h))
    assert np.array_equal(convolve(c * np.array(f), g), c * convolve(f, g))


@given(*[st.lists(st.integers(-999, 999), min_size=1, max_size=8)] * 3)
def test_group(f, g, h):
    assert np.array_equal(convolve(convolve(f, g), h), convolve(f, convolve(g, h)))


@given(numbers, numbers, st.integers(0, 5))
def test_shift_and_move(f, g, s):
    assert np.array_equal(convolve(np.pad(f, (s, 0)), g), np.pad(convolve(f, g), (s, 0)))
    assert np.array_equal(convolve(f, np.pad(g, (s, 0))), np.pad(convolve(f, g), (s, 0)))
    assert np.array_equal(convolve(f, [0] * s + [1]), np.pad(f, (s, 0)))


@given(numbers, numbers)
def test_total(f, g):
    assert convolve(f, g).sum() == sum(f) * sum(g)


@given(numbers, numbers)
def test_a_list_is_a_sum_of_moved_impulses_and_every_one_starts_its_own_copy(f, g):
    copies = [x * convolve(impulse, g) for x, impulse in zip(f, np.eye(len(f), dtype=int), strict=True)]
    assert np.array_equal(sum(copies), convolve(f, g))


def test_any_linear_shift_invariant_system_is_a_convolution_with_its_answer_to_the_impulse():
    def system(x):  # keeps six tenths of its state from step to step; knows nothing of convolution
        out, state = [], 0.0
        for new in x:
            state = 0.6 * state + new
            out.append(state)
        return np.array(out)

    x = np.random.default_rng(0).normal(size=20)
    impulse = np.eye(20)[0]
    np.testing.assert_allclose(convolve(x, system(impulse))[:20], system(x))


# What changes nothing


@pytest.mark.parametrize("width", [1.0, 0.5, 0.25, 0.125])
def test_narrow_boxes(width):
    def average(t):
        window = (-width / 2, width / 2)
        return convolve_functions(lambda u: 1 / width, lambda v: 1 - v, t, window, (0, 1)).value

    assert average(1.0) == pytest.approx(width / 8)  # the bend, where the ramp itself is zero
    assert average(0.0) == pytest.approx(1 / 2 - width / 8)  # the jump from 0 to 1
    if width < 1:
        assert average(0.5) == pytest.approx(0.5)  # a straight piece stays as it is


def test_a_box_convolved_is_continuous():
    for place in (0.0, 1.0):  # where the box jumps
        near = np.array([place - 1e-6, place + 1e-6])
        peak = convolve_functions(lambda u: 1.0, lambda v: 50 * np.exp(-100 * abs(v)), near, (0, 1), (-1, 1))
        assert abs(np.diff(peak.value)[0]) < 1e-3


# Exercises and quiz


def test_exercise_1():
    f, g = [2, 1], [1, 3, 1]
    assert np.sum([[2, 6, 2, 0], [0, 1, 3, 1]], axis=0).tolist() == convolve(f, g).tolist() == [2, 7, 5, 1]
    assert [1 * 1 + 2 * 3, 1 * 3 + 2 * 1] == convolve(g, f, "valid").tolist() == [7, 5]
    assert sum(f) * sum(g) == 15 == 2 + 7 + 5 + 1


def test_exercise_2():
    t = np.linspace(-0.5, 3.5, 41)
    triangle = convolve_functions(lambda u: 1, lambda u: 1, t, (0, 1), (0, 1)).value
    np.testing.assert_allclose(triangle, np.maximum(0, 1 - abs(t - 1)), atol=1e-9)
    trapezium = convolve_functions(lambda u: 1, lambda u: 1, t, (0, 1), (0, 2)).value
    np.testing.assert_allclose(trapezium, np.clip(np.minimum(t, 3 - t), 0, 1), atol=1e-9)
    assert np.trapezoid(trapezium, t) == pytest.approx(1 * 2)


def test_exercise_3_the_lab_fails_as_foretold(tmp_path):
    lab = (CHAPTER / "gallery" / "plot_14_slices.py").read_text(encoding="utf-8")
    assert lab.count("power=2") == lab.count("exact(places, 2)") == 1
    changed = tmp_path / "changed.py"
    text = lab.replace("power=2", "power=1").replace("exact(places, 2)", "exact(places, 1)")
    changed.write_text(text, encoding="utf-8")
    with np.errstate(all="ignore"), pytest.raises(AssertionError) as failure:
        runpy.run_path(str(changed))
    assert "2 if place == 0 else 4" in str(failure.traceback[-1].statement)
    lab_names = failure.traceback[-1].frame.f_locals
    assert lab_names["place"] == 0.5
    assert not any(lab_names["errors"])  # not even a rounding error
    plt.close("all")


def test_exercise_4_on_a_long_stretch():
    places = np.arange(-50, 51)
    step, difference = (places >= 0).astype(int), [1, -1]
    g_h = convolve(step, difference)[: len(places)]  # the stretch ends before the step would
    assert g_h.tolist() == (places == 0).astype(int).tolist()
    ones = np.ones(101, int)
    assert not convolve(ones, difference, "valid").any()
    assert np.array_equal(convolve(ones, g_h, "valid"), [1])


def test_exercise_5():
    assert convolve([2, 0, 1], [3, 2, 1]).tolist() == [6, 4, 5, 2, 1]
    logs, rest = scipy.signal.deconvolve([6, 4, 5, 2, 1], [3, 2, 1])
    np.testing.assert_allclose(logs, [2, 0, 1])
    np.testing.assert_allclose(rest, 0, atol=1e-12)


def test_quiz():
    assert convolve([0, 0, 1], [10, 11, 12, 13, 14, 15])[5] == 13  # f[2] meets g[3]
    assert len(convolve(np.ones(10), np.ones(4))) == 13
    assert len(convolve(np.ones(10), np.ones(4), "valid")) == 7

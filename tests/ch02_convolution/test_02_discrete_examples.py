"""The claims and numbers of section 2.2, checked with cnnbook and with SciPy, NumPy and torch."""

import runpy
from collections import Counter
from fractions import Fraction
from functools import reduce
from itertools import product
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest
import scipy.signal
import scipy.stats
import torch
from hypothesis import given
from hypothesis import strategies as st

from cnnbook.convolution import convolve, correlate, sum_distribution
from cnnbook.facts import text, value

GALLERY = Path(__file__).parents[2] / "docs" / "ch02_convolution" / "gallery"
DIE = range(1, 7)
LIKES_SIX = {face: Fraction(1, 2) if face == 6 else Fraction(1, 10) for face in DIE}
LIKES_ONE = {7 - face: chance for face, chance in LIKES_SIX.items()}
IMAGE = np.array([[1, 2, 0], [0, 1, 3], [2, 0, 1]])
KERNEL = np.array([[1, 2], [0, -1]])

weights = st.lists(st.integers(0, 20), min_size=6, max_size=6).filter(any)


def pairs(total):
    """The squares of the table that hold this sum."""
    return [(i, j) for i, j in product(DIE, DIE) if i + j == total]


def loaded(numbers) -> dict[int, Fraction]:
    return {face: Fraction(weight, sum(numbers)) for face, weight in zip(DIE, numbers, strict=True)}


def gap_by_scipy(outcomes, n: int) -> float:
    """Total variation distance of n throws from the rounded normal distribution, over all whole numbers."""
    once = np.bincount(outcomes) / len(outcomes)
    dice = reduce(scipy.signal.convolve, [once] * n)
    sums = np.arange(-20, 8 * n + 20)
    edges = np.append(sums - 0.5, sums[-1] + 0.5)
    bell = np.diff(scipy.stats.norm.cdf(edges, n * np.mean(outcomes), np.sqrt(n * np.var(outcomes))))
    padded = np.zeros(len(sums))
    padded[20 : 20 + len(dice)] = dice
    return abs(padded - bell).sum() / 2


# Two dice


def test_the_fours_lie_on_an_antidiagonal():
    assert pairs(4) == [(1, 3), (2, 2), (3, 1)]
    steps = np.diff(pairs(4), axis=0)
    assert (steps == [1, -1]).all()
    assert value("two-dice-four") == Fraction(3, 36) == Fraction(1, 12)


def test_two_dice_by_counting_all_pairs():
    counted = Counter(i + j for i, j in product(DIE, DIE))
    assert sum_distribution(DIE, DIE) == {total: Fraction(count, 36) for total, count in counted.items()}
    assert min(counted) == 2
    assert len(counted) == 6 + 6 - 1


def test_two_dice_by_scipy():
    ours = [float(chance) for chance in sum_distribution(DIE, DIE).values()]
    np.testing.assert_allclose(ours, scipy.signal.convolve(np.full(6, 1 / 6), np.full(6, 1 / 6)))


# Loaded dice


def test_loaded_dice():
    both = sum_distribution(LIKES_SIX, LIKES_ONE)
    assert [LIKES_SIX[i] * LIKES_ONE[j] for i, j in pairs(4)] == [
        Fraction(1, 100),
        Fraction(1, 100),
        Fraction(1, 20),
    ]
    assert both[4] == Fraction(7, 100) < value("two-dice-four")
    assert LIKES_SIX[6] * LIKES_ONE[1] == Fraction(1, 4)
    assert both[7] == value("loaded-dice-seven") == Fraction(1, 4) + 5 * Fraction(1, 100)
    gains = {total: both[total] - chance for total, chance in sum_distribution(DIE, DIE).items()}
    assert max(gains, key=gains.get) == 7


@given(weights)
def test_one_fair_die_makes_the_seven_honest(numbers):
    assert sum_distribution(loaded(numbers), DIE)[7] == Fraction(1, 6) == value("half-loaded-seven")


# Polynomials and long multiplication


def test_polynomials():
    assert convolve([1, 2, 3], [4, 5]).tolist() == [1 * 4, 1 * 5 + 2 * 4, 2 * 5 + 3 * 4, 3 * 5]
    ours = np.polynomial.Polynomial([1, 2, 3]) * np.polynomial.Polynomial([4, 5])
    assert ours.coef.tolist() == [4, 13, 22, 15]
    die = np.polynomial.Polynomial([0] + [1 / 6] * 6)
    assert (die * die).coef[4] == pytest.approx(float(value("two-dice-four")))


def test_long_multiplication():
    sums = [4, 13, 22, 15]
    assert np.polynomial.polynomial.polyval(10, [1, 2, 3]) == 321
    assert np.polynomial.polynomial.polyval(10, [4, 5]) == 54
    assert sum(total * 10**place for place, total in enumerate(sums)) == 17334 == 321 * 54
    assert [divmod(13, 10), divmod(22 + 1, 10), divmod(15 + 2, 10)] == [(1, 3), (2, 3), (1, 7)]


@given(st.integers(0, 10**40), st.integers(0, 10**40))
def test_digits_convolve_and_carry_into_the_product(a, b):
    first, second = ([int(digit) for digit in str(number)[::-1]] for number in (a, b))
    assert sum(total * 10**place for place, total in enumerate(convolve(first, second).tolist())) == a * b


def test_carrying_is_no_convolution():
    handed_on = [total // 10 for total in (5, 5, 10)]
    assert handed_on[0] + handed_on[1] != handed_on[2]  # it would have to add up


# Many dice


@pytest.mark.parametrize("n", [1, 2, 3, 10, 20, 40])
def test_gaps_by_scipy(n):
    assert value(f"bell-gap-{n}") == pytest.approx(gap_by_scipy(DIE, n), abs=1e-9)


def test_from_five_dice_on_twice_as_many_halve_the_gap():
    ratios = [gap_by_scipy(DIE, 2 * n) / gap_by_scipy(DIE, n) for n in range(5, 41)]
    assert min(ratios) > 0.47
    assert max(ratios) < 0.51


def test_the_gap_is_the_largest_error_about_any_question():
    chances = sum_distribution(DIE, DIE)
    bell = scipy.stats.norm(7, np.sqrt(35 / 6))
    bars = {total: bell.cdf(total + 0.5) - bell.cdf(total - 0.5) for total in range(-20, 40)}
    errors = {total: float(chances.get(total, 0)) - bar for total, bar in bars.items()}
    worst = sum(error for error in errors.values() if error > 0)  # the question "is it one of these?"
    assert worst == pytest.approx(value("bell-gap-2"), abs=1e-9)
    for question in (lambda n: n % 2 == 0, lambda n: n >= 10, lambda n: n in (6, 7, 8)):
        assert abs(sum(error for total, error in errors.items() if question(total))) < worst


def test_means_and_variances_add_up():
    for n in (1, 2, 7):
        chances = sum_distribution(*[DIE] * n)
        mean = sum(total * chance for total, chance in chances.items())
        assert mean == Fraction(7 * n, 2)
        assert sum((total - mean) ** 2 * chance for total, chance in chances.items()) == Fraction(35 * n, 12)


def test_ten_sixes():
    assert value("ten-sixes") == 6**10
    tail = scipy.stats.norm.sf(59.5, 35, np.sqrt(350 / 12))
    assert value("ten-sixes-by-bell") == pytest.approx(1 / tail, rel=0.02)
    assert value("ten-sixes-factor") == pytest.approx(tail * 6**10, abs=0.5)


# Two dimensions


def test_the_worked_example():
    output = [[1, 4, 4, 0], [0, 0, 3, 6], [2, 4, 0, -1], [0, -2, 0, -1]]
    assert convolve(IMAGE, KERNEL).tolist() == output
    assert scipy.signal.convolve2d(IMAGE, KERNEL).tolist() == output
    flipped = torch.tensor(KERNEL[::-1, ::-1].copy())[None, None]
    by_torch = torch.nn.functional.conv2d(torch.tensor(IMAGE)[None, None], flipped, padding=1)
    assert by_torch[0, 0].tolist() == output
    assert (IMAGE.sum(), KERNEL.sum(), np.sum(output)) == (10, 2, 20)
    assert convolve(IMAGE, KERNEL, "valid").tolist() == [row[1:3] for row in output[1:3]]


def test_the_stamps_add_up():
    assert (2 * KERNEL).tolist() == [[2, 4], [0, -2]]
    assert np.count_nonzero(IMAGE) == 6
    output = np.zeros((4, 4), int)
    for i, j in np.ndindex(3, 3):
        output[i : i + 2, j : j + 2] += IMAGE[i, j] * KERNEL
    assert (output == convolve(IMAGE, KERNEL)).all()


def test_looking_back_from_row_1_column_2():
    terms = [(IMAGE[1 - r, 2 - s], KERNEL[r, s]) for r, s in np.ndindex(2, 2)]
    assert terms == [(3, 1), (1, 2), (0, 0), (2, -1)]
    assert [x * k for x, k in terms] == [3, 2, 0, -2]
    assert convolve(IMAGE, KERNEL)[1, 2] == 3


def test_two_flips_are_half_a_turn():
    assert np.rot90(KERNEL, 2).tolist() == KERNEL[::-1, ::-1].tolist() == [[-1, 0], [2, 1]]


def test_a_forgotten_flip():
    wrong = scipy.signal.correlate2d(IMAGE, KERNEL)
    assert (wrong != convolve(IMAGE, KERNEL)).sum() == value("flip-forgotten") == 15


@given(st.lists(st.integers(-9, 9), min_size=4, max_size=4), st.integers(-9, 9))
def test_a_kernel_equal_to_its_half_turn_needs_no_flip(half, middle):
    kernel = np.reshape([*half, middle, *half[::-1]], (3, 3))
    assert (convolve(IMAGE, kernel) == correlate(IMAGE, kernel)).all()


@given(*[st.integers(1, 5)] * 4)
def test_full_size_in_two_dimensions(height, width, rows, columns):
    output = convolve(np.ones((height, width)), np.ones((rows, columns)))
    assert output.shape == (height + rows - 1, width + columns - 1)


# Exercises and quiz


def test_exercise_1():
    chances = sum_distribution(DIE, DIE)
    assert pairs(9) == [(3, 6), (4, 5), (5, 4), (6, 3)]
    assert chances[9] == Fraction(1, 9)
    assert [total for total, chance in chances.items() if chance == chances[4]] == [4, 10]


def test_exercise_2():
    assert convolve([7, 6], [9, 8]).tolist() == [63, 110, 48]
    assert 63 + 110 * 10 + 48 * 100 == 5963 == 67 * 89
    assert [divmod(63, 10), divmod(110 + 6, 10), divmod(48 + 11, 10)] == [(6, 3), (11, 6), (5, 9)]


@pytest.mark.parametrize(
    ("die", "facts"),
    [
        ("[1, 2, 3, 4, 5, 6, 6, 6, 6, 6]", {10: "loaded-gap-10", 40: "loaded-gap-40"}),
        ("[1, 6]", {40: "coin-gap-40"}),
    ],
)
def test_exercise_3_the_changed_lab(tmp_path, die, facts):
    lab = (GALLERY / "plot_24_many_dice.py").read_text(encoding="utf-8")
    assert lab.count("die = [1, 2, 3, 4, 5, 6]") == 1
    lines = lab.replace("die = [1, 2, 3, 4, 5, 6]", f"die = {die}").splitlines()
    changed = tmp_path / "changed.py"
    changed.write_text("\n".join(line for line in lines if not line.startswith("assert")), encoding="utf-8")
    gap = runpy.run_path(str(changed))["gap"]
    plt.close("all")
    outcomes = [int(digit) for digit in die[1:-1].split(",")]
    for n, name in facts.items():
        assert gap[n] == pytest.approx(value(name), abs=1e-12)
        assert gap[n] == pytest.approx(gap_by_scipy(outcomes, n), abs=1e-9)


def test_exercise_3_the_loaded_die_takes_four_times_as_many():
    assert value("loaded-gap-40") / value("loaded-gap-10") == pytest.approx(1 / 2, abs=0.04)
    assert text("coin-gap-40") == "80%"


def test_exercise_4():
    output = convolve([[1, 0], [2, 3]], [[0, 1], [-1, 2]])
    assert output.tolist() == [[0, 1, 0], [-1, 4, 3], [-2, 1, 6]]
    assert output.sum() == 12 == 6 * 2


@given(weights, weights)
def test_exercise_5_no_loading_makes_all_sums_equal(first, second):
    blue, orange = loaded(first), loaded(second)
    chances = sum_distribution(blue, orange)
    assert chances[7] ** 2 >= 4 * chances[2] * chances[12]  # were both 1/11, this would be 2/11
    assert len(set(chances.values())) > 1


def test_quiz():
    assert list(sum_distribution(DIE, range(1, 5))) == [*range(2, 11)]
    kernel = np.zeros((3, 3), int)
    kernel[2, 0] = 1
    one = np.zeros((3, 3), int)
    one[0, 2] = 1
    assert convolve(one, kernel)[2, 2] == 1

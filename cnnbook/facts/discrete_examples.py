"""Numbers of section 2.2, discrete convolution by example."""

from fractions import Fraction
from math import sqrt
from statistics import NormalDist

from cnnbook.convolution import convolve, correlate, sum_distribution
from cnnbook.facts import fact

_DIE = range(1, 7)
_LIKES_SIX = [1, 2, 3, 4, 5, 6, 6, 6, 6, 6]  # ten equally likely outcomes
_LIKES_ONE = [1, 1, 1, 1, 1, 2, 3, 4, 5, 6]
_COIN = [1, 6]


@fact("two-dice-four")
def _two_dice_four() -> Fraction:
    return sum_distribution(_DIE, _DIE)[4]


@fact("loaded-dice-seven")
def _loaded_dice_seven() -> Fraction:
    return sum_distribution(_LIKES_SIX, _LIKES_ONE)[7]


@fact("half-loaded-seven")
def _half_loaded_seven() -> Fraction:
    return sum_distribution(_LIKES_SIX, _DIE)[7]


@fact("bell-gap-1", ".2%")
def _bell_gap_1() -> float:
    return _bell_gap(_DIE, 1)


@fact("bell-gap-2", ".2%")
def _bell_gap_2() -> float:
    return _bell_gap(_DIE, 2)


@fact("bell-gap-3", ".2%")
def _bell_gap_3() -> float:
    return _bell_gap(_DIE, 3)


@fact("bell-gap-10", ".2%")
def _bell_gap_10() -> float:
    return _bell_gap(_DIE, 10)


@fact("bell-gap-20", ".2%")
def _bell_gap_20() -> float:
    return _bell_gap(_DIE, 20)


@fact("bell-gap-40", ".2%")
def _bell_gap_40() -> float:
    return _bell_gap(_DIE, 40)


@fact("loaded-gap-10", ".2%")
def _loaded_gap_10() -> float:
    return _bell_gap(_LIKES_SIX, 10)


@fact("loaded-gap-40", ".2%")
def _loaded_gap_40() -> float:
    return _bell_gap(_LIKES_SIX, 40)


@fact("coin-gap-40", ".0%")
def _coin_gap_40() -> float:
    return _bell_gap(_COIN, 40)


@fact("ten-sixes")
def _ten_sixes() -> int:
    return int(1 / sum_distribution(*[_DIE] * 10)[60])


@fact("ten-sixes-by-bell")
def _ten_sixes_by_bell() -> int:
    return round(round(1 / _above_59()), -4)


@fact("ten-sixes-factor")
def _ten_sixes_factor() -> int:
    return round(_above_59() * _ten_sixes())


@fact("flip-forgotten")
def _flip_forgotten() -> int:
    image, kernel = [[1, 2, 0], [0, 1, 3], [2, 0, 1]], [[1, 2], [0, -1]]
    return int((convolve(image, kernel) != correlate(image, kernel)).sum())


def _bell(outcomes, n: int) -> NormalDist:
    """Return the normal distribution with the mean and the variance of n throws."""
    mean = sum(outcomes) / len(outcomes)
    variance = sum((value - mean) ** 2 for value in outcomes) / len(outcomes)
    return NormalDist(n * mean, sqrt(n * variance))


def _bell_gap(outcomes, n: int) -> float:
    """Total variation distance of the sum of n throws from its bell, cut into bars one wide."""
    bell = _bell(outcomes, n)
    chances = sum_distribution(*[outcomes] * n)
    return 1 - sum(min(float(p), bell.cdf(s + 0.5) - bell.cdf(s - 0.5)) for s, p in chances.items())


def _above_59() -> float:
    """Return the bell's area over the bars of 60 and more, for ten dice."""
    return 1 - _bell(_DIE, 10).cdf(59.5)

"""Numbers of section 2.1, what convolution is: the stove, its slices of time."""

from fractions import Fraction

from cnnbook.convolution import convolve
from cnnbook.facts import fact

_LOGS = [1, 2, 0, 3]
_HEAT = [3, 2, 1]


@fact("stove-hour-three")
def _stove_hour_three() -> int:
    return int(convolve(_LOGS, _HEAT)[3])


@fact("stove-total")
def _stove_total() -> int:
    return int(convolve(_LOGS, _HEAT).sum())


@fact("pellets-half-hour")
def _pellets_half_hour() -> Fraction:
    return _pellets_heat(Fraction(1, 2))


@fact("pellets-plateau")
def _pellets_plateau() -> Fraction:
    return _pellets_heat(Fraction(3, 2))


@fact("slices-coarse-error")
def _slices_coarse_error() -> Fraction:
    return _slices_error(2)


@fact("slices-fine-error")
def _slices_fine_error() -> Fraction:
    return _slices_error(64)


def _pellets_heat(t: Fraction) -> Fraction:
    """Two hours of even feeding, each pellet fading evenly for an hour: the area of the overlap at time t."""
    start, stop = max(t - 1, Fraction(0)), min(t, Fraction(2))
    middle_age = t - (start + stop) / 2
    return max(stop - start, Fraction(0)) * (1 - middle_age)


def _slices_error(slices_an_hour: int) -> Fraction:
    """Largest error of the sum with samples at the start of each slice, as an exact fraction."""
    width = Fraction(1, slices_an_hour)
    feed = [Fraction(1)] * (2 * slices_an_hour)
    burn = [1 - k * width for k in range(slices_an_hour)]
    heat = convolve(feed, burn) * width
    return max(abs(value - _pellets_heat(n * width)) for n, value in enumerate(heat))

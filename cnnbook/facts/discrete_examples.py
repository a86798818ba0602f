"""Numbers of section 2.2, discrete convolution by example."""

from fractions import Fraction

from cnnbook.convolution import sum_distribution
from cnnbook.facts import fact

_DIE = {face: Fraction(1, 6) for face in range(1, 7)}


@fact("two-dice-four")
def _two_dice_four() -> Fraction:
    return sum_distribution(_DIE, _DIE)[4]

"""Exercises of section 4.2, priors."""

from collections.abc import Iterator
from math import log, log2

from cnnbook.check import exercise
from cnnbook.i18n import _


def _distributions() -> Iterator[tuple[list[float]]]:
    yield ([1.0],)
    yield ([0.5, 0.5],)
    yield ([0.25, 0.25, 0.5],)
    yield ([1.0, 0.0, 0.0],)
    yield ([0.8, 0.1, 0.1],)
    yield ([0.125] * 8,)


def _natural(probabilities: list[float]) -> float:
    return sum(p * log(1 / p) for p in probabilities if p)


def _counted(probabilities: list[float]) -> float:
    return log2(len(probabilities))


def _negative(probabilities: list[float]) -> float:
    return sum(p * log2(p) for p in probabilities if p)


@exercise(
    "4.2.2",
    _distributions,
    {
        _("Bits need the logarithm to base 2."): _natural,
        _("Not only the number of values counts, but how likely each of them is."): _counted,
        _("An entropy is never negative: mind the sign."): _negative,
    },
)
def entropy(probabilities: list[float]) -> float:
    """Return the entropy of a distribution in bits; a value that cannot occur adds nothing."""
    return sum(p * log2(1 / p) for p in probabilities if p)

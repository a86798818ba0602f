"""How interpolation and adaptive pooling read along one axis.

Adaptive pooling is integer arithmetic and repeats exactly. Interpolation computes a source coordinate in
floating point, and where rounding moves it across an integer the operator reads another pixel than the
formula on paper says. The rules below round as PyTorch's kernels do in single precision, with a fused
multiply and add. In double precision PyTorch rounds differently from kernel to kernel; a coordinate that is
an integer on paper may there fall on its neighbour.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import ceil, floor

import numpy as np

from cnnbook.receptive_field.index_set import IndexSet, interval
from cnnbook.receptive_field.periodic import IDENTITY, PeriodicMap
from cnnbook.receptive_field.relation import Relation

__all__ = ["KINDS", "adaptive", "interpolation"]

# Taps that an interpolation reads, counted from the integer part of its source coordinate.
KINDS = {"nearest": (0, 0), "nearest-exact": (0, 0), "linear": (0, 1), "cubic": (-1, 2)}


# The source coordinate of output position v is (v + a) * ratio - b.
_HALF = Fraction(1, 2)
_SHIFTS = {"nearest": (0, 0), "nearest-exact": (_HALF, 0), "linear": (_HALF, _HALF), "cubic": (_HALF, _HALF)}


@lru_cache(maxsize=1024)
def adaptive(extent: int, length: int) -> Relation:
    """Return how adaptive pooling reads: position v the inputs from ``floor(v n / m)`` to ``ceil((v + 1) n /
    m)``.

    Parameters
    ----------
    extent, length : int
        Number n of input and m of output positions.

    Examples
    --------
    >>> relation = adaptive(13, 6)
    >>> [relation.read(interval(v, v))[:2] for v in range(3)]
    [(0, 2), (2, 4), (4, 6)]
    """
    ratio = Fraction(extent, length)
    phases = tuple(interval(floor(v * ratio), ceil((v + 1) * ratio) - 1) for v in range(ratio.denominator))
    return Relation(PeriodicMap(ratio.denominator, ratio.numerator, phases), extent, True)


@lru_cache(maxsize=1024)
def interpolation(
    kind: str,
    extent: int,
    length: int,
    scale: float | None = None,
    align_corners: bool = False,
) -> Relation:
    """Return how interpolation reads, including the taps whose weight happens to be zero.

    Parameters
    ----------
    kind : {'nearest', 'nearest-exact', 'linear', 'cubic'}
        The kernel along this axis (bilinear is linear along two axes).
    extent, length : int
        Number of input and of output positions.
    scale : float or None, default None
        The scale factor, if the operator computes coordinates from it rather than from the lengths.
    align_corners : bool, default False
        Whether the first and last positions of input and output coincide.

    Examples
    --------
    >>> relation = interpolation("linear", 4, 8)
    >>> [relation.read(interval(v, v))[:2] for v in range(4)]
    [(0, 1), (0, 1), (0, 1), (1, 2)]
    """
    if extent == length and kind == "linear":  # PyTorch copies, whatever the scale
        return Relation(IDENTITY, extent, True)
    before, after = KINDS[kind]
    if align_corners:
        ratio = Fraction(extent - 1, length - 1) if length > 1 else Fraction(0)
        step = np.float32(extent - 1) / np.float32(length - 1) if length > 1 else np.float32(0)
    else:
        ratio = 1 / Fraction(scale).limit_denominator(4096) if scale else Fraction(extent, length)
        step = np.float32(1 / scale) if scale else np.float32(extent) / np.float32(length)
    a, b = (0, 0) if align_corners else _SHIFTS[kind]

    def rule(unit: int) -> IndexSet:
        source = float(np.float32(float(step) * float(unit + a) - float(b)))  # rounded once
        base = min(floor(max(source, 0) if kind == "linear" else source), extent - 1)
        return interval(min(max(base + before, 0), extent - 1), min(max(base + after, 0), extent - 1))

    exact = (floor((unit + a) * ratio - b) for unit in range(ratio.denominator))
    phases = tuple(interval(base + before, base + after) for base in exact)
    theory = PeriodicMap(ratio.denominator, ratio.numerator, phases)
    return Relation(theory, extent, True, rule=rule, gapless=ratio <= after - before + 1)

"""Convolution as mathematics: in any number of dimensions, on any numbers that add and multiply.

The functions here flip the kernel, as the definition says. The layers of a network do not; those are in
`cnnbook.functional`. Integers, `fractions.Fraction` and anything else that NumPy keeps as objects stay
exact: the sums are written out, no Fourier transform stands between the input and the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.integrate import quad

__all__ = [
    "Quadrature",
    "convolution_matrix",
    "convolve",
    "convolve_functions",
    "correlate",
    "sum_distribution",
]

MODES = ("full", "same", "valid")


def convolve(f: ArrayLike, g: ArrayLike, mode: str = "full") -> np.ndarray:
    """Return the discrete convolution of two arrays, ``(f * g)[n] = sum over m of f[m] g[n - m]``.

    Parameters
    ----------
    f, g : array_like
        Arrays with the same number of dimensions. Outside their bounds both count as zero.
    mode : {'full', 'same', 'valid'}
        'full' returns every place where the two overlap at all; along each axis that is
        ``len(f) + len(g) - 1`` values. 'same' cuts the middle part with the shape of `f` out of it; if `g`
        has an even length, one value more falls off at the end than at the start. 'valid' keeps only the
        places where `g`, flipped, lies inside `f`.

    Returns
    -------
    ndarray
        Of the dtype that NumPy promotes the inputs to; Python's fractions and big integers stay exact.

    Raises
    ------
    ValueError
        If the mode is unknown, the numbers of dimensions differ, an array is empty, or `g` is longer
        than `f` somewhere in mode 'valid'.

    Examples
    --------
    Multiply 12 by 34 digit by digit; the carries are still to be made:

    >>> convolve([1, 2], [3, 4])
    array([ 3, 10,  8])
    >>> convolve([1, 2, 3, 4], [1, -1], mode="valid")
    array([1, 1, 1])

    In two dimensions it is the same sum over rows and columns:

    >>> convolve([[1, 2], [3, 4]], [[1, 1], [1, 1]])
    array([[ 1,  3,  2],
           [ 4, 10,  6],
           [ 3,  7,  4]])
    """
    f, g = _two_arrays("convolve", f, g, mode)
    full = np.zeros([m + k - 1 for m, k in zip(f.shape, g.shape, strict=True)], np.result_type(f, g))
    for place in np.ndindex(g.shape):
        shifted = tuple(slice(i, i + m) for i, m in zip(place, f.shape, strict=True))
        full[shifted] += g[place] * f
    return full[_part(mode, f.shape, g.shape)]


def correlate(f: ArrayLike, g: ArrayLike, mode: str = "full") -> np.ndarray:
    """Return the cross-correlation ``sum over m of f[n + m] conj(g[m])``: slide `g` without the flip.

    This is what deep learning calls convolution. It equals ``convolve(f, conj(g reversed), mode)``.

    Parameters
    ----------
    f, g, mode
        As in `convolve`.

    Returns
    -------
    ndarray
        The same shape as `convolve` returns. In mode 'full' the entry 0 belongs to the shift
        ``1 - len(g)``, where only the last value of `g` overlaps the first of `f`.

    Examples
    --------
    >>> correlate([0, 0, 1, 0, 0], [1, 2, 3], mode="same")
    array([0, 3, 2, 1, 0])
    >>> convolve([0, 0, 1, 0, 0], [1, 2, 3], mode="same")
    array([0, 1, 2, 3, 0])
    """
    f, g = _two_arrays("correlate", f, g, mode)
    return convolve(f, np.conj(np.flip(g)), mode)


def convolution_matrix(
    g: ArrayLike, shape: int | tuple[int, ...], mode: str = "full", stride: int | tuple[int, ...] = 1
) -> np.ndarray:
    """Return the matrix T with ``T @ f.ravel() == convolve(f, g, mode).ravel()`` for every f of a shape.

    In one dimension it is a Toeplitz matrix: constant along every diagonal. In two it is block Toeplitz with
    Toeplitz blocks (doubly block Toeplitz): the blocks stand for rows of the image.

    Parameters
    ----------
    g : array_like
        The kernel.
    shape : int or tuple of int
        Shape of f.
    mode : {'full', 'same', 'valid'}
        As in `convolve`.
    stride : int or tuple of int, default 1
        Keep only every stride-th output along each axis, as a strided layer does.

    Returns
    -------
    ndarray of shape (number of outputs, number of values of f)
        Of the kernel's dtype; exact numbers stay exact.

    Raises
    ------
    ValueError
        As `convolve`, or if a stride is smaller than 1.

    Examples
    --------
    >>> convolution_matrix([1, 2, 3], 4, mode="valid")
    array([[3, 2, 1, 0],
           [0, 3, 2, 1]])
    >>> convolution_matrix([1, 2, 3], 6, mode="valid", stride=3)
    array([[3, 2, 1, 0, 0, 0],
           [0, 0, 0, 3, 2, 1]])
    """
    g = np.asarray(g)
    shape = (shape,) if isinstance(shape, int) else tuple(shape)
    strides = (stride,) * g.ndim if isinstance(stride, int) else tuple(stride)
    if len(strides) != g.ndim or any(step < 1 for step in strides):
        raise ValueError(
            f"convolution_matrix: stride must be one or {g.ndim} positive integers, got {stride}"
        )
    kept = tuple(slice(None, None, step) for step in strides)
    columns = []
    for place in np.ndindex(shape):
        impulse = np.zeros(shape, g.dtype)
        impulse[place] = 1
        columns.append(convolve(impulse, g, mode)[kept].ravel())
    return np.stack(columns, axis=1)


class Quadrature(NamedTuple):
    """A value found by numerical integration, and an estimate of its absolute error."""

    value: np.ndarray
    error: np.ndarray


def convolve_functions(
    f: Callable[[float], float],
    g: Callable[[float], float],
    t: ArrayLike,
    f_support: tuple[float, float] = (-inf, inf),
    g_support: tuple[float, float] = (-inf, inf),
    tolerance: float = 1e-6,
) -> Quadrature:
    """Return the convolution of two functions, the integral of ``f(u) g(t - u)`` over u, at the places t.

    Parameters
    ----------
    f, g : callable
        Functions of one number.
    t : array_like
        Where to evaluate.
    f_support, g_support : (float, float)
        Intervals outside which f and g are zero. They are not evaluated there; naming the ends of a function
        that jumps there makes the result accurate.
    tolerance : float, default 1e-6
        Largest error accepted, relative to the value or absolute, whichever is larger.

    Returns
    -------
    Quadrature
        ``value`` and ``error``, arrays of the shape of t.

    Raises
    ------
    ArithmeticError
        If the estimated error at some t exceeds the tolerance, or the integral seems to diverge.

    Notes
    -----
    Adaptive Gauss-Kronrod quadrature (Piessens et al., QUADPACK, 1983) through `scipy.integrate.quad`.

    Examples
    --------
    Two boxes of width 1 make a triangle:

    >>> box = lambda u: 1.0
    >>> convolve_functions(box, box, [-0.5, 0.0, 0.5, 2.0], (-0.5, 0.5), (-0.5, 0.5)).value
    array([0.5, 1. , 0.5, 0. ])
    """
    places = np.asarray(t, dtype=float)
    value, error = np.zeros(places.shape), np.zeros(places.shape)
    for index in np.ndindex(places.shape):
        at = places[index]
        low = max(f_support[0], at - g_support[1])
        high = min(f_support[1], at - g_support[0])
        if low < high:
            found = quad(lambda u, at=at: f(u) * g(at - u), low, high, limit=200, full_output=1)
            complained = len(found) > 3  # then its estimate cannot be trusted
            value[index], error[index] = found[0], inf if complained else found[1]
    bad = ~(error <= tolerance * np.maximum(1, np.abs(value)))
    if bad.any():
        raise ArithmeticError(
            f"convolve_functions: at t = {places[bad][0]} the integral comes out as {value[bad][0]} with an "
            f"estimated error of {error[bad][0]}, more than the tolerance {tolerance}"
        )
    return Quadrature(value, error)


def sum_distribution(*dice: Mapping | Sequence) -> dict:
    """Return the distribution of the sum of independent discrete variables.

    The probability of a sum is the convolution of the variables' probabilities: for every way of splitting
    the total, multiply, then add up.

    Parameters
    ----------
    *dice : mapping or sequence
        Each variable as a mapping from its values to their probabilities (or weights), or as a sequence of
        equally likely outcomes, such as ``range(1, 7)`` for a fair die. Values may have gaps.

    Returns
    -------
    dict
        Sum to probability, in increasing order of the sums. Integer and `fractions.Fraction` weights give
        exact fractions; floating-point weights give floats. Weights are divided by their total.

    Raises
    ------
    ValueError
        If there is no variable, one has no outcome, a weight is negative, or all its weights are zero.

    Examples
    --------
    >>> die = range(1, 7)
    >>> sum_distribution(die, die)[4]
    Fraction(1, 12)
    >>> loaded = {1: Fraction(1, 2), 6: Fraction(1, 2)}
    >>> sum_distribution(loaded, loaded)
    {2: Fraction(1, 4), 7: Fraction(1, 2), 12: Fraction(1, 4)}
    """
    if not dice:
        raise ValueError("sum_distribution: expected at least one variable, got none")
    total = reduce(_add_independent, map(_probabilities, dice))
    return dict(sorted(total.items()))


def _add_independent(first: dict, second: dict) -> dict:
    """Convolve two distributions kept as mappings, so that their values may have gaps."""
    total: dict = {}
    for x, p in first.items():
        for y, q in second.items():
            total[x + y] = total.get(x + y, 0) + p * q
    return total


def _probabilities(variable: Mapping | Sequence) -> dict:
    """Return the variable as a mapping from value to probability, summing to one."""
    weights: dict = {}
    items = variable.items() if isinstance(variable, Mapping) else ((value, 1) for value in variable)
    for value, weight in items:
        if not weight >= 0:
            raise ValueError(f"sum_distribution: weights must not be negative, got {weight} for {value}")
        weights[value] = weights.get(value, 0) + (Fraction(weight) if isinstance(weight, int) else weight)
    total = sum(weights.values())
    if not total > 0:
        raise ValueError(f"sum_distribution: a variable needs an outcome of positive weight, got {variable}")
    return {value: weight / total for value, weight in weights.items()}


def _two_arrays(function: str, f: ArrayLike, g: ArrayLike, mode: str) -> tuple[np.ndarray, np.ndarray]:
    """Return both arguments as arrays, or say what is wrong with them."""
    f, g = np.asarray(f), np.asarray(g)
    if mode not in MODES:
        raise ValueError(f"{function}: mode must be one of {', '.join(MODES)}, got {mode!r}")
    if f.ndim != g.ndim:
        raise ValueError(
            f"{function}: f and g must have equally many dimensions, got {f.shape} and {g.shape}"
        )
    if f.size == 0 or g.size == 0:
        raise ValueError(f"{function}: f and g must not be empty, got shapes {f.shape} and {g.shape}")
    if mode == "valid" and any(k > m for m, k in zip(f.shape, g.shape, strict=True)):
        raise ValueError(f"{function}: mode 'valid' needs g to fit into f, got {f.shape} and {g.shape}")
    return f, g


def _part(mode: str, f_shape: tuple[int, ...], g_shape: tuple[int, ...]) -> tuple[slice, ...]:
    """Return which part of the full convolution a mode keeps."""
    lengths = zip(f_shape, g_shape, strict=True)
    if mode == "same":
        return tuple(slice((k - 1) // 2, (k - 1) // 2 + m) for m, k in lengths)
    if mode == "valid":
        return tuple(slice(k - 1, m) for m, k in lengths)
    return tuple(slice(None) for _ in lengths)

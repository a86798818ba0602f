"""Softmax and its logarithm: scores into probabilities."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from cnnbook.functional._checks import as_floats, as_integer, as_numbers
from cnnbook.functional._gradients import as_gradient, widened


def softmax(input: ArrayLike, dim: int, *, dtype: DTypeLike | None = None) -> np.ndarray:
    """Return positive numbers that sum to 1 along an axis: ``exp(x) / sum(exp(x))``.

    The largest score is subtracted first. That changes nothing in the result and keeps `exp` from
    overflowing.

    Parameters
    ----------
    input : array_like of any shape
        Scores: floating-point numbers, or with `dtype` also integers.
    dim : int
        The axis; negative counts from the end. PyTorch's deprecated guess for a missing `dim` is not made.
    dtype : dtype, optional
        Floating-point dtype to convert the scores to first.

    Returns
    -------
    ndarray of the same shape
        NaN along an axis that holds NaN or infinity, or nothing but minus infinity.

    Raises
    ------
    TypeError
        If the scores, or `dtype`, are not floating-point.
    ValueError
        If there is no axis `dim`.

    References
    ----------
    Goodfellow, Bengio and Courville, "Deep Learning", MIT Press 2016, section 4.1.

    Examples
    --------
    >>> softmax([0.0, np.log(3.0)], dim=0)
    array([0.25, 0.75])
    """
    input, axis = _as_scores(input, dim, dtype, "softmax")
    if not input.size:
        return np.zeros_like(input)
    with np.errstate(all="ignore"):
        exponential = np.exp(_shifted(widened(input), axis))
        return np.asarray(exponential / exponential.sum(axis, keepdims=True), input.dtype)


def softmax_backward(
    grad_output: ArrayLike, input: ArrayLike, dim: int, *, dtype: DTypeLike | None = None
) -> np.ndarray:
    """Return the gradient of `softmax`: with ``y = softmax(x)`` it is ``y * (g - sum(y * g))``.

    >>> softmax_backward([1.0, 0.0], [0.0, 0.0], dim=0)
    array([ 0.25, -0.25])
    """
    given, scores, axis, grad_output = _for_backward(grad_output, input, dim, dtype, "softmax_backward")
    with np.errstate(all="ignore"):
        probability = softmax(widened(scores), dim)
        mean = (grad_output * probability).sum(axis, keepdims=True)
        return np.asarray(probability * (grad_output - mean), given.dtype)


def log_softmax(input: ArrayLike, dim: int, *, dtype: DTypeLike | None = None) -> np.ndarray:
    """Return the logarithm of `softmax`, computed directly: ``x - log(sum(exp(x)))``.

    Taking the logarithm of `softmax` instead would give minus infinity wherever `exp` underflows.

    Parameters
    ----------
    input, dim, dtype
        As in `softmax`.

    Returns
    -------
    ndarray of the same shape

    Raises
    ------
    TypeError, ValueError
        As `softmax`.

    Examples
    --------
    >>> log_softmax([0.0, 1000.0], dim=0)
    array([-1000.,     0.])
    """
    input, axis = _as_scores(input, dim, dtype, "log_softmax")
    if not input.size:
        return np.zeros_like(input)
    with np.errstate(all="ignore"):
        shifted = _shifted(widened(input), axis)
        return np.asarray(shifted - np.log(np.exp(shifted).sum(axis, keepdims=True)), input.dtype)


def log_softmax_backward(
    grad_output: ArrayLike, input: ArrayLike, dim: int, *, dtype: DTypeLike | None = None
) -> np.ndarray:
    """Return the gradient of `log_softmax`: ``g - softmax(x) * sum(g)``.

    >>> log_softmax_backward([1.0, 0.0], [0.0, 0.0], dim=0)
    array([ 0.5, -0.5])
    """
    given, scores, axis, grad_output = _for_backward(grad_output, input, dim, dtype, "log_softmax_backward")
    with np.errstate(all="ignore"):
        total = grad_output.sum(axis, keepdims=True)
        return np.asarray(grad_output - softmax(widened(scores), dim) * total, given.dtype)


def as_axis(dim: int, ndim: int, operator: str, name: str = "dim") -> int:
    """Return an axis number from 0 on; a 0-dimensional array counts as having one axis, as in PyTorch."""
    axes = max(ndim, 1)
    number = as_integer(dim, operator, name)
    if not -axes <= number < axes:
        raise ValueError(f"{operator}: {name} must be from {-axes} to {axes - 1}, got {dim}")
    return number % axes


def _as_scores(
    input: ArrayLike, dim: int, dtype: DTypeLike | None, operator: str
) -> tuple[np.ndarray, int | None]:
    """Return floating-point scores and their axis; None stands for the axis that a single number lacks."""
    if dtype is not None:
        if np.dtype(dtype).kind != "f":
            raise TypeError(f"{operator}: dtype must be floating-point, got {np.dtype(dtype)}")
        input = as_numbers(input, operator).astype(dtype)
    input = as_floats(input, operator)
    axis = as_axis(dim, input.ndim, operator)
    return input, axis if input.ndim else None


def _for_backward(
    grad_output: ArrayLike, input: ArrayLike, dim: int, dtype: DTypeLike | None, operator: str
) -> tuple[np.ndarray, np.ndarray, int | None, np.ndarray]:
    """Return the input as given and as scores, the scores' axis, and the gradient that fits them."""
    given = as_floats(input, operator)
    scores, axis = _as_scores(given, dim, dtype, operator)
    return given, scores, axis, widened(as_gradient(grad_output, operator, scores.shape, scores.dtype))


def _shifted(input: np.ndarray, axis: int | None) -> np.ndarray:
    return input - input.max(axis, keepdims=True)

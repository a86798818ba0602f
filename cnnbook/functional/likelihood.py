"""Losses of classification: minus the logarithm of the probability that the right class got.

Both share `reduction`: 'none' keeps one loss per position, 'sum' adds them, and 'mean' divides that sum by
the sum of the positions' class weights, which is their number if there are no weights.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from cnnbook.functional._targets import Classes, Probabilities, Reduction
from cnnbook.functional.activation import as_real_number
from cnnbook.functional.probability import log_softmax, log_softmax_backward


def nll_loss(
    input: ArrayLike,
    target: ArrayLike,
    weight: ArrayLike | None = None,
    *,
    ignore_index: int = -100,
    reduction: str = "mean",
) -> np.ndarray:
    """Return the negative log likelihood of the target classes.

    Parameters
    ----------
    input : array_like of shape (N, C), (N, C, d1, ...) or (C,)
        Log-probabilities of C classes, as from `log_softmax`.
    target : array_like of shape (N,), (N, d1, ...) or ()
        Class numbers from 0 to C - 1, int64 or uint8.
    weight : array_like of shape (C,), optional
        Weight of each class, in the input's dtype.
    ignore_index : int, default -100
        Positions with this target count nothing.
    reduction : {'mean', 'sum', 'none'}
        See the module. The mean of no positions at all is NaN.

    Returns
    -------
    ndarray of shape (), or of the target's shape for reduction 'none'

    Raises
    ------
    TypeError
        If a dtype is none of these.
    ValueError
        If shapes do not fit, or a target is not a class, or for another `reduction`.

    Examples
    --------
    >>> nll_loss(np.log([[0.5, 0.5], [0.25, 0.75]]), [0, 1], reduction="none").round(3)
    array([0.693, 0.288])
    """
    classes, reduction = _classes("nll_loss", input, target, weight, ignore_index, reduction)
    return reduction.apply(classes.gather(classes.scores))


def nll_loss_backward(
    grad_output: ArrayLike,
    input: ArrayLike,
    target: ArrayLike,
    weight: ArrayLike | None = None,
    *,
    ignore_index: int = -100,
    reduction: str = "mean",
) -> np.ndarray:
    """Return the gradient of `nll_loss` for `input`: minus the weight at the target's class, 0 elsewhere.

    >>> nll_loss_backward(1.0, [[-0.7, -0.7], [-0.7, -0.7]], [0, 1])
    array([[-0.5,  0. ],
           [ 0. , -0.5]])
    """
    classes, reduction = _classes("nll_loss_backward", input, target, weight, ignore_index, reduction)
    return classes.scatter(reduction.backward(grad_output)).astype(reduction.dtype)


def cross_entropy(
    input: ArrayLike,
    target: ArrayLike,
    weight: ArrayLike | None = None,
    *,
    ignore_index: int = -100,
    reduction: str = "mean",
    label_smoothing: float = 0.0,
) -> np.ndarray:
    """Return the cross-entropy between scores and target classes, or target probabilities.

    Parameters
    ----------
    input : array_like of shape (N, C), (N, C, d1, ...) or (C,)
        Unnormalised scores of C classes; `log_softmax` is applied to them.
    target : array_like of shape (N,), (N, d1, ...) or (), or of the input's shape
        Class numbers (int64 or uint8) or, in the input's shape, probabilities (floating-point).
    weight, ignore_index, reduction
        As in `nll_loss`. Probabilities have no index to ignore, and their mean is over all positions
        whatever the weights.
    label_smoothing : float from 0 to 1, default 0
        Share of every target that is dealt out evenly to the C classes.

    Returns
    -------
    ndarray of shape (), or of the shape without the class axis for reduction 'none'

    Raises
    ------
    TypeError, ValueError
        As `nll_loss`; also for `label_smoothing` out of range and for `ignore_index` with probabilities.

    References
    ----------
    Label smoothing: Szegedy et al., "Rethinking the Inception architecture for computer vision",
    CVPR 2016, section 7.

    Examples
    --------
    >>> scores = np.log([[1.0, 3.0]])
    >>> cross_entropy(scores, [1]).round(3), cross_entropy(scores, [[0.5, 0.5]]).round(3)
    (np.float64(0.288), np.float64(0.837))
    """
    name, given = "cross_entropy", (input, target, weight, ignore_index, reduction)
    smoothing = _as_smoothing(label_smoothing, name)
    if np.shape(input) == np.shape(target):
        soft, reduction = _probabilities(name, *given)
        with np.errstate(all="ignore"):
            terms = log_softmax(soft.scores, soft.axis) * soft.class_weight * _smoothed(soft, smoothing)
            return reduction.apply(-terms.sum(soft.axis))
    hard, reduction = _classes(name, *given)
    log_probability = log_softmax(hard.scores, hard.axis)
    loss = hard.gather(log_probability)
    if smoothing:
        with np.errstate(all="ignore"):
            even = -(log_probability * hard.class_weight).mean(hard.axis)
            loss = (1 - smoothing) * loss + smoothing * np.where(hard.kept, even, 0)
    return reduction.apply(loss)


def cross_entropy_backward(
    grad_output: ArrayLike,
    input: ArrayLike,
    target: ArrayLike,
    weight: ArrayLike | None = None,
    *,
    ignore_index: int = -100,
    reduction: str = "mean",
    label_smoothing: float = 0.0,
) -> tuple[np.ndarray, np.ndarray | None]:
    """Return the gradients of `cross_entropy` for `input` and for `target`.

    The target's is None for class numbers. For one example without weights or smoothing the input's is
    ``softmax(input)`` with 1 taken off at the target's class.

    >>> cross_entropy_backward(1.0, [[0.0, 0.0]], [1])
    (array([[ 0.5, -0.5]]), None)
    """
    name, given = "cross_entropy_backward", (input, target, weight, ignore_index, reduction)
    smoothing = _as_smoothing(label_smoothing, name)
    if np.shape(input) == np.shape(target):
        return _soft_backward(grad_output, *_probabilities(name, *given), smoothing, input, target)
    hard, reduction = _classes(name, *given)
    gradient = reduction.backward(grad_output)
    with np.errstate(all="ignore"):
        grad_log = hard.scatter(gradient)
        if smoothing:
            even = np.expand_dims(np.where(hard.kept, -gradient, 0), hard.axis) * hard.class_weight
            grad_log = (1 - smoothing) * grad_log + smoothing / hard.scores.shape[hard.axis] * even
        grad_log = np.asarray(grad_log, hard.scores.dtype)
    return log_softmax_backward(grad_log, hard.scores, hard.axis).astype(reduction.dtype), None


def _soft_backward(grad_output, soft: Probabilities, reduction: Reduction, smoothing, input, target):
    gradient = np.expand_dims(reduction.backward(grad_output), soft.axis)
    with np.errstate(all="ignore"):
        scale = -gradient * soft.class_weight
        grad_log = np.asarray(scale * _smoothed(soft, smoothing), soft.scores.dtype)
        grad_target = (1 - smoothing) * scale * log_softmax(soft.scores, soft.axis)
    grad_input = log_softmax_backward(grad_log, soft.scores, soft.axis)
    return grad_input.astype(np.asarray(input).dtype), grad_target.astype(np.asarray(target).dtype)


def _classes(operator, input, target, weight, ignore_index, reduction) -> tuple[Classes, Reduction]:
    classes = Classes.check(operator, input, target, weight, ignore_index)
    divisor = classes.position_weight.sum()
    return classes, Reduction(operator, reduction, classes.target.shape, divisor, np.asarray(input).dtype)


def _probabilities(operator, input, target, weight, ignore_index, reduction):
    """Return the checked probabilities and their reduction, whose mean ignores the class weights."""
    soft = Probabilities.check(operator, input, target, weight, ignore_index)
    shape = soft.scores.shape[: soft.axis] + soft.scores.shape[soft.axis + 1 :]
    dtype = np.result_type(np.asarray(input), np.asarray(target))
    divisor = math.prod(shape) if soft.scores.size else 0
    return soft, Reduction(operator, reduction, shape, divisor, dtype)


def _smoothed(soft: Probabilities, smoothing: float) -> np.ndarray:
    return soft.target * (1 - smoothing) + smoothing / max(1, soft.target.shape[soft.axis])


def _as_smoothing(value: float, operator: str) -> float:
    smoothing = as_real_number(value, operator, "label_smoothing")
    if not 0 <= smoothing <= 1:
        raise ValueError(f"{operator}: label_smoothing must be from 0 to 1, got {value!r}")
    return smoothing

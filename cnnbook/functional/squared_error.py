"""Mean squared error, the loss of regression."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from cnnbook.functional._checks import as_floats
from cnnbook.functional._targets import Reduction


def mse_loss(
    input: ArrayLike, target: ArrayLike, *, reduction: str = "mean", weight: ArrayLike | None = None
) -> np.ndarray:
    """Return the mean squared error.

    Parameters
    ----------
    input, target : array_like of the same shape
        Floating-point numbers. PyTorch broadcasts unequal shapes with a warning; here they are refused.
    reduction : {'mean', 'sum', 'none'}
        One number per element is kept, averaged or added up.
    weight : array_like of that shape, optional
        Weight of each squared error.

    Returns
    -------
    ndarray of shape (), or of the input's shape for reduction 'none'

    Raises
    ------
    TypeError
        If an array is not floating-point.
    ValueError
        If shapes differ, or for another `reduction`.

    Examples
    --------
    >>> mse_loss([1.0, 2.0], [1.0, 4.0])
    array(2.)
    """
    error, weight, reduction = _squared_error("mse_loss", input, target, weight, reduction)
    with np.errstate(all="ignore"):
        return reduction.apply(error * error * weight)


def mse_loss_backward(
    grad_output: ArrayLike,
    input: ArrayLike,
    target: ArrayLike,
    *,
    reduction: str = "mean",
    weight: ArrayLike | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Return the gradients of `mse_loss` for `input` and `target`; `weight` counts as a constant.

    >>> grad_input, grad_target = mse_loss_backward(1.0, [1.0, 2.0], [1.0, 4.0])
    >>> grad_input, grad_target
    (array([ 0., -2.]), array([-0.,  2.]))
    """
    error, weight, reduction = _squared_error("mse_loss_backward", input, target, weight, reduction)
    with np.errstate(all="ignore"):
        gradient = reduction.backward(grad_output) * 2 * error * weight
        return np.asarray(gradient, np.asarray(input).dtype), np.asarray(-gradient, np.asarray(target).dtype)


def _squared_error(operator, input, target, weight, reduction):
    """Return the error, the weight (1 if there is none) and the reduction."""
    arrays = {"input": as_floats(input, operator), "target": as_floats(target, operator, "target")}
    if weight is not None:
        arrays["weight"] = as_floats(weight, operator, "weight")
    if len({array.shape for array in arrays.values()}) > 1:
        listing = ", ".join(f"{name} {array.shape}" for name, array in arrays.items())
        raise ValueError(f"{operator}: all arrays must have one shape, got {listing}")
    dtype = np.result_type(*arrays.values())
    wide = np.result_type(dtype, np.float32)
    with np.errstate(all="ignore"):
        error = np.subtract(arrays["input"], arrays["target"], dtype=wide)
        weight = arrays.get("weight", np.ones((), wide)).astype(wide)
        divisor = error.size if weight.ndim < error.ndim else weight.sum()
    return error, weight, Reduction(operator, reduction, error.shape, divisor, dtype)

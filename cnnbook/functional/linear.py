"""The fully connected layer."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from cnnbook.functional._checks import as_floats, as_numbers, same_dtype

__all__ = ["linear", "linear_backward"]


def linear(input: ArrayLike, weight: ArrayLike, bias: ArrayLike | None = None) -> np.ndarray:
    """Connect every input to every output: ``input @ weight.T + bias``.

    Parameters
    ----------
    input : array_like of shape (..., C)
        Any leading axes, none included, are a batch.
    weight : array_like of shape (K, C) or (C,)
        One row per output; a single row (C,) gives results without a last axis.
    bias : array_like of shape (K,), optional
        With a weight of one row, a single number (an array without axes).

    Returns
    -------
    ndarray of shape (..., K) or (...,)

    Raises
    ------
    TypeError
        If dtypes differ or are not numbers.
    ValueError
        If shapes do not fit.

    Notes
    -----
    K C multiplications an example. A convolution whose kernel covers its whole input is this layer.

    Examples
    --------
    >>> linear([1.0, 2.0], [[3.0, 4.0], [5.0, 6.0]], [0.5, 0.5])
    array([11.5, 17.5])
    """
    input, weight, bias = _check("linear", input, weight, bias)
    output = np.matmul(input, weight.T)
    if bias is not None:
        output += bias
    return output


def linear_backward(
    grad_output: ArrayLike, input: ArrayLike, weight: ArrayLike, bias: ArrayLike | None = None
) -> tuple[np.ndarray, np.ndarray, np.ndarray | None]:
    """Return the gradients of `linear`'s `input`, `weight` and `bias` (None without one).

    Examples
    --------
    >>> grad_input, grad_weight, grad_bias = linear_backward([1.0], [2.0, 3.0], [[4.0, 5.0]])
    >>> grad_input, grad_weight, grad_bias
    (array([4., 5.]), array([[2., 3.]]), None)
    """
    input, weight, bias = _check("linear_backward", input, weight, bias)
    grad = as_floats(grad_output, "linear_backward", "grad_output")
    expected = input.shape[:-1] + weight.shape[:-1]
    if grad.shape != expected or grad.dtype != input.dtype:
        raise ValueError(
            f"linear_backward: grad_output must have shape {expected} and dtype {input.dtype}, "
            f"got {grad.shape} and {grad.dtype}"
        )
    examples = math.prod(input.shape[:-1])
    rows = grad.reshape(examples, math.prod(weight.shape[:-1]))
    matrix = np.atleast_2d(weight)
    grad_input = (rows @ matrix).reshape(input.shape)
    grad_weight = (rows.T @ input.reshape(examples, -1 if examples else input.shape[-1])).reshape(
        weight.shape
    )
    return grad_input, grad_weight, None if bias is None else rows.sum(axis=0).reshape(bias.shape)


def _check(operator, input, weight, bias):
    """Return the arrays, or say which does not fit."""
    input, weight = as_numbers(input, operator), as_numbers(weight, operator, "weight")
    bias = None if bias is None else as_numbers(bias, operator, "bias")
    same_dtype(operator, input=input, weight=weight, bias=bias)
    if weight.ndim not in (1, 2):
        raise ValueError(f"{operator}: weight must have shape (K, C) or (C,), got {weight.shape}")
    if input.ndim == 0 or input.shape[-1] != weight.shape[-1]:
        raise ValueError(
            f"{operator}: input must end in the weight's {weight.shape[-1]} columns; "
            f"shapes {input.shape} and {weight.shape}"
        )
    if bias is not None and bias.shape != weight.shape[:-1]:
        raise ValueError(f"{operator}: bias must have shape {weight.shape[:-1]}, got {bias.shape}")
    return input, weight, bias

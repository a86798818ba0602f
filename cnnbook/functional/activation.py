"""Activation functions of one number, and their derivatives.

Every backward takes the gradient of a loss with respect to the output and multiplies it by the derivative
at `input`: the chain rule, one element at a time.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import erf, expit

from cnnbook.functional._checks import as_floats, as_numbers
from cnnbook.functional._gradients import as_gradient, widened

# The cubic term of the tanh approximation of GELU, fitted by its authors.
GELU_CUBIC = 0.044715


def relu(input: ArrayLike) -> np.ndarray:
    """Return the positive part, ``max(0, x)``.

    Parameters
    ----------
    input : array_like of any shape
        Floating-point numbers or integers.

    Returns
    -------
    ndarray of the same shape and dtype
        NaN stays NaN.

    Raises
    ------
    TypeError
        For booleans, complex numbers and anything that is not a number.

    References
    ----------
    Nair and Hinton, "Rectified linear units improve restricted Boltzmann machines", ICML 2010.

    Examples
    --------
    >>> relu([-2.0, 0.0, 3.0])
    array([0., 0., 3.])
    """
    input = _as_real(input, "relu")
    return np.asarray(np.maximum(input, np.zeros((), input.dtype)))


def relu_backward(grad_output: ArrayLike, input: ArrayLike) -> np.ndarray:
    """Return the gradient of `relu`: pass where the input was positive, 0 elsewhere (also at 0 itself).

    >>> relu_backward([1.0, 1.0, 1.0], [-2.0, 0.0, 3.0])
    array([0., 0., 1.])
    """
    input, grad_output = _as_pair(input, grad_output, "relu_backward")
    return np.where(input <= 0, np.zeros((), input.dtype), grad_output)


def leaky_relu(input: ArrayLike, negative_slope: float = 0.01) -> np.ndarray:
    """Return ``x`` where it is positive and ``negative_slope * x`` elsewhere.

    Parameters
    ----------
    input : array_like of any shape
        Floating-point numbers.
    negative_slope : float, default 0.01
        Any number; 0 gives `relu` but turns an infinite negative input into NaN.

    Returns
    -------
    ndarray of the same shape and dtype

    Raises
    ------
    TypeError
        If `input` is not floating-point or `negative_slope` is not a number.

    References
    ----------
    Maas, Hannun and Ng, "Rectifier nonlinearities improve neural network acoustic models", ICML 2013.

    Examples
    --------
    >>> leaky_relu([-2.0, 3.0], negative_slope=0.5)
    array([-1.,  3.])
    """
    input = as_floats(input, "leaky_relu")
    slope = as_real_number(negative_slope, "leaky_relu", "negative_slope")
    with np.errstate(all="ignore"):
        return np.where(input > 0, input, input * input.dtype.type(slope))


def leaky_relu_backward(grad_output: ArrayLike, input: ArrayLike, negative_slope: float = 0.01) -> np.ndarray:
    """Return the gradient of `leaky_relu`: 1 where the input was positive, else `negative_slope`.

    >>> leaky_relu_backward([1.0, 1.0], [-2.0, 3.0], negative_slope=0.5)
    array([0.5, 1. ])
    """
    input, grad_output = _as_pair(input, grad_output, "leaky_relu_backward")
    slope = as_real_number(negative_slope, "leaky_relu_backward", "negative_slope")
    with np.errstate(all="ignore"):
        return np.where(input > 0, grad_output, grad_output * input.dtype.type(slope))


def sigmoid(input: ArrayLike) -> np.ndarray:
    """Return the logistic function ``1 / (1 + exp(-x))``, without overflow for large negative inputs.

    Parameters
    ----------
    input : array_like of any shape
        Floating-point numbers keep their dtype; integers and booleans become float32.

    Returns
    -------
    ndarray of the same shape
        Numbers from 0 to 1.

    Raises
    ------
    TypeError
        For complex numbers and anything that is not a number.

    Examples
    --------
    >>> sigmoid([-1000.0, 0.0, np.inf])
    array([0. , 0.5, 1. ])
    """
    input = _as_real_or_bool(input, "sigmoid")
    return np.asarray(expit(widened(input)), input.dtype)


def sigmoid_backward(grad_output: ArrayLike, input: ArrayLike) -> np.ndarray:
    """Return the gradient of `sigmoid`: with ``s = sigmoid(x)`` the slope is ``s * (1 - s)``.

    >>> sigmoid_backward([1.0], [0.0])
    array([0.25])
    """
    input, grad_output = _as_pair(input, grad_output, "sigmoid_backward")
    value = expit(widened(input))
    with np.errstate(all="ignore"):
        return np.asarray(grad_output * (value * (1 - value)), input.dtype)


def tanh(input: ArrayLike) -> np.ndarray:
    """Return the hyperbolic tangent.

    Parameters
    ----------
    input : array_like of any shape
        Floating-point numbers keep their dtype; integers and booleans become float32.

    Returns
    -------
    ndarray of the same shape
        Numbers from -1 to 1.

    Raises
    ------
    TypeError
        For complex numbers and anything that is not a number.

    Examples
    --------
    >>> tanh([-np.inf, 0.0, 20.0])
    array([-1.,  0.,  1.])
    """
    return np.asarray(np.tanh(_as_real_or_bool(input, "tanh")))


def tanh_backward(grad_output: ArrayLike, input: ArrayLike) -> np.ndarray:
    """Return the gradient of `tanh`: with ``t = tanh(x)`` the slope is ``1 - t**2``.

    >>> tanh_backward([1.0], [0.0])
    array([1.])
    """
    input, grad_output = _as_pair(input, grad_output, "tanh_backward")
    with np.errstate(all="ignore"):
        return np.asarray(grad_output * (1 - np.tanh(widened(input)) ** 2), input.dtype)


def gelu(input: ArrayLike, *, approximate: str = "none") -> np.ndarray:
    """Return ``x`` times the probability that a standard normal variable is below ``x``.

    Parameters
    ----------
    input : array_like of any shape
        Floating-point numbers.
    approximate : {'none', 'tanh'}, default 'none'
        'tanh' replaces the normal distribution by
        ``(1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x**3))) / 2``.

    Returns
    -------
    ndarray of the same shape and dtype
        At minus infinity NaN (``-inf * 0``), as in PyTorch; at infinity infinity, which is what PyTorch
        gives in float64 (its float32 kernel gives NaN there).

    Raises
    ------
    TypeError
        If `input` is not floating-point.
    ValueError
        If `approximate` is neither of the two.

    References
    ----------
    Hendrycks and Gimpel, "Gaussian error linear units (GELUs)", arXiv:1606.08415, section 2.

    Examples
    --------
    >>> gelu([-1.0, 0.0, 1.0]).round(4)
    array([-0.1587,  0.    ,  0.8413])
    """
    input = as_floats(input, "gelu")
    _check_approximate(approximate, "gelu")
    x = widened(input)
    with np.errstate(all="ignore"):
        return np.asarray(x * _gate(x, approximate), input.dtype)


def gelu_backward(grad_output: ArrayLike, input: ArrayLike, *, approximate: str = "none") -> np.ndarray:
    """Return the gradient of `gelu`: the gate, plus ``x`` times the gate's own slope.

    >>> gelu_backward([1.0], [0.0])
    array([0.5])
    """
    input, grad_output = _as_pair(input, grad_output, "gelu_backward")
    _check_approximate(approximate, "gelu_backward")
    x = widened(input)
    with np.errstate(all="ignore"):
        gate = _gate(x, approximate)
        if approximate == "none":
            slope = np.exp(-0.5 * x * x) / math.sqrt(2 * math.pi)
        else:
            slope = 2 * gate * (1 - gate) * math.sqrt(2 / math.pi) * (1 + 3 * GELU_CUBIC * x * x)
        return np.asarray(grad_output * (gate + x * slope), input.dtype)


def as_real_number(value: float, operator: str, name: str) -> float:
    """Return an option that must be a real number as a float."""
    if isinstance(value, str | bytes | complex) or np.ndim(value) or not hasattr(value, "__float__"):
        raise TypeError(f"{operator}: {name} must be a number, got {value!r}")
    return float(value)


def _gate(x: np.ndarray, approximate: str) -> np.ndarray:
    """Return the (approximate) normal distribution function, the share of `x` that GELU lets through."""
    if approximate == "none":
        return 0.5 * (1 + erf(x * math.sqrt(0.5)))
    return 0.5 * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + GELU_CUBIC * x * x * x)))


def _check_approximate(approximate: str, operator: str) -> None:
    if approximate not in ("none", "tanh"):
        raise ValueError(f"{operator}: approximate must be 'none' or 'tanh', got {approximate!r}")


def _as_real(input: ArrayLike, operator: str) -> np.ndarray:
    input = as_numbers(input, operator)
    if input.dtype.kind == "c":
        raise TypeError(f"{operator}: input must hold real numbers, got dtype {input.dtype}")
    return input


def _as_real_or_bool(input: ArrayLike, operator: str) -> np.ndarray:
    """Return floats as they are and integers and booleans as float32, PyTorch's default dtype."""
    input = np.asarray(input)
    input = input.astype(np.float32) if input.dtype.kind == "b" else _as_real(input, operator)
    return input if input.dtype.kind == "f" else input.astype(np.float32)


def _as_pair(input: ArrayLike, grad_output: ArrayLike, operator: str) -> tuple[np.ndarray, np.ndarray]:
    input = as_floats(input, operator)
    return input, as_gradient(grad_output, operator, input.shape, input.dtype)

"""Batch normalisation: every channel to mean 0 and variance 1 over the batch."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from cnnbook.functional._checks import as_floats, same_dtype
from cnnbook.functional._gradients import as_gradient, widened
from cnnbook.functional.activation import as_real_number


def batch_norm(
    input: ArrayLike,
    running_mean: ArrayLike | None,
    running_var: ArrayLike | None,
    weight: ArrayLike | None = None,
    bias: ArrayLike | None = None,
    training: bool = False,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> np.ndarray:
    """Shift and scale every channel to mean 0 and variance 1, then to `bias` and `weight`.

    Parameters
    ----------
    input : array_like of shape (N, C) or (N, C, ...)
        Floating-point numbers.
    running_mean, running_var : array_like of shape (C,), or None
        Statistics to normalise with unless `training`. PyTorch updates them in place when training; here
        no argument is ever changed: `updated_running_statistics` returns the new ones.
    weight, bias : array_like of shape (C,), optional
        Scale and shift of the result; by default 1 and 0.
    training : bool, default False
        Normalise with the mean and the (biased) variance of `input` itself.
    momentum : float, default 0.1
        No part of the result; taken so that the arguments are those of PyTorch.
    eps : float, default 1e-5
        Added to the variance.

    Returns
    -------
    ndarray of the input's shape and dtype

    Raises
    ------
    TypeError
        If dtypes differ or are not floating-point.
    ValueError
        If shapes do not fit, statistics are missing, `eps` is negative (or 0 when training), or a channel
        has but one value to be trained on.

    References
    ----------
    Ioffe and Szegedy, "Batch normalization: accelerating deep network training by reducing internal
    covariate shift", ICML 2015, algorithm 1.

    Examples
    --------
    >>> batch_norm([[1.0], [3.0]], None, None, training=True, eps=1e-12)
    array([[-1.],
           [ 1.]])
    >>> batch_norm([[1.0], [3.0]], [2.0], [4.0], eps=0.0)
    array([[-0.5],
           [ 0.5]])
    """
    arrays = _as_layer("batch_norm", input, running_mean, running_var, weight, bias, training, momentum, eps)
    input, _, _, weight, bias = arrays
    if not input.size:
        return input.copy()
    with np.errstate(all="ignore"):
        normal, _ = _standardised(*arrays[:3], training, eps)
        if weight is not None:
            normal *= _per_channel(weight, input)
        if bias is not None:
            normal += _per_channel(bias, input)
        return normal.astype(input.dtype, copy=False)


def batch_norm_backward(
    grad_output: ArrayLike,
    input: ArrayLike,
    running_mean: ArrayLike | None,
    running_var: ArrayLike | None,
    weight: ArrayLike | None = None,
    bias: ArrayLike | None = None,
    training: bool = False,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> tuple[np.ndarray, np.ndarray | None, np.ndarray | None]:
    """Return the gradients of `batch_norm` for `input`, `weight` and `bias`, None for what was not given.

    When training, a value also acts through the mean and the variance of its channel. That takes from its
    gradient the part along the constant direction and the part along the normalised input.

    >>> batch_norm_backward([[1.0], [2.0]], [[1.0], [3.0]], [2.0], [4.0], [3.0], [0.0], eps=0.0)
    (array([[1.5],
           [3. ]]), array([0.5]), array([3.]))
    """
    name = "batch_norm_backward"
    arrays = _as_layer(name, input, running_mean, running_var, weight, bias, training, momentum, eps)
    input, _, _, weight, bias = arrays
    gradient = widened(as_gradient(grad_output, name, input.shape, input.dtype))
    if not input.size:
        return tuple(None if array is None else np.zeros_like(array) for array in (input, weight, bias))
    axes = (0, *range(2, input.ndim))
    with np.errstate(all="ignore"):
        normal, scale = _standardised(*arrays[:3], training, eps)
        along_normal = (gradient * normal).sum(axes)
        total = gradient.sum(axes)
        grad_input = gradient
        if training:
            count = gradient.size // gradient.shape[1]
            removed = _per_channel(total, input) + normal * _per_channel(along_normal, input)
            grad_input = gradient - removed / count
        grad_input = grad_input * scale
        if weight is not None:
            grad_input = grad_input * _per_channel(weight, input)
    return (
        grad_input.astype(input.dtype, copy=False),
        None if weight is None else along_normal.astype(input.dtype, copy=False),
        None if bias is None else total.astype(input.dtype, copy=False),
    )


def updated_running_statistics(
    input: ArrayLike, running_mean: ArrayLike, running_var: ArrayLike, momentum: float = 0.1
) -> tuple[np.ndarray, np.ndarray]:
    """Return the running mean and variance after one more training batch.

    Parameters
    ----------
    input : array_like of shape (N, C) or (N, C, ...)
        The batch, of more than one value per channel.
    running_mean, running_var : array_like of shape (C,)
        The statistics so far.
    momentum : float, default 0.1
        Share of the new batch: ``(1 - momentum) * old + momentum * new``, with the unbiased variance.

    Returns
    -------
    (ndarray, ndarray) of shape (C,)

    Raises
    ------
    TypeError, ValueError
        As `batch_norm`.

    Examples
    --------
    >>> updated_running_statistics([[1.0], [3.0]], [0.0], [1.0], momentum=0.5)
    (array([1.]), array([1.5]))
    """
    name = "updated_running_statistics"
    if running_mean is None or running_var is None:
        raise ValueError(f"{name}: running_mean and running_var must both be given")
    input, mean, var, _, _ = _as_layer(name, input, running_mean, running_var, None, None, True, momentum, 1)
    axes = (0, *range(2, input.ndim))
    wide = widened(input)
    with np.errstate(all="ignore"):
        mean = (1 - momentum) * mean + momentum * wide.mean(axes)
        var = (1 - momentum) * var + momentum * wide.var(axes, ddof=1)
    return mean.astype(input.dtype), var.astype(input.dtype)


def _standardised(input, running_mean, running_var, training, eps) -> tuple[np.ndarray, np.ndarray]:
    """Return the normalised input, and the factor ``1 / sqrt(var + eps)`` that did it."""
    x = widened(input)
    if training:
        axes = (0, *range(2, x.ndim))
        mean, var = x.mean(axes), x.var(axes)
    else:
        mean, var = widened(running_mean), widened(running_var)
    scale = _per_channel(1 / np.sqrt(var + x.dtype.type(eps)), x)
    return (x - _per_channel(mean, x)) * scale, scale


def _per_channel(values: np.ndarray, input: np.ndarray) -> np.ndarray:
    return values.reshape(-1, *(1,) * (input.ndim - 2))


def _as_layer(operator, input, running_mean, running_var, weight, bias, training, momentum, eps):
    """Return the five arrays, checked; None stays None."""
    names = ("input", "running_mean", "running_var", "weight", "bias")
    given = (input, running_mean, running_var, weight, bias)
    arrays = {
        name: None if array is None else as_floats(array, operator, name)
        for name, array in zip(names, given, strict=True)
    }
    same_dtype(operator, **arrays)
    as_real_number(momentum, operator, "momentum")
    eps = as_real_number(eps, operator, "eps")
    if eps < 0 or (training and not eps):
        raise ValueError(f"{operator}: eps must be positive (or 0 if not training), got {eps}")
    if not training and (running_mean is None or running_var is None):
        raise ValueError(f"{operator}: running_mean and running_var must be given unless training")
    input = arrays["input"]
    if input.size:
        _check_channels(operator, arrays, training)
    return tuple(arrays.values())


def _check_channels(operator, arrays, training) -> None:
    shape = arrays["input"].shape
    if len(shape) < 2:
        raise ValueError(f"{operator}: input must have at least 2 dimensions (N, C), got shape {shape}")
    for name, array in list(arrays.items())[1:]:
        if array is not None and array.shape != shape[1:2]:
            raise ValueError(
                f"{operator}: {name} must have one value for each of {shape[1]} channels, "
                f"got shape {array.shape}"
            )
    if training and math.prod(shape) == shape[1]:
        raise ValueError(f"{operator}: training needs more than 1 value per channel, got shape {shape}")

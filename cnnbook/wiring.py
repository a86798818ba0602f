"""One layer wired in three ways: every line its own weight, only near lines, and near lines that share."""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import NamedTuple

import numpy as np

from cnnbook.arithmetic import output_length

__all__ = ["Wiring", "as_matrix", "wirings"]


class Wiring(NamedTuple):
    """What one way of wiring a layer costs.

    Parameters
    ----------
    parameters : int
        Weights and biases that training sets.
    connections : int
        Inputs that all outputs read together, plus one for each output's bias.
    macs : int
        Multiply-accumulates for one input: the connections without those of the biases.
    """

    parameters: int
    connections: int
    macs: int


def wirings(
    shape: tuple[int, int, int],
    kernels: int,
    kernel: int | tuple[int, int],
    *,
    stride: int = 1,
    padding: int = 0,
    bias: bool = True,
) -> dict[str, Wiring]:
    """Return the costs of a convolution layer, and of the two layers that it could have been.

    All three have the same inputs and the same outputs. ``"dense"`` connects each output with each input;
    ``"local"`` only with the inputs under its window, each line with a weight of its own; ``"shared"`` is the
    convolution, one set of weights for all places. The way of counting is that of LeCun, Bottou, Bengio and
    Haffner (1998), section II.B; zeros of the padding count as inputs where a window covers them.

    Parameters
    ----------
    shape : (int, int, int)
        Channels C, rows H and columns W of the input.
    kernels : int
        K, channels of the output.
    kernel : int or (int, int)
        Rows R and columns S of the window; one number means both.
    stride, padding : int, default 1 and 0
    bias : bool, default True
        Whether something is added to each output: one number for each output, or, shared, for each kernel.

    Returns
    -------
    dict of str to Wiring
        By ``"dense"``, ``"local"`` and ``"shared"``.

    Raises
    ------
    ValueError
        If a number is out of range, or if the window does not fit.

    >>> for name, cost in wirings((1, 32, 32), kernels=6, kernel=5).items():
    ...     print(name, cost.parameters, cost.connections)
    dense 4821600 4821600
    local 122304 122304
    shared 156 122304
    """
    channels, rows, columns = shape
    if channels < 1 or kernels < 1:
        raise ValueError(
            f"wirings: got {channels} channels and {kernels} kernels, expected at least 1 of each"
        )
    r, s = (kernel, kernel) if isinstance(kernel, int) else kernel
    places = output_length(rows, r, stride, padding) * output_length(columns, s, stride, padding)
    outputs, window = kernels * places, channels * r * s
    added = outputs if bias else 0
    dense, local = outputs * prod(shape), outputs * window
    return {
        "dense": Wiring(dense + added, dense + added, dense),
        "local": Wiring(local + added, local + added, local),
        "shared": Wiring(kernels * (window + bias), local + added, local),
    }


def as_matrix(layer: Callable[[np.ndarray], np.ndarray], shape: tuple[int, ...]) -> np.ndarray:
    """Return the weights of the fully connected layer that does what a linear layer does.

    Column n is what the layer makes of an input that is 1 at place n and 0 elsewhere.

    Parameters
    ----------
    layer : callable
        From an array of `shape` to an array; linear, so without a bias.
    shape : tuple of int
        Of the input, such as (C, H, W).

    Returns
    -------
    ndarray of shape (outputs, inputs)
        Both flattened in row-major order.

    Raises
    ------
    ValueError
        If the layer makes something of nothing: then it adds a bias, and no matrix can do that.

    >>> as_matrix(lambda x: x[1:] - x[:-1], (4,)).astype(int)
    array([[-1,  1,  0,  0],
           [ 0, -1,  1,  0],
           [ 0,  0, -1,  1]])
    """
    if np.any(layer(np.zeros(shape))):
        raise ValueError("as_matrix: layer makes something of an input of zeros, expected one without a bias")
    impulses = np.eye(prod(shape)).reshape(-1, *shape)
    return np.stack([layer(impulse).ravel() for impulse in impulses], axis=1)

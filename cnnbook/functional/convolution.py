"""Convolution layers, with the arguments and the semantics of `torch.nn.functional`."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from cnnbook.functional._layer import ConvolutionLayer
from cnnbook.functional.methods.im2col import conv2d_im2col
from cnnbook.functional.methods.loop import conv2d_loop

METHODS = {"loop": conv2d_loop, "im2col": conv2d_im2col}


def conv2d(
    input: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: int | tuple[int, int] = 1,
    padding: int | tuple[int, int] | str = 0,
    dilation: int | tuple[int, int] = 1,
    groups: int = 1,
    *,
    method: str = "auto",
) -> np.ndarray:
    """Slide K kernels over an image of C channels (the layer's convolution: the kernel is not flipped).

    Parameters
    ----------
    input : array_like of shape (N, C, H, W) or (C, H, W)
    weight : array_like of shape (K, C / groups, R, S)
        Of the input's dtype.
    bias : array_like of shape (K,), optional
        Added to every position of a kernel's output.
    stride, dilation : int or (int, int), default 1
        Step of the window, and distance between its weights, for rows and columns.
    padding : int or (int, int) or {'same', 'valid'}, default 0
        Zeros added on each side of rows and columns. 'same' keeps the size at stride 1 and puts an odd
        zero at the end; 'valid' is 0.
    groups : int, default 1
        Deal channels and kernels out to this many independent layers; ``groups=C`` is a depthwise layer.
    method : str, default 'auto'
        How to compute it; see `choose_method`.

    Returns
    -------
    ndarray of shape (N, K, P, Q) or (K, P, Q)
        ``output[n, k, p, q] = bias[k] + sum over c, r, s of
        weight[k, c, r, s] * padded[n, c, p * stride + r * dilation, q * stride + s * dilation]``,
        in the input's dtype.

    Raises
    ------
    TypeError, ValueError
        On anything that PyTorch rejects, naming the argument.

    Examples
    --------
    >>> image = np.zeros((1, 1, 4, 4))
    >>> image[..., 2:] = 1
    >>> edge = np.array([[[[-1.0, 1.0]]]])
    >>> conv2d(image, edge)[0, 0]
    array([[0., 1., 0.],
           [0., 1., 0.],
           [0., 1., 0.],
           [0., 1., 0.]])
    """
    layer = ConvolutionLayer.check("conv2d", 2, input, weight, bias, stride, padding, dilation, groups)
    if method != "auto" and method not in METHODS:
        raise ValueError(f"conv2d: method must be one of auto, {', '.join(METHODS)}, got {method!r}")
    compute = METHODS["im2col" if method == "auto" else method]
    output = compute(layer.input, layer.weight, layer.stride, layer.padding, layer.dilation, layer.groups)
    return layer.finish(output)

"""Convolution layers, with the arguments and the semantics of `torch.nn.functional`."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from cnnbook.functional._layer import ConvolutionLayer
from cnnbook.functional.methods.choose import cheapest, conv_costs

__all__ = [
    "choose_method",
    "conv1d",
    "conv1d_backward",
    "conv2d",
    "conv2d_backward",
    "conv3d",
    "conv3d_backward",
    "method_costs",
]

Gradients = tuple[np.ndarray, np.ndarray, np.ndarray | None]


def conv1d(
    input: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: int | tuple[int] = 1,
    padding: int | tuple[int] | str = 0,
    dilation: int | tuple[int] = 1,
    groups: int = 1,
    *,
    method: str = "auto",
    exact: bool = False,
) -> np.ndarray:
    """Slide K kernels along a signal of C channels.

    `input` is (N, C, W) or (C, W), `weight` (K, C / groups, S), the result (N, K, Q) or (K, Q). It is
    `conv2d` on an image of one row; see there for every argument.

    Examples
    --------
    >>> conv1d(np.array([[0.0, 0.0, 1.0, 1.0]]), np.array([[[-1.0, 1.0]]]))
    array([[0., 1., 0.]])
    """
    layer = ConvolutionLayer.check("conv1d", 1, input, weight, bias, stride, padding, dilation, groups)
    return layer.forward(method, exact)


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
    exact: bool = False,
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
        How to compute it: 'auto' lets `choose_method` pick; or 'loop', 'im2col', 'direct', 'fft', 'winograd'
        (F(4 x 4, 3 x 3)), 'winograd2x2', 'pointwise', 'whole', 'depthwise'. Each is a function of its own,
        ``conv2d_loop`` and so on, whose documentation gives the idea, the cost and the source.
    exact : bool, default False
        Let 'auto' use only methods that are exact on whole numbers.

    Returns
    -------
    ndarray of shape (N, K, P, Q) or (K, P, Q)
        ``output[n, k, p, q] = bias[k] + sum over c, r, s of
        weight[k, c, r, s] * padded[n, c, p * stride + r * dilation, q * stride + s * dilation]``,
        in the input's dtype.

    Raises
    ------
    TypeError, ValueError
        On anything that PyTorch rejects, naming the argument; and if the method cannot do the layer.

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
    return layer.forward(method, exact)


def conv3d(
    input: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: int | tuple[int, int, int] = 1,
    padding: int | tuple[int, int, int] | str = 0,
    dilation: int | tuple[int, int, int] = 1,
    groups: int = 1,
    *,
    method: str = "auto",
    exact: bool = False,
) -> np.ndarray:
    """Slide K kernels through a volume of C channels.

    `input` is (N, C, D, H, W) or (C, D, H, W), `weight` (K, C / groups, T, R, S) with T the kernel's depth,
    the result (N, K, ...) or (K, ...). Each slice of the result is the sum of T layers `conv2d`; see there
    for every argument.

    Examples
    --------
    >>> conv3d(np.ones((1, 3, 3, 3)), np.ones((1, 1, 2, 2, 2))).shape
    (1, 2, 2, 2)
    """
    layer = ConvolutionLayer.check("conv3d", 3, input, weight, bias, stride, padding, dilation, groups)
    return layer.forward(method, exact)


def choose_method(
    input_shape: tuple[int, ...],
    weight_shape: tuple[int, ...],
    stride: int | tuple[int, int] = 1,
    padding: int | tuple[int, int] | str = 0,
    dilation: int | tuple[int, int] = 1,
    groups: int = 1,
    *,
    dtype: np.dtype | str = "float32",
    exact: bool = False,
) -> str:
    """Return the method that ``conv2d(..., method='auto')`` picks: the cheapest of `method_costs`.

    Values can change the choice: if the arrays hold infinities, NaN or numbers too large to be squared, or if
    the sums cancel until rounding would show, 'auto' falls back on a method that only adds products.

    Parameters
    ----------
    input_shape, weight_shape, stride, padding, dilation, groups, dtype
        The layer.
    exact : bool, default False
        Leave out the methods that round where the definition would not: 'fft' and 'winograd'.

    Returns
    -------
    str
        A value for the argument `method` of `conv2d`.

    Examples
    --------
    >>> choose_method((1, 64, 56, 56), (256, 64, 1, 1))
    'pointwise'
    >>> choose_method((4, 256, 56, 56), (256, 256, 3, 3), padding=1)
    'winograd'
    >>> choose_method((1, 128, 56, 56), (128, 1, 31, 31), padding=15, groups=128)
    'fft'
    """
    layer = _layer_of("choose_method", input_shape, weight_shape, stride, padding, dilation, groups, dtype)
    return cheapest(layer.input, layer.weight, layer.setting, exact)[0]


def method_costs(
    input_shape: tuple[int, ...],
    weight_shape: tuple[int, ...],
    stride: int | tuple[int, int] = 1,
    padding: int | tuple[int, int] | str = 0,
    dilation: int | tuple[int, int] = 1,
    groups: int = 1,
    *,
    dtype: np.dtype | str = "float32",
) -> dict[str, float]:
    """Return what each method would cost for a layer, by the model that `choose_method` goes by.

    The parameters are those of `choose_method`.

    Returns
    -------
    dict
        Method to estimated nanoseconds on one core. Methods that cannot do the layer, or whose scratch memory
        could exceed 64 MiB, are left out, as is the textbook loop.

    Notes
    -----
    The model counts multiplications in matrix products, numbers copied to and fro, numbers transformed, and
    calls, and weighs them with the constants at the top of `cnnbook.functional.methods.choose`.

    Examples
    --------
    >>> costs = method_costs((1, 512, 14, 14), (512, 512, 3, 3), padding=1)
    >>> sorted(costs)
    ['direct', 'im2col', 'winograd', 'winograd2x2']
    """
    layer = _layer_of("method_costs", input_shape, weight_shape, stride, padding, dilation, groups, dtype)
    arrays = (layer.input, layer.weight)
    return dict(conv_costs(*(a.shape for a in arrays), layer.setting, layer.input.itemsize))


def _layer_of(operator, input_shape, weight_shape, stride, padding, dilation, groups, dtype):
    """Return a layer of the given shapes that holds no memory."""
    input, weight = (np.broadcast_to(np.zeros((), dtype), shape) for shape in (input_shape, weight_shape))
    return ConvolutionLayer.check(operator, 2, input, weight, None, stride, padding, dilation, groups)


def conv1d_backward(
    grad_output: ArrayLike,
    input: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: int | tuple[int] = 1,
    padding: int | tuple[int] | str = 0,
    dilation: int | tuple[int] = 1,
    groups: int = 1,
) -> Gradients:
    """Return the gradients of `input`, `weight` and `bias` of `conv1d`; see `conv2d_backward`."""
    arguments = (input, weight, bias, stride, padding, dilation, groups)
    return ConvolutionLayer.check("conv1d_backward", 1, *arguments).backward(grad_output)


def conv2d_backward(
    grad_output: ArrayLike,
    input: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: int | tuple[int, int] = 1,
    padding: int | tuple[int, int] | str = 0,
    dilation: int | tuple[int, int] = 1,
    groups: int = 1,
) -> Gradients:
    """Return the gradients of a loss with respect to the arrays that `conv2d` was given.

    Parameters
    ----------
    grad_output : array_like of shape (N, K, P, Q) or (K, P, Q)
        The gradient of the loss with respect to the layer's output.
    input, weight, bias, stride, padding, dilation, groups
        What the forward call was given.

    Returns
    -------
    grad_input : ndarray, shape of `input`
        Every output's gradient, sent back along the weights: a convolution of `grad_output` with the
        kernels turned by half a turn.
    grad_weight : ndarray, shape of `weight`
        The correlation of `input` with `grad_output`.
    grad_bias : ndarray of shape (K,) or None
        The sum of `grad_output` over images and positions; None without a bias.

    Raises
    ------
    TypeError, ValueError
        As `conv2d`, and if `grad_output` has not the output's shape and dtype.

    Examples
    --------
    >>> image, kernel = np.arange(9.0).reshape(1, 3, 3), np.ones((1, 1, 2, 2))
    >>> grad_input, grad_weight, grad_bias = conv2d_backward(np.ones((1, 2, 2)), image, kernel)
    >>> grad_input[0]
    array([[1., 2., 1.],
           [2., 4., 2.],
           [1., 2., 1.]])
    >>> grad_weight[0, 0], grad_bias
    (array([[ 8., 12.],
           [20., 24.]]), None)
    """
    arguments = (input, weight, bias, stride, padding, dilation, groups)
    return ConvolutionLayer.check("conv2d_backward", 2, *arguments).backward(grad_output)


def conv3d_backward(
    grad_output: ArrayLike,
    input: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: int | tuple[int, int, int] = 1,
    padding: int | tuple[int, int, int] | str = 0,
    dilation: int | tuple[int, int, int] = 1,
    groups: int = 1,
) -> Gradients:
    """Return the gradients of `input`, `weight` and `bias` of `conv3d`; see `conv2d_backward`."""
    arguments = (input, weight, bias, stride, padding, dilation, groups)
    return ConvolutionLayer.check("conv3d_backward", 3, *arguments).backward(grad_output)

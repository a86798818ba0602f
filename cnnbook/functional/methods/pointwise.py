"""Layers that are matrix products as they stand: 1 x 1 kernels, and kernels as large as the image."""

from __future__ import annotations

import numpy as np

from cnnbook.functional._setting import Setting


def conv2d_pointwise(
    input, weight, stride=(1, 1), padding=((0, 0), (0, 0)), dilation=(1, 1), groups=1, *, out=None
):
    """Compute a layer of 1 x 1 kernels as a matrix product: one weighted sum over channels for every pixel.

    Parameters and result are those of `conv2d_loop`; only 1 x 1 kernels without padding. `out`, if given,
    receives the result.

    Raises
    ------
    ValueError
        If the layer is of another kind.

    Notes
    -----
    N K P Q C / groups multiplications and no memory beside the output, at stride 1: the image is the matrix
    already. The layer is from Lin, Chen and Yan, "Network in network", 2014, arXiv:1312.4400.

    Examples
    --------
    >>> conv2d_pointwise(np.ones((1, 3, 1, 2)), np.array([[1.0, 2.0, 3.0]])[..., None, None])
    array([[[[6., 6.]]]])
    """
    if weight.shape[2:] != (1, 1) or np.any(padding):
        raise ValueError(
            "conv2d: method 'pointwise' computes 1 x 1 kernels without padding, got "
            f"kernel {weight.shape[2:]} and padding {padding}; im2col and direct can"
        )
    pixels = input[:, :, :: stride[0], :: stride[1]]
    N, C, P, Q = pixels.shape
    K = len(weight)
    matrix = weight.reshape(groups, K // groups, C // groups)
    output = np.empty((N, K, P, Q), input.dtype) if out is None else out
    places = output.reshape(N, groups, K // groups, P * Q, copy=False)
    for image, place in zip(pixels, places, strict=True):
        np.matmul(matrix, image.reshape(groups, C // groups, P * Q), out=place)
    return output


def conv2d_whole(input, weight, stride=(1, 1), padding=((0, 0), (0, 0)), dilation=(1, 1), groups=1):
    """Compute a layer whose kernel is as large as its image as one matrix product for the whole batch.

    Parameters and result are those of `conv2d_loop`; only kernels of the image's size, without padding.
    The output has one pixel: it is a fully connected layer, such as C5 of LeNet-5.

    Raises
    ------
    ValueError
        If the layer is of another kind.

    Notes
    -----
    N K C R S / groups multiplications; no memory beside the output.

    Examples
    --------
    >>> conv2d_whole(np.ones((1, 3, 2, 2)), np.ones((5, 3, 2, 2))).ravel()
    array([12., 12., 12., 12., 12.])
    """
    if not Setting(stride, padding, dilation, groups).covers(input.shape[2:], weight.shape[2:]):
        raise ValueError(
            "conv2d: method 'whole' computes kernels of the image's size without padding or dilation, got "
            f"kernel {weight.shape[2:]} on {input.shape[2:]}, padding {padding}, dilation {dilation}; "
            "im2col and direct can"
        )
    N, K = len(input), len(weight)
    images = input.reshape(N, groups, -1).swapaxes(0, 1)
    kernels = weight.reshape(groups, K // groups, -1).swapaxes(1, 2)
    return np.matmul(images, kernels).swapaxes(0, 1).reshape(N, K, 1, 1)

"""Depthwise layers: every channel has kernels of its own."""

from __future__ import annotations

import numpy as np

from cnnbook.arithmetic import output_length
from cnnbook.functional.methods.blocks import strip

# Channels are done a few at a time, so that their images stay in a second-level cache over all shifts.
CACHE_BYTES = 2**19


def conv2d_depthwise(
    input, weight, stride=(1, 1), padding=((0, 0), (0, 0)), dilation=(1, 1), groups=1, *, out=None
):
    """Compute a layer with one channel a group as a sum of shifted, scaled images.

    Parameters and result are those of `conv2d_loop`; only ``groups = C``, with one or more kernels a channel.
    `out`, if given, receives the result.

    Raises
    ------
    ValueError
        If the layer has more than one channel a group.

    Notes
    -----
    N K P Q R S multiplications. With one channel there is nothing to add over, so no matrix product helps; a
    pass over the image for each weight does, as long as the image stays in the cache. The rows of the padded
    image are taken as one long row: a shift is then an offset, and what wraps around falls into columns that
    are thrown away. The layer is from Sifre, "Rigid-motion scattering for image classification", 2014.

    Examples
    --------
    >>> conv2d_depthwise(np.ones((1, 2, 2, 2)), np.array([1.0, 10.0]).reshape(2, 1, 1, 1), groups=2).ravel()
    array([ 1.,  1.,  1.,  1., 10., 10., 10., 10.])
    """
    N, C, H, W = input.shape
    K, C_group, R, S = weight.shape
    if C_group != 1:
        raise ValueError(
            f"conv2d: method 'depthwise' needs one channel a group, got {C_group} (groups={groups}); "
            "im2col and direct can"
        )
    P = output_length(H, R, stride[0], padding[0], dilation[0])
    Q = output_length(W, S, stride[1], padding[1], dilation[1])
    output = np.empty((N, K, P, Q), input.dtype) if out is None else out
    step = max(1, CACHE_BYTES // ((H + sum(padding[0])) * (W + sum(padding[1])) * input.itemsize))
    for n, first, m in np.ndindex(N, -(-C // step), K // C):
        channels = slice(first * step, (first + 1) * step)
        padded = strip(input[n : n + 1, channels], slice(0, P), (R, S), stride, padding, dilation)[0]
        scales = weight.reshape(C, K // C, R, S)[channels, m]
        place = output[n].reshape(C, K // C, P, Q)[channels, m]
        if stride == (1, 1):
            _add_offset_rows(padded, scales, dilation, place)
        else:
            _add_shifts(padded, scales, stride, dilation, place)
    return output


def depthwise_weight_gradient(grad, input, kernel, padding, dilation):
    """Return the gradient (K, 1, R, S) of the weight of a depthwise layer at stride 1.

    Every weight's gradient is the inner product of the output's gradient, channel by channel, with the image
    shifted as that weight sees it.

    Examples
    --------
    >>> grad, image = np.ones((1, 1, 1, 2)), np.array([[[[1.0, 2.0, 3.0]]]])
    >>> depthwise_weight_gradient(grad, image, (1, 2), ((0, 0), (0, 0)), (1, 1)).ravel()
    array([3., 5.])
    """
    N, K, P, Q = grad.shape
    C, width = input.shape[1], input.shape[3] + sum(padding[1])
    result = np.zeros((C, K // C, *kernel), grad.dtype)
    step = max(1, CACHE_BYTES // ((K // C + 1) * P * width * grad.itemsize))
    for n, first in np.ndindex(N, -(-C // step)):
        channels = slice(first * step, (first + 1) * step)
        padded = strip(input[n : n + 1, channels], slice(0, P), kernel, (1, 1), padding, dilation)[0]
        rows = np.zeros((len(padded), K // C, P, width), grad.dtype)
        rows[..., :Q] = grad[n].reshape(C, K // C, P, Q)[channels]
        rows = rows.reshape(*rows.shape[:2], -1)[:, :, : (P - 1) * width + Q]
        for s, shifted in enumerate(_offset_rows(padded, kernel, dilation, rows.shape[2])):
            result[channels, :, :, s] += np.einsum("cmx,rcx->cmr", rows, shifted)
    return result.reshape(K, 1, *kernel)


def _add_offset_rows(padded, scales, dilation, place):
    """Sum scaled copies of the images, each as one long row from some offset on."""
    C, _, width = padded.shape
    _, P, Q = place.shape
    length = (P - 1) * width + Q
    total = np.empty((C, P * width), padded.dtype)
    for s, shifted in enumerate(_offset_rows(padded, scales.shape[1:], dilation, length)):
        column = np.einsum("rcx,cr->cx", shifted, scales[:, :, s], out=None if s else total[:, :length])
        if s:
            total[:, :length] += column
    place[...] = total.reshape(C, P, width)[:, :, :Q]


def _offset_rows(padded, kernel, dilation, length):
    """Yield for every column of the kernel the images (C, height, width) as its rows see them.

    That is a view (R, C, length): the rows of a kernel are offsets at equal distances, so one call can add
    up a whole column of it.
    """
    C, height, width = padded.shape
    flat = padded.reshape(C, height * width)
    channel, step = flat.strides
    strides = (dilation[0] * width * step, channel, step)
    for s in range(kernel[1]):
        start = flat[:, s * dilation[1] :]
        yield np.lib.stride_tricks.as_strided(start, (kernel[0], C, length), strides, writeable=False)


def _add_shifts(padded, scales, stride, dilation, place):
    """Sum scaled copies of the images, each every few rows and columns from some place on."""
    _, P, Q = place.shape
    place[...] = 0
    for r, s in np.ndindex(scales.shape[1:]):
        shifted = padded[:, r * dilation[0] :: stride[0], s * dilation[1] :: stride[1]]
        place += shifted[:, :P, :Q] * scales[:, r, s, None, None]

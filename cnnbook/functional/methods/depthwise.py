"""Depthwise layers: every channel has kernels of its own."""

from __future__ import annotations

import numpy as np

from cnnbook.arithmetic import output_length
from cnnbook.functional.methods.blocks import strip

# Channels are done a few at a time, so that their images stay in a second-level cache over all shifts.
CACHE_BYTES = 2**18


def conv2d_depthwise(input, weight, stride=(1, 1), padding=((0, 0), (0, 0)), dilation=(1, 1), groups=1):
    """Compute a layer with one channel a group as a sum of shifted, scaled images.

    Parameters and result are those of `conv2d_loop`; only ``groups = C``, with one or more kernels a channel.

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
    output = np.empty((N, K, P, Q), input.dtype)
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


def _add_offset_rows(padded, scales, dilation, place):
    """Sum scaled copies of the images, each as one row from some offset on."""
    C, height, width = padded.shape
    _, P, Q = place.shape
    flat = padded.reshape(C, height * width)
    length = (P - 1) * width + Q
    total, scaled = np.zeros((C, P * width), padded.dtype), np.empty((C, length), padded.dtype)
    for r, s in np.ndindex(scales.shape[1:]):
        offset = r * dilation[0] * width + s * dilation[1]
        np.multiply(flat[:, offset : offset + length], scales[:, r, s, None], out=scaled)
        total[:, :length] += scaled
    place[...] = total.reshape(C, P, width)[:, :, :Q]


def _add_shifts(padded, scales, stride, dilation, place):
    """Sum scaled copies of the images, each every few rows and columns from some place on."""
    _, P, Q = place.shape
    place[...] = 0
    for r, s in np.ndindex(scales.shape[1:]):
        shifted = padded[:, r * dilation[0] :: stride[0], s * dilation[1] :: stride[1]]
        place += shifted[:, :P, :Q] * scales[:, r, s, None, None]

"""Convolution as a matrix product: every window of the image becomes a column."""

from __future__ import annotations

import numpy as np

from cnnbook.arithmetic import output_length
from cnnbook.functional.methods.blocks import column_blocks


def conv2d_im2col(
    input, weight, stride=(1, 1), padding=((0, 0), (0, 0)), dilation=(1, 1), groups=1, *, out=None
):
    """Compute a convolution layer as matrix products of kernels (rows) and image patches (columns).

    Parameters and result are those of `conv2d_loop`; `out`, if given, receives the result.

    Notes
    -----
    The same multiplications as the loop, but many in one call to a matrix product, which keeps the processor
    busy. The price is memory: each pixel is copied up to R S times. So the patches are written a block of
    about a megabyte at a time (at least one row of outputs): the product then reads them from the cache.
    The method is from Chellapilla, Puri and Simard, "High performance convolutional neural networks for
    document processing", 2006.

    Examples
    --------
    >>> image = np.arange(16.0).reshape(1, 1, 4, 4)
    >>> conv2d_im2col(image, np.ones((1, 1, 3, 3)))
    array([[[[45., 54.],
             [81., 90.]]]])
    """
    N, _, H, W = input.shape
    K, _, R, S = weight.shape
    P = output_length(H, R, stride[0], padding[0], dilation[0])
    Q = output_length(W, S, stride[1], padding[1], dilation[1])
    output = np.empty((N, K, P, Q), input.dtype) if out is None else out
    kernels = weight.reshape(groups, K // groups, -1)
    for images, rows, columns in column_blocks(input, (R, S), stride, padding, dilation, groups, wide=K):
        place = output[images, :, rows]
        if len(place) == 1:  # the products of one image lie as its output does
            np.matmul(kernels, columns, out=place.reshape(groups, K // groups, -1, copy=False))
        else:
            place[...] = np.matmul(kernels, columns).reshape(K, -1, Q, len(place)).transpose(3, 0, 1, 2)
    return output

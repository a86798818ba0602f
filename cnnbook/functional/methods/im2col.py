"""Convolution as one matrix product: every window of the image becomes a column."""

from __future__ import annotations

import numpy as np

from cnnbook.arithmetic import effective_kernel


def windows(input, kernel, stride=(1, 1), padding=((0, 0), (0, 0)), dilation=(1, 1)):
    """Return the patch under every window as a view (N, C, R, S, P, Q): nothing but the padding is copied.

    Examples
    --------
    >>> image = np.arange(16.0).reshape(1, 1, 4, 4)
    >>> windows(image, (3, 3))[0, 0, :, :, 1, 0]
    array([[ 4.,  5.,  6.],
           [ 8.,  9., 10.],
           [12., 13., 14.]])
    """
    padded = np.pad(input, ((0, 0), (0, 0), *padding)) if np.any(padding) else input
    span = [effective_kernel(k, d) for k, d in zip(kernel, dilation, strict=True)]
    view = np.lib.stride_tricks.sliding_window_view(padded, span, axis=(2, 3))
    every = view[:, :, :: stride[0], :: stride[1], :: dilation[0], :: dilation[1]]
    return every.transpose(0, 1, 4, 5, 2, 3)


def conv2d_im2col(input, weight, stride=(1, 1), padding=((0, 0), (0, 0)), dilation=(1, 1), groups=1):
    """Compute a convolution layer as a matrix product of kernels (rows) and image patches (columns).

    Parameters and result are those of `conv2d_loop`.

    Notes
    -----
    The same multiplications as the loop, but all of one image in one call to a matrix product, which keeps
    the processor busy. The price is memory: each pixel is copied up to R S times. The method is from
    Chellapilla, Puri and Simard, "High performance convolutional neural networks for document processing",
    2006.

    Examples
    --------
    >>> image = np.arange(16.0).reshape(1, 1, 4, 4)
    >>> conv2d_im2col(image, np.ones((1, 1, 3, 3)))
    array([[[[45., 54.],
             [81., 90.]]]])
    """
    N = len(input)
    K, C_group, R, S = weight.shape
    patches = windows(input, (R, S), stride, padding, dilation)
    P, Q = patches.shape[-2:]
    columns = patches.reshape(N, groups, C_group * R * S, P * Q)
    rows = weight.reshape(groups, K // groups, C_group * R * S)
    return np.matmul(rows, columns).reshape(N, K, P, Q)

"""The definition of a convolution layer, written as loops."""

from __future__ import annotations

import numpy as np

from cnnbook.arithmetic import output_length


def conv2d_loop(input, weight, stride=(1, 1), padding=((0, 0), (0, 0)), dilation=(1, 1), groups=1):
    """Compute a convolution layer exactly as it is defined: one multiplication after the other.

    Parameters
    ----------
    input : ndarray of shape (N, C, H, W)
    weight : ndarray of shape (K, C / groups, R, S)
    stride, dilation : (int, int)
        For rows and columns.
    padding : ((int, int), (int, int))
        Zeros added (above, below) and (left, right).
    groups : int
        The K kernels and the C channels are dealt out to this many independent layers.

    Returns
    -------
    ndarray of shape (N, K, P, Q)

    Notes
    -----
    N K P Q (C / groups) R S multiplications, each a trip through Python: a thousand times slower than
    the other methods, and the one they are all checked against. Memory: one padded copy of the input.

    Examples
    --------
    >>> image = np.arange(16.0).reshape(1, 1, 4, 4)
    >>> conv2d_loop(image, np.ones((1, 1, 3, 3)))
    array([[[[45., 54.],
             [81., 90.]]]])
    """
    N, C, H, W = input.shape
    K, _, R, S = weight.shape
    C_group = C // groups
    P = output_length(H, R, stride[0], padding[0], dilation[0])
    Q = output_length(W, S, stride[1], padding[1], dilation[1])
    padded = np.pad(input, ((0, 0), (0, 0), *padding))
    output = np.zeros((N, K, P, Q), input.dtype)
    for n, k, p, q in np.ndindex(N, K, P, Q):
        group = k // (K // groups)
        for c, r, s in np.ndindex(C_group, R, S):
            row = p * stride[0] + r * dilation[0]
            column = q * stride[1] + s * dilation[1]
            output[n, k, p, q] += weight[k, c, r, s] * padded[n, group * C_group + c, row, column]
    return output

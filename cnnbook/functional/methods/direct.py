"""Convolution as shifted images, one product for each weight position."""

from __future__ import annotations

from itertools import product

import numpy as np

from cnnbook.arithmetic import output_length

# The output is made in blocks; a block with its shifted image stays below about this.
BLOCK_BYTES = 2**22


def conv2d_direct(input, weight, stride=(1, 1), padding=((0, 0), (0, 0)), dilation=(1, 1), groups=1):
    """Compute a convolution layer as a sum of shifted images: R S matrix products over the channels.

    Parameters and result are those of `conv2d_loop`.

    Notes
    -----
    Take one position (r, s) of the kernel. There the layer is a 1 x 1 layer on the image shifted by r rows
    and s columns; the output is the sum over all positions. The multiplications are the loop's, and the
    memory is a small block of image and output, whatever the sizes: the method of last resort where columns
    of patches would not fit. Padding is never made: the shifted image is cut where it leaves the image. The
    idea is that of "kn2row" in Vasudevan, Anderson and Gregg, "Parallel multi channel convolution using
    general matrix multiplication", 2017, arXiv:1704.04428.

    Examples
    --------
    >>> image = np.arange(16.0).reshape(1, 1, 4, 4)
    >>> conv2d_direct(image, np.ones((1, 1, 3, 3)))
    array([[[[45., 54.],
             [81., 90.]]]])
    """
    N, C, H, W = input.shape
    K, _, R, S = weight.shape
    P = output_length(H, R, stride[0], padding[0], dilation[0])
    Q = output_length(W, S, stride[1], padding[1], dilation[1])
    output = np.zeros((N, K, P, Q), input.dtype)
    kernels = weight.reshape(groups, K // groups, C // groups, R, S)
    fitting = max(1, BLOCK_BYTES // ((C + K) * input.itemsize))
    height, width = max(1, fitting // Q), min(Q, fitting)
    for r, s in np.ndindex(R, S):
        kernel = np.ascontiguousarray(kernels[..., r, s])
        for p, q in product(range(0, P, height), range(0, Q, width)):
            rows = _meeting(p, min(p + height, P), stride[0], r * dilation[0] - padding[0][0], H)
            columns = _meeting(q, min(q + width, Q), stride[1], s * dilation[1] - padding[1][0], W)
            for image, place in zip(input, output, strict=True):
                pixels = image[:, rows[1], columns[1]]
                if pixels.size:
                    sums = np.matmul(kernel, pixels.reshape(groups, C // groups, -1))
                    place[:, rows[0], columns[0]] += sums.reshape(K, *pixels.shape[1:])
    return output


def _meeting(first, stop, stride, offset, length):
    """Return the outputs between first and stop whose pixel lies in the image, and those pixels."""
    first = max(first, -(offset // stride))
    stop = max(first, min(stop, (length - 1 - offset) // stride + 1))
    return slice(first, stop), slice(
        first * stride + offset, max(0, (stop - 1) * stride + offset + 1), stride
    )

"""Image patches as columns, a block of output rows at a time, so that they stay in the processor's cache."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cnnbook.arithmetic import effective_kernel, output_length

# A block of columns of this many bytes stays in a second-level cache while the product reads it.
BLOCK_BYTES = 2**20


def strip(image, rows, kernel, stride, padding, dilation):
    """Return the zero-padded input rows (C, height, width) that the output rows first:stop look at."""
    first, stop = rows
    C, H, W = image.shape
    top = first * stride[0] - padding[0][0]
    height = (stop - first - 1) * stride[0] + effective_kernel(kernel[0], dilation[0])
    inside = slice(max(top, 0), min(top + height, H))
    if not any(padding[1]) and top >= 0 and top + height <= H:
        return image[:, inside]
    result = np.zeros((C, height, W + sum(padding[1])), image.dtype)
    if inside.start < inside.stop:
        left = padding[1][0]
        result[:, inside.start - top : inside.stop - top, left : left + W] = image[:, inside]
    return result


def column_blocks(
    input, kernel, stride, padding, dilation, groups, block_bytes=BLOCK_BYTES
) -> Iterator[tuple[int, slice, np.ndarray]]:
    """Yield (n, output rows, columns): the patches of those rows as (groups, C / groups * R * S, rows * Q).

    The columns live in one buffer that the next block overwrites.
    """
    N, C, H, W = input.shape
    R, S = kernel
    P = output_length(H, R, stride[0], padding[0], dilation[0])
    Q = output_length(W, S, stride[1], padding[1], dilation[1])
    row_bytes = C * R * S * Q * input.itemsize
    height = min(P, max(1, block_bytes // max(row_bytes, 1)))
    buffer = np.empty(C * R * S * height * Q, input.dtype)
    for n in range(N):
        for first in range(0, P, height):
            stop = min(first + height, P)
            padded = strip(input[n], (first, stop), kernel, stride, padding, dilation)
            columns = buffer[: C * R * S * (stop - first) * Q].reshape(C, R, S, stop - first, Q)
            for r, s in np.ndindex(R, S):
                top, left = r * dilation[0], s * dilation[1]
                columns[:, r, s] = padded[:, top :: stride[0], left :: stride[1]][:, : stop - first, :Q]
            yield n, slice(first, stop), columns.reshape(groups, -1, (stop - first) * Q)

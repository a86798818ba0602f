"""Image patches as columns, a block at a time, so that they stay in the processor's cache."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from itertools import product

import numpy as np

from cnnbook.arithmetic import effective_kernel, output_length

# A block of columns of this size is long enough for a fast product and short enough for the caches.
BLOCK_BYTES = 3 * 2**20
# So many numbers side by side fill a cache line; more images would be further apart than caches like.
SOME_IMAGES = 16


def windows(images, kernel, stride=(1, 1), dilation=(1, 1)):
    """Return the patch under every window of images (C, H, W, N), contiguous, as a view (C, R, S, P, Q, N).

    Nothing is copied: the view reads the same pixel in many places.

    Examples
    --------
    >>> windows(np.arange(16.0).reshape(1, 4, 4, 1), (3, 3))[0, :, :, 1, 0, 0]
    array([[ 4.,  5.,  6.],
           [ 8.,  9., 10.],
           [12., 13., 14.]])
    """
    C, H, W, N = images.shape
    P = output_length(H, kernel[0], stride[0], 0, dilation[0])
    Q = output_length(W, kernel[1], stride[1], 0, dilation[1])
    c, h, w, n = images.strides
    steps = (c, h * dilation[0], w * dilation[1], h * stride[0], w * stride[1], n)
    view = np.ndarray((C, *kernel, P, Q, N), images.dtype, images, strides=steps)
    view.flags.writeable = False  # a pixel written in one place would change in the others
    return view


def strip(images, rows, kernel, stride, padding, dilation):
    """Return the zero-padded rows of images (N, C, H, W) that a slice of output rows looks at."""
    N, C, H, W = images.shape
    top = rows.start * stride[0] - padding[0][0]
    height = (rows.stop - rows.start - 1) * stride[0] + effective_kernel(kernel[0], dilation[0])
    inside = slice(max(top, 0), max(min(top + height, H), 0))
    if not any(padding[1]) and top >= 0 and top + height <= H:
        return images[:, :, inside]
    result = np.zeros((N, C, height, W + sum(padding[1])), images.dtype)
    if inside.start < inside.stop:
        left = padding[1][0]
        result[:, :, inside.start - top : inside.stop - top, left : left + W] = images[:, :, inside]
    return result


@lru_cache
def image_blocks(shape, column, itemsize, times=1) -> tuple[tuple[slice, slice], ...]:
    """Return the (images, rows) that cut outputs (N, K, P, Q) into blocks.

    Each position takes a column of some numbers; a block has `times` the usual size.
    """
    N, _, P, Q = shape
    fitting_rows = max(1, times * BLOCK_BYTES // (column * Q * itemsize))
    some, height = min(N, SOME_IMAGES, fitting_rows // P), min(P, fitting_rows)
    if 2 * some < min(Q, SOME_IMAGES):  # numbers are moved in runs, of images or of columns
        some = 1
    some, height = _evened(N, some), _evened(P, height)
    return tuple(
        (slice(n, min(n + some, N)), slice(first, min(first + height, P)))
        for n, first in product(range(0, N, some), range(0, P, height))
    )


def _evened(whole, part):
    """Return a part, no larger than the one given, of which the last one is not much smaller."""
    return -(-whole // max(1, -(-whole // part))) or 1


def column_blocks(
    input, kernel, stride, padding, dilation, groups, wide=1, times=1
) -> Iterator[tuple[slice, slice, np.ndarray]]:
    """Yield (images, output rows, columns): the patches of some images' rows, written as columns.

    The columns have shape (groups, C / groups * R * S, rows * Q * images); neighbours belong to different
    images, which makes long runs of small images, too. They live in one buffer that the next block
    overwrites. `wide` is the number of values that a column will be turned into.
    """
    N, C, H, W = input.shape
    P = output_length(H, kernel[0], stride[0], padding[0], dilation[0])
    Q = output_length(W, kernel[1], stride[1], padding[1], dilation[1])
    patch = C * kernel[0] * kernel[1]
    buffer = np.empty(0, input.dtype)
    for images, rows in image_blocks((N, 1, P, Q), max(patch, wide), input.itemsize, times):
        shape = (C, *kernel, rows.stop - rows.start, Q, images.stop - images.start)
        if buffer.size < math.prod(shape):
            buffer = np.empty(math.prod(shape), input.dtype)
        columns = buffer[: math.prod(shape)].reshape(shape)
        padded = strip(input[images], rows, kernel, stride, padding, dilation)
        images_last = np.ascontiguousarray(padded.transpose(1, 2, 3, 0))
        columns[...] = windows(images_last, kernel, stride, dilation)
        yield images, rows, columns.reshape(groups, patch // groups, math.prod(shape[3:]))

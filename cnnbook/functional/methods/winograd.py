"""Winograd's minimal filtering: convolution of small kernels with fewer multiplications."""

from __future__ import annotations

from functools import cache
from itertools import product

import numpy as np

from cnnbook.arithmetic import output_length

# Where polynomials of 4 and of 6 coefficients are evaluated, beside infinity. Small points, small errors.
POINTS = {4: (0, 1, -1), 6: (0, 1, -1, 2, -2)}
# Tiles a block: enough for the matrix products to run at full speed, few enough for a third-level cache.
BLOCK_BYTES = 2**23
# What is transformed at a time stays in a second-level cache.
CACHE_BYTES = 2**19


def conv2d_winograd(
    input, weight, stride=(1, 1), padding=((0, 0), (0, 0)), dilation=(1, 1), groups=1, *, tile=None, out=None
):
    """Compute a layer of 3 x 3 or 5 x 5 kernels by Winograd's minimal filtering F(tile x tile, R x R).

    Parameters and result are those of `conv2d_loop`; only with stride 1, dilation 1 and one group.

    Parameters
    ----------
    tile : int, optional
        Rows and columns of output made at once. For 3 x 3 kernels 4 (the default) or 2, for 5 x 5 only 2.
    out : ndarray of shape (N, K, P, Q), optional
        Where to write the result.

    Raises
    ------
    ValueError
        If the layer is of another kind, naming the methods that can do it.

    Notes
    -----
    A row of m outputs of a kernel of 3 is a product of polynomials, and a product of polynomials can be had
    from its values at m + 2 points. In two dimensions: cut the image into overlapping tiles of (m + 2)^2
    pixels; transform every tile, ``V = B' d B``, and every kernel, ``U = G g G'``; multiply the two value by
    value, adding over channels, which is one matrix product for each of the (m + 2)^2 values; transform back,
    ``Y = A' (U V) A``. That takes (m + 2)^2 / m^2 multiplications per output, channel and kernel where the
    definition takes 9: 4 for m = 2, and 2.25 for m = 4. With 5 x 5 kernels and m = 2 it is 9 for 25.

    The price: transforms, memory for (m + 2)^2 / 9 times the weights, and rounding, since with 6 points the
    transforms hold numbers up to 8; one infinity in the input becomes NaN in its whole tile. F(2 x 2) is
    exact on whole numbers that are not too large. Channels are laid out last here, so that a transform is a
    matrix product too: of a 6 x 6 matrix with all tiles and channels at once.

    Source: Lavin and Gray, "Fast algorithms for convolutional neural networks", CVPR 2016,
    arXiv:1509.09308, after Winograd, "Arithmetic complexity of computations", 1980.

    Examples
    --------
    >>> image = np.arange(16.0).reshape(1, 1, 4, 4)
    >>> conv2d_winograd(image, np.ones((1, 1, 3, 3)), tile=2)
    array([[[[45., 54.],
             [81., 90.]]]])
    """
    N, C, H, W = input.shape
    K, _, R, S = weight.shape
    size = R - 1 + (tile or 7 - R)
    if R != S or R not in (3, 5) or size not in POINTS or (stride, dilation, groups) != ((1, 1), (1, 1), 1):
        raise ValueError(
            "conv2d: method 'winograd' computes 3 x 3 kernels (tile 2 or 4) and 5 x 5 kernels (tile 2) with "
            f"stride 1, dilation 1 and one group, got kernel {(R, S)}, tile {tile}, stride {stride}, "
            f"dilation {dilation}, groups {groups}; im2col and direct can"
        )
    tile = size - R + 1
    P, Q = output_length(H, R, 1, padding[0]), output_length(W, R, 1, padding[1])
    down, right = -(-P // tile), -(-Q // tile)
    B, G, A = transforms(tile, R, input.dtype)
    U = _kernels_to_points(weight, G)
    output = np.empty((N, K, P, Q), input.dtype) if out is None else out
    images, rows = _block(N, down, right, size**2 * max(C, K) * input.itemsize)
    V = np.empty((size**2, images * rows * right, C), input.dtype)
    M = np.empty((size**2, images * rows * right, K), input.dtype)
    for n, first in product(range(0, N, images), range(0, down, rows)):
        some, lines = input[n : n + images], min(rows, down - first)
        strip = _strip(some, first * tile, lines * tile + R - 1, right * tile + R - 1, padding)
        tiles = len(some) * lines * right
        _to_points(strip, B, V, tile)
        for kernels, values in U:
            np.matmul(V[:, :tiles], values.swapaxes(1, 2), out=M[:, :tiles, kernels])
        _from_points(M, A, output[n : n + images, :, first * tile : (first + rows) * tile], right)
    return output


@cache
def transforms(tile, taps, dtype):
    """Return Winograd's matrices B', G and A' for F(tile, taps).

    They follow from interpolation at `POINTS` and infinity (Toom and Cook). A holds the points' powers up to
    the number of outputs, G up to the number of weights, and B is the inverse for all of them. Then the
    correlation of tile + taps - 1 pixels d with the weights g is ``A' ((G g) * (B' d))``.

    Examples
    --------
    >>> B, G, A = transforms(2, 3, np.dtype(float))
    >>> A @ ((G @ [1, 2, 3]) * (B @ [0, 1, 0, 0]))
    array([2., 1.])
    """
    size = tile + taps - 1
    points = np.array(POINTS[size], dtype=float)

    def powers(count):
        return np.vstack([points[:, None] ** np.arange(count), np.eye(count)[-1]])

    B, G, A = np.linalg.inv(powers(size)).T, powers(taps), powers(tile).T
    # A row of G may be divided by what the row of B is multiplied by: so B gets whole numbers.
    scale = np.array([np.prod([p - q for q in points if q != p]) for p in points] + [1.0])[:, None]
    return tuple(matrix.astype(dtype) for matrix in (np.rint(B * scale), G / scale, A))


def _kernels_to_points(weight, G):
    """Transform the kernels: a list of (slice of kernels, U (points, kernels, C)).

    In pieces, because memory of more than 32 MiB is handed out anew, page by page, every time.
    """
    K, C = weight.shape[:2]
    n, taps = G.shape
    kernel_bytes = n * n * C * weight.itemsize
    some, few = max(1, 2 * BLOCK_BYTES // kernel_bytes), max(1, CACHE_BYTES // kernel_bytes)
    parts = []
    for first in range(0, K, some):
        kernels = weight[first : first + some]
        U = np.empty((n, n, len(kernels) * C), weight.dtype)
        for k in range(0, len(kernels), few):
            planes = kernels[k : k + few].reshape(-1, taps, taps).transpose(1, 2, 0)
            half = np.matmul(G, planes.reshape(taps, -1)).reshape(n, taps, -1)
            np.matmul(G, half, out=U[:, :, k * C : (k + few) * C])
        parts.append((slice(first, first + some), U.reshape(n * n, -1, C)))
    return parts


def _both_ways(matrix, planes):
    """Return ``matrix @ X @ matrix.T`` for every X in planes (n, n, L), as (m, m, L)."""
    m, n = matrix.shape
    once = np.matmul(matrix, planes)
    return np.matmul(matrix, once.reshape(n, -1)).reshape(m, m, -1)


def _block(N, down, right, tile_bytes):
    """Return how many images, and how many rows of tiles, make a block."""
    tiles = max(1, BLOCK_BYTES // tile_bytes)
    rows = min(down, max(1, tiles // right))
    images = min(N, max(1, tiles // (rows * right))) if rows == down else 1
    return images, rows


def _strip(images, top, height, width, padding):
    """Return a band of zero-padded pixels, channels last: (n, height, width, C)."""
    n, C, H, W = images.shape
    strip = np.zeros((n, height, width, C), images.dtype)
    first, left = top - padding[0][0], padding[1][0]
    inside, columns = slice(max(first, 0), max(min(first + height, H), 0)), min(W, width - left)
    if inside.start < inside.stop:
        place = strip[:, inside.start - first : inside.stop - first, left : left + columns]
        # The copy in between packs rows that may lie a multiple of the page size apart: caches dislike those.
        place[...] = images[:, :, inside, :columns].copy().transpose(0, 2, 3, 1)
    return strip


def _to_points(strip, B, V, tile):
    """Transform the tiles of a strip, a few rows of tiles at a time, into the first tiles of V."""
    n, height, width, C = strip.shape
    size = len(B)
    down, right = (height - size) // tile + 1, (width - size) // tile + 1
    flat, done = V.reshape(size, size, -1), 0
    for image, rows in _few_rows(n, down, len(V) * right * C * V.itemsize):
        pixels = np.empty((size, size, len(rows), right, C), strip.dtype)
        under = strip[image, rows[0] * tile :]
        for i, j in np.ndindex(size, size):
            pixels[i, j] = under[i::tile, j::tile][: len(rows), :right]
        count = len(rows) * right * C
        half = np.matmul(B, pixels.reshape(size, -1)).reshape(size, size, count)
        np.matmul(B, half, out=flat[:, :, done : done + count])
        done += count


def _from_points(M, A, output, right):
    """Transform the products back, a few rows of tiles at a time, into output (n, K, P, Q)."""
    n, K, P, Q = output.shape
    tile, size = A.shape
    flat, done = M.reshape(size, size, -1), 0
    for image, rows in _few_rows(n, -(-P // tile), size**2 * right * K * M.itemsize):
        count = len(rows) * right * K
        values = _both_ways(A, flat[:, :, done : done + count]).reshape(tile, tile, len(rows), right, K)
        pixels = np.ascontiguousarray(values.transpose(2, 0, 3, 1, 4)).reshape(-1, right * tile, K)
        place = output[image, :, rows[0] * tile : (rows[-1] + 1) * tile]
        place[...] = pixels[: place.shape[1], :Q].transpose(2, 0, 1)
        done += count


def _few_rows(n, down, row_bytes):
    """Yield (image, rows of tiles) in blocks that stay in a second-level cache while being transformed."""
    step = max(1, CACHE_BYTES // row_bytes)
    for image in range(n):
        for first in range(0, down, step):
            yield image, range(first, min(first + step, down))

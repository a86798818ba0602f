"""Convolution as a product of spectra."""

from __future__ import annotations

import numpy as np
from scipy import fft

from cnnbook.arithmetic import effective_kernel, output_length

# Groups are transformed a few at a time, so that the spectra stay below about this.
SPECTRUM_BYTES = 2**23


def conv2d_fft(input, weight, stride=(1, 1), padding=((0, 0), (0, 0)), dilation=(1, 1), groups=1):
    """Compute a convolution layer by the convolution theorem: transform, multiply, transform back.

    Parameters and result are those of `conv2d_loop`; floating-point arrays only.

    Raises
    ------
    ValueError
        If the arrays are not real floating-point numbers.

    Notes
    -----
    Sliding a kernel along a signal of length L is, in frequencies, one product each: about
    (5 / 2) L log2 L operations for a transform in place of R for every output. It pays for large kernels
    only. A transform is shared by all the channels and kernels that use it, but the C K / groups products for
    every frequency remain. Memory: spectra of a few groups' channels and kernels, padded to a length without
    large prime factors. Rounding is relative to the largest output, not to each; one infinity or NaN fills a
    whole channel. Source: Mathieu, Henaff and LeCun, "Fast training of convolutional networks through FFTs",
    2014, arXiv:1312.5851.

    Examples
    --------
    >>> image = np.arange(16.0).reshape(1, 1, 4, 4)
    >>> conv2d_fft(image, np.ones((1, 1, 3, 3))).round(9)
    array([[[[45., 54.],
             [81., 90.]]]])
    """
    if input.dtype.kind != "f":
        raise ValueError(
            f"conv2d: method 'fft' rounds, so it takes floating-point arrays, got {input.dtype}; "
            "loop, im2col and direct can"
        )
    N, _, H, W = input.shape
    K, C_group, R, S = weight.shape
    P = output_length(H, R, stride[0], padding[0], dilation[0])
    Q = output_length(W, S, stride[1], padding[1], dilation[1])
    padded = [length + sum(pair) for length, pair in zip((H, W), padding, strict=True)]
    size = tuple(fft.next_fast_len(length, real=True) for length in padded)
    output = np.empty((N, groups, K // groups, P, Q), input.dtype)
    images = input.reshape(N, groups, C_group, H, W)
    kernels = weight.reshape(groups, K // groups, C_group, R, S)
    for some in _few_groups(groups, (K // groups + 1) * C_group * size[0] * size[1] * input.itemsize):
        spectra = np.conj(fft.rfft2(_dilated(kernels[some], dilation), size))
        for n in range(N):
            spectrum = fft.rfft2(_padded(images[n, some], padding), size)
            product = np.einsum("gkcuv,gcuv->gkuv", spectra, spectrum)
            full = fft.irfft2(product, size)
            output[n, some] = full[:, :, :: stride[0], :: stride[1]][:, :, :P, :Q]
    return output.reshape(N, K, P, Q)


def _few_groups(groups, bytes_each):
    """Yield slices of groups whose spectra together stay near `SPECTRUM_BYTES`."""
    step = max(1, SPECTRUM_BYTES // bytes_each)
    return (slice(first, first + step) for first in range(0, groups, step))


def _padded(images, padding):
    """Return the images with zeros in front; the transform adds those behind."""
    return np.pad(images, ((0, 0), (0, 0), (padding[0][0], 0), (padding[1][0], 0)))


def _dilated(kernels, dilation):
    """Return the kernels with their holes filled with zeros."""
    if dilation == (1, 1):
        return kernels
    spans = [effective_kernel(k, d) for k, d in zip(kernels.shape[-2:], dilation, strict=True)]
    result = np.zeros((*kernels.shape[:-2], *spans), kernels.dtype)
    result[..., :: dilation[0], :: dilation[1]] = kernels
    return result

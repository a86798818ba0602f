"""Compute a layer by the method that was asked for or picked, and on as many threads as it is worth."""

from __future__ import annotations

import math

import numpy as np

from cnnbook.functional.methods.choose import METHODS, WORKSPACE, cheapest, conv_costs
from cnnbook.functional.methods.direct import conv2d_direct
from cnnbook.functional.methods.threads import available_threads, in_shares

# Nanoseconds of estimated work from which on it is worth starting threads.
WORTH_SHARING = 6e5
# The methods that can write a share in its place.
SHARED = {"im2col", "depthwise", "pointwise", "winograd", "winograd2x2"}


def compute(input, weight, setting, method="auto", exact=False) -> np.ndarray:
    """Compute a two-dimensional layer by the named method, or by the one that `auto` picks."""
    if method != "auto":
        return METHODS[method](input, weight, *setting)
    if 0 in input.shape:
        return conv2d_direct(input, weight, *setting)
    name, cost = cheapest(input, weight, setting, exact)
    if name not in ("fft", "winograd", "winograd2x2"):
        return _run(name, cost, input, weight, setting)
    size = _typical(input) * _typical(weight) * math.sqrt(math.prod(weight.shape[1:]))
    if not math.isfinite(size):
        return _run(*cheapest(input, weight, setting, exact, finite=False), input, weight, setting)
    output = _run(name, cost, input, weight, setting)
    # Their rounding is relative to the factors. Where the sums cancel to much less, do without.
    if name != "winograd2x2" and _typical(output) < 0.05 * size:
        return _run(*cheapest(input, weight, setting, exact=True), input, weight, setting)
    return output


def _run(name, cost, input, weight, setting) -> np.ndarray:
    """Compute a layer by a method, in shares if several threads may be used and it pays."""
    # To ask for the threads takes a good part of the time of a small layer.
    if cost >= WORTH_SHARING and (count := available_threads()) > 1:
        by = shares(name, input.shape, weight.shape, setting, input.itemsize, count)
        if by is not None:
            return in_shares(METHODS[name], input, weight, setting, by, count)
    return METHODS[name](input, weight, *setting)


def shares(name, input_shape, weight_shape, setting, itemsize, count) -> str | None:
    """Return what to deal out, images, kernels, channels or rows, or None to leave the layer whole.

    A layer is left whole, and to the threads of its matrix products, if it is small, or if `count` shares,
    one for each thread, would take too much scratch memory at once.
    """
    N, C, H, W = input_shape
    K, _, R, S = weight_shape
    P, Q = setting.output_size((H, W), (R, S))
    cost = conv_costs(input_shape, weight_shape, setting, itemsize)[name]
    if count == 1 or cost < WORTH_SHARING or name not in SHARED:
        return None
    by = "images" if count <= N else "rows"
    if by == "rows" and (name == "pointwise" or (name == "im2col" and setting.groups == 1)):
        return None  # little but one large product, which its library shares out better
    if by == "rows" and name == "depthwise" and K == C:
        by = "channels"
    if name.startswith("winograd"):
        scratch, kernels = 2**24, (16 if name == "winograd2x2" else 36) * K * C * itemsize
        if kernels > 2**23:  # dear to transform, and to hold twice
            by, total = "kernels", kernels + count * scratch
        else:
            total = count * (kernels + scratch)
    else:
        total = count * (2**23 + 3 * C * R * S * Q * itemsize)
    fits = count <= {"images": N, "kernels": K, "channels": C, "rows": P}[by] and total <= WORKSPACE
    return by if fits else None


def _typical(array) -> float:
    """Return the root mean square; infinity or NaN if any value is so, or too large to be squared."""
    parts = [array] if array.flags.c_contiguous else array  # a view is copied, so only a part at a time
    return math.sqrt(sum(np.vdot(part, part) for part in parts) / array.size)

"""Pick a method for a convolution layer, by a small model of what each costs."""

from __future__ import annotations

import math
from functools import lru_cache, partial

import numpy as np

from cnnbook.arithmetic import effective_kernel
from cnnbook.functional._setting import Setting
from cnnbook.functional.methods.depthwise import conv2d_depthwise
from cnnbook.functional.methods.direct import conv2d_direct
from cnnbook.functional.methods.fft import conv2d_fft
from cnnbook.functional.methods.im2col import conv2d_im2col
from cnnbook.functional.methods.loop import conv2d_loop
from cnnbook.functional.methods.pointwise import conv2d_pointwise, conv2d_whole
from cnnbook.functional.methods.winograd import conv2d_winograd

METHODS = {
    "loop": conv2d_loop,
    "im2col": conv2d_im2col,
    "direct": conv2d_direct,
    "fft": conv2d_fft,
    "winograd": conv2d_winograd,
    "winograd2x2": partial(conv2d_winograd, tile=2),
    "pointwise": conv2d_pointwise,
    "whole": conv2d_whole,
    "depthwise": conv2d_depthwise,
}

# The model's constants, in nanoseconds for float32 on one core of a server processor of 2023. Only their
# ratios matter; those are much the same for float64.
MULTIPLICATION = 0.021  # within a large matrix product
COPY = 0.25  # a number copied to its place among columns
PASS = 0.22  # a number read, multiplied, added and written
TRANSFORM = 0.55  # a number through one of Winograd's transforms
BUTTERFLY = 0.5  # a number through one of the log2 stages of a Fourier transform
CALL = 1_500.0  # starting one matrix product
FIVE = 1.4  # Winograd's method on kernels of 5 x 5, against what the same numbers say for 3 x 3
FETCH = 1.1  # a number of F(4 x 4)'s transformed kernels, if these are so many bytes that caches lose them:
FAR = 2**24

# `auto` uses no method whose scratch memory could exceed this.
WORKSPACE = 64 * 2**20


@lru_cache(maxsize=1024)
def conv_costs(input_shape, weight_shape, setting, itemsize=4) -> dict[str, float]:
    """Return the estimated nanoseconds of every method that can do a layer within the workspace."""
    N, C, H, W = input_shape
    K, C_group, R, S = weight_shape
    P, Q = setting.output_size((H, W), (R, S))
    outputs = N * K * P * Q
    # A product of few rows runs below full speed.
    multiplication = MULTIPLICATION * (1 + 8 * setting.groups / K)
    product = outputs * C_group * R * S * multiplication
    unpadded = not np.any(setting.padding)
    row = C * R * S * Q * itemsize
    padded = (H + sum(setting.padding[0])) * (W + sum(setting.padding[1]))
    height = effective_kernel(R, setting.dilation[0]) * (W + sum(setting.padding[1])) * C * itemsize
    costs = {"direct": R * S * (product / (R * S) + (outputs + N * C * P * Q) * COPY + N * CALL)}
    if row + height <= WORKSPACE // 4:
        costs["im2col"] = product + N * C * R * S * P * Q * COPY + CALL * max(1, N * P * row // 2**22)
    if (R, S) == (1, 1) and unpadded and C * P * Q * itemsize <= WORKSPACE // 2:
        costs["pointwise"] = product
    if setting.covers((H, W), (R, S)):
        costs["whole"] = N * C_group * R * S * K * MULTIPLICATION
    if C_group == 1 and 3 * padded * itemsize <= WORKSPACE // 2:
        costs["depthwise"] = outputs * R * S * PASS * math.prod(setting.stride) + CALL * R * S
    costs |= _fft_cost(N, K, C_group, padded, R * S, setting, itemsize)
    if setting == Setting((1, 1), setting.padding, (1, 1), 1):
        for kernel, tile, name in ((3, 4, "winograd"), (5, 2, "winograd"), (3, 2, "winograd2x2")):
            if (kernel, kernel) == (R, S):
                costs |= _winograd_cost(name, tile, kernel, N, C, K, P, Q, itemsize)
    return costs


def scattering_is_cheaper(grad_shape, weight_shape, input_shape, setting, itemsize) -> bool:
    """Return whether the input's gradient costs less by adding patches up than as a convolution."""
    N, K, P, Q = grad_shape
    C_group, R, S = weight_shape[1:]
    C, groups = input_shape[1], setting.groups
    taps = N * R * S * P * Q
    product = taps * K * C_group * MULTIPLICATION
    scattering = product * (1 + 8 / (C_group * R * S)) + taps * C * (COPY + PASS)
    gathering = product * (1 + 8 * groups / C) + taps * K * COPY
    if setting.stride == (1, 1):
        reach = [(n - 1) * d for n, d in zip((R, S), setting.dilation, strict=True)]
        full = Setting((1, 1), tuple((r, r) for r in reach), setting.dilation, groups)
        gathering = min(conv_costs(grad_shape, (C, K // groups, R, S), full, itemsize).values())
    return scattering < gathering


def _fft_cost(N, K, C_group, padded, taps, setting, itemsize) -> dict[str, float]:
    """Estimate transforms of every channel, kernel and output, and the products in between."""
    groups = setting.groups
    if 4 * (K // groups + 1) * C_group * padded * itemsize > WORKSPACE // 2 or taps < 25:
        return {}
    transforms = N * groups * C_group + K * C_group + N * K
    stages = math.log2(padded)
    return {"fft": padded * (transforms * stages * BUTTERFLY + 2 * N * K * C_group * PASS) + CALL}


def _winograd_cost(name, tile, kernel, N, C, K, P, Q, itemsize) -> dict[str, float]:
    """Estimate the transforms of pixels, kernels and products, and the products."""
    right, points = -(-Q // tile), (tile + kernel - 1) ** 2
    tiles = N * -(-P // tile) * right
    scratch = points * itemsize * (K * C + 2 * max(right * max(C, K), 2**23 // (points * itemsize)))
    if scratch > WORKSPACE * 7 // 8:
        return {}
    # Products of few tiles run below full speed.
    products = points * (tiles * C * K * MULTIPLICATION * (1 + 24 / tiles + 12 / C + 12 / K) + CALL)
    kernels = TRANSFORM + (FETCH if points * C * K * itemsize > FAR and tile == 4 else 0)
    transforms = points * (tiles * (C + K) * TRANSFORM + 2 * C * K * kernels)
    return {name: (products + transforms) * (FIVE if kernel == 5 else 1)}


def cheapest(input, weight, setting, exact=False, finite=True) -> tuple[str, float]:
    """Return the method with the least estimated cost, among those that keep what is asked for, and its cost.

    `exact` leaves out the methods that round where the definition would not; unless `finite`, so do those
    that would spread an infinity or a NaN beyond the outputs that see it.
    """
    floats = input.dtype.kind == "f"
    exact, finite = exact or not floats, finite and floats
    return _cheapest(input.shape, weight.shape, setting, input.itemsize, exact, finite)


@lru_cache(maxsize=1024)
def _cheapest(input_shape, weight_shape, setting, itemsize, exact, finite) -> tuple[str, float]:
    barred = {"fft", "winograd"} if exact or not finite else set()
    if not finite:
        barred |= {"winograd2x2"}
    costs = conv_costs(input_shape, weight_shape, setting, itemsize)
    name = min(costs.keys() - barred, key=costs.get)
    return name, costs[name]

"""The three products behind every convolution layer: forward, and the gradients of input and weight.

Each is linear in both its arrays. The layer is ``y = forward(x, w)``; for a gradient g of y,
``<g, forward(x, w)> = <input_gradient(g, w), x> = <weight_gradient(g, x), w>``. A transposed convolution is
the second of them. All work in one to three dimensions on arrays that have been checked; no bias.
"""

from __future__ import annotations

from itertools import product
from math import gcd

import numpy as np

from cnnbook.functional._setting import Setting
from cnnbook.functional.methods.blocks import column_blocks, image_blocks
from cnnbook.functional.methods.choose import scattering_is_cheaper
from cnnbook.functional.methods.compute import compute
from cnnbook.functional.methods.depthwise import depthwise_weight_gradient


def forward(
    input: np.ndarray, weight: np.ndarray, setting: Setting, method: str = "auto", exact: bool = False
) -> np.ndarray:
    """Return the layer's output (N, K, ...)."""
    size, kernel = input.shape[2:], weight.shape[2:]
    if len(size) == 1:
        return forward(input[:, :, None], weight[:, :, None], setting.lifted(), method, exact)[:, :, 0]
    if len(size) == 2:
        return compute(input, weight, setting, method, exact)
    output = np.zeros((len(input), len(weight), *setting.output_size(size, kernel)), input.dtype)
    for d, t, source in setting.meetings(output.shape[2], kernel[0], size[0]):
        output[:, :, d] += forward(input[:, :, source], weight[:, :, t], setting.flat(), method, exact)
    return output


def input_gradient(
    grad: np.ndarray, weight: np.ndarray, size: tuple[int, ...], setting: Setting
) -> np.ndarray:
    """Return the gradient (N, C, *size) of the input, given `grad` (N, K, ...) of the output."""
    if len(size) == 1:
        return input_gradient(grad[:, :, None], weight[:, :, None], (1, *size), setting.lifted())[:, :, 0]
    if len(size) == 2:
        return _input_gradient_2d(grad, weight, size, setting)
    result = np.zeros((len(grad), weight.shape[1] * setting.groups, *size), grad.dtype)
    for d, t, source in setting.meetings(grad.shape[2], weight.shape[2], size[0]):
        result[:, :, source] += input_gradient(grad[:, :, d], weight[:, :, t], size[1:], setting.flat())
    return result


def weight_gradient(
    grad: np.ndarray, input: np.ndarray, kernel: tuple[int, ...], setting: Setting
) -> np.ndarray:
    """Return the gradient (K, C / groups, *kernel) of the weight, given `grad` (N, K, ...) of the output."""
    if len(kernel) == 1:
        return weight_gradient(grad[:, :, None], input[:, :, None], (1, *kernel), setting.lifted())[:, :, 0]
    if len(kernel) == 2:
        return _weight_gradient_2d(grad, input, kernel, setting)
    result = np.zeros((grad.shape[1], input.shape[1] // setting.groups, *kernel), grad.dtype)
    for d, t, source in setting.meetings(grad.shape[2], kernel[0], input.shape[2]):
        result[:, :, t] += weight_gradient(grad[:, :, d], input[:, :, source], kernel[1:], setting.flat())
    return result


def _input_gradient_2d(grad, weight, size, setting):
    """Gather or scatter, whichever moves less: the multiplications are the same."""
    shape = (len(grad), weight.shape[1] * setting.groups, *size)
    if grad.size == 0:
        return np.zeros(shape, grad.dtype)
    if setting.covers(size, weight.shape[2:]):
        outputs = grad.reshape(len(grad), setting.groups, -1).swapaxes(0, 1)
        kernels = weight.reshape(setting.groups, outputs.shape[2], -1)
        return np.matmul(outputs, kernels).swapaxes(0, 1).reshape(shape)
    if scattering_is_cheaper(grad.shape, weight.shape, shape, setting, grad.itemsize):
        return _scattered(grad, weight, shape, setting)
    return _gathered(grad, weight, size, setting)


def _scattered(grad, weight, shape, setting):
    """Multiply every output's gradient with its kernel, and add the patches onto the image: col2im."""
    groups, (K, C_group, R, S) = setting.groups, weight.shape
    C, H, W = shape[1:]
    P, Q = grad.shape[2:]
    (top, _), (left, _) = setting.padding
    (down, right), (row_step, column_step) = setting.stride, setting.dilation
    height = max(H + top, (P - 1) * down + (R - 1) * row_step + 1)
    width = max(W + left, (Q - 1) * right + (S - 1) * column_step + 1)
    kernels = weight.reshape(groups, K // groups, C_group * R * S).swapaxes(1, 2)
    result = np.empty(shape, grad.dtype)
    for images, rows in image_blocks(grad.shape, max(C * R * S, K), grad.itemsize):
        part = grad[images, :, rows].transpose(1, 2, 3, 0)
        if rows.start == 0:
            canvas = np.zeros((C, height, width, part.shape[3]), grad.dtype)
        patches = np.matmul(kernels, part.reshape(groups, K // groups, -1)).reshape(C, R, S, *part.shape[1:])
        for r, s in product(range(R), range(S)):
            under = canvas[:, rows.start * down + r * row_step :, s * column_step :]
            lines = (part.shape[1] - 1) * down + 1
            under[:, :lines:down, : (Q - 1) * right + 1 : right] += patches[:, r, s]
        if rows.stop == P:
            result[images] = canvas[:, top : top + H, left : left + W].transpose(3, 0, 1, 2)
    return result


def _gathered(grad, weight, size, setting):
    """One convolution at stride 1; at a larger stride one for each set of taps that meet the same pixels."""
    backward = turned(weight, setting.groups)
    result = np.zeros((len(grad), len(backward), *size), grad.dtype)
    axes = zip(size, weight.shape[2:], setting.stride, setting.padding, setting.dilation, strict=True)
    of_rows, of_columns = (list(_phases(*axis)) for axis in axes)
    steps = tuple(d // gcd(s, d) for s, d in zip(setting.stride, setting.dilation, strict=True))
    for taps_r, rows, first_row in of_rows:
        for taps_s, columns, first_column in of_columns:
            part = backward[:, :, taps_r, taps_s]
            place = result[:, :, rows, columns]
            before = [step * (k - 1) - first for step, k, first in
                      zip(steps, part.shape[2:], (first_row, first_column), strict=True)]  # fmt: skip
            cut, padding = _fit(grad, place.shape[2:], part.shape[2:], before, steps)
            if cut.size and place.size:
                gradient = compute(cut, part, Setting((1, 1), padding, steps, setting.groups))
                if gradient.shape == result.shape:
                    return gradient
                place[...] = gradient
    return result


def turned(weight: np.ndarray, groups: int) -> np.ndarray:
    """Swap the roles of kernels and channels, and turn every kernel by half a turn: (C, K / groups, R, S)."""
    K, C_group, R, S = weight.shape
    grouped = weight.reshape(groups, K // groups, C_group, R, S).swapaxes(1, 2)
    return grouped.reshape(groups * C_group, K // groups, R, S)[:, :, ::-1, ::-1]


def _phases(length, kernel, stride, padding, dilation):
    """Yield which taps reach which pixels of one axis, at a stride.

    Tap r of output p falls on pixel ``p * stride + r * dilation - before``. Taps whose distance is a multiple
    of ``stride / gcd(stride, dilation)`` share their pixels, every `stride`-th one; those pixels are a
    convolution at stride 1 of these taps alone. Yields (taps of the turned kernel, pixels, the p of the first
    pixel's first tap).
    """
    apart = stride // gcd(stride, dilation)
    for r in range(min(apart, kernel)):
        offset = r * dilation - padding[0]
        first = -(offset // stride)
        pixels = slice(offset + stride * first, length, stride)
        yield slice((kernel - 1 - r) % apart, kernel - r, apart), pixels, first


def _fit(grad, size, kernel, before, steps):
    """Return the part of `grad` that matters, and the padding with which the output has the given size."""
    cuts, padding = [], []
    for have, want, k, front, step in zip(grad.shape[2:], size, kernel, before, steps, strict=True):
        back = want + step * (k - 1) - have - front
        cuts.append(slice(max(-front, 0), max(have + min(back, 0), 0)))
        padding.append((max(front, 0), max(back, 0)))
    return grad[:, :, cuts[0], cuts[1]], tuple(padding)


def _weight_gradient_2d(grad, input, kernel, setting):
    """One matrix product of the output's gradient and the image patches, summed over blocks of rows."""
    K, groups, C_group = grad.shape[1], setting.groups, input.shape[1] // setting.groups
    if C_group == 1 and groups > 1 and setting.stride == (1, 1):
        return depthwise_weight_gradient(grad, input, kernel, setting.padding, setting.dilation)
    result = None
    for part, columns in _products_of_weight_gradient(grad, input, kernel, setting):
        total = part.reshape(groups, K // groups, -1) @ columns.swapaxes(1, 2)
        # The first product is the sum so far: to start from zeros would cost a pass over fresh memory.
        result = total if result is None else np.add(result, total, out=result)
    if result is None:
        return np.zeros((K, C_group, *kernel), grad.dtype)
    return result.reshape(K, C_group, *kernel)


def _products_of_weight_gradient(grad, input, kernel, setting):
    """Yield pairs: some outputs' gradient, and their patches (groups, C / groups * R * S, outputs)."""
    groups = setting.groups
    if setting.covers(input.shape[2:], kernel):
        if len(input):
            yield grad.swapaxes(0, 1), input.reshape(len(input), groups, -1).transpose(1, 2, 0)
    elif kernel == (1, 1) and not np.any(setting.padding):
        pixels = input[:, :, :: setting.stride[0], :: setting.stride[1]]
        for part, image in zip(grad, pixels, strict=True):
            yield part, image.reshape(groups, image.shape[0] // groups, -1)
    else:
        # Every block adds to the whole weight, so the blocks are larger than in the forward product.
        for images, rows, columns in column_blocks(input, kernel, *setting, times=3):
            yield grad[images, :, rows].transpose(1, 2, 3, 0), columns

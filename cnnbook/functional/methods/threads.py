"""One layer on several threads: each computes its share of the images, the kernels or the rows.

A matrix product uses several threads by itself, but the copies and transforms around it do not. So the layer
is cut into shares, one for each thread, whose products then run on one thread each. NumPy lets the other
threads run while it computes.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from contextvars import copy_context
from functools import cache
from itertools import pairwise

import numpy as np
from threadpoolctl import ThreadpoolController

from cnnbook.arithmetic import effective_kernel
from cnnbook.functional._setting import Setting


@cache
def _products() -> ThreadpoolController:
    """Return the control of the library that NumPy computes matrix products with."""
    controller = ThreadpoolController()
    paths = [library.filepath for library in controller.lib_controllers if "numpy" in library.filepath]
    return controller.select(filepath=paths)


@cache
def _pool(count: int) -> ThreadPoolExecutor:
    """Return threads that wait for shares; starting them anew would cost more than many a layer."""
    return ThreadPoolExecutor(count, thread_name_prefix="cnnbook")


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_pool.cache_clear)  # threads do not survive a fork


def available_threads() -> int:
    """Return on how many threads NumPy computes matrix products, and so how many shares there may be.

    That is the number of processors, unless ``OPENBLAS_NUM_THREADS`` or `threadpoolctl` say otherwise.
    """
    return max((library.num_threads for library in _products().lib_controllers), default=1)


def in_shares(method: Callable, input, weight, setting: Setting, by: str, count: int) -> np.ndarray:
    """Compute a layer by a method, in shares at the same time.

    Parameters
    ----------
    method : callable
        One of those in this package that take `out`.
    input, weight : ndarray of shape (N, C, H, W), (K, C / groups, R, S)
    setting : Setting
    by : {'images', 'kernels', 'rows', 'channels'}
        What is dealt out; kernels only of a layer with one group, channels only of one with a group, and a
        kernel, for each.
    count : int
        The number of shares, each on a thread of its own.

    Returns
    -------
    ndarray of shape (N, K, P, Q)

    Examples
    --------
    >>> from cnnbook.functional import conv2d_im2col
    >>> setting = Setting((1, 1), ((1, 1), (1, 1)), (1, 1), 1)
    >>> arrays = np.ones((1, 1, 4, 2)), np.ones((1, 1, 3, 3))
    >>> in_shares(conv2d_im2col, *arrays, setting, "rows", 2)[0, 0].T
    array([[4., 6., 6., 4.],
           [4., 6., 6., 4.]])
    """
    size = setting.output_size(input.shape[2:], weight.shape[2:])
    output = np.empty((len(input), len(weight), *size), input.dtype)
    axis = {"images": 0, "kernels": 1, "channels": 1, "rows": 2}[by]
    cuts = [output.shape[axis] * i // count for i in range(count + 1)]

    def compute(first: int, stop: int) -> None:
        share = slice(first, stop)
        images, kernels, moves = _share(input, weight, setting, by, share)
        method(images, kernels, *moves, out=output[(slice(None),) * axis + (share,)])

    with _products().limit(limits=1):
        ours, *theirs = pairwise(cuts)
        # The copied context carries NumPy's error state, which another thread would not know.
        calls = [_pool(count - 1).submit(copy_context().run, compute, *ends) for ends in theirs]
        try:
            compute(*ours)  # starting a thread for it, and waiting, would only cost
        finally:
            wait(calls)  # whatever happened, nobody writes into the output after this
        for call in calls:
            call.result()
    return output


def _share(input, weight, setting, by, share):
    """Return the layer that gives a share of the output."""
    if by == "images":
        return input[share], weight, setting
    if by == "kernels":
        return input, weight[share], setting
    if by == "channels":
        return input[:, share], weight[share], setting._replace(groups=share.stop - share.start)
    return _rows(input, weight, setting, share)


def _rows(input, weight, setting, rows):
    """Return the layer that gives some rows of the output: its rows of the input, and their padding."""
    H, top = input.shape[2], setting.padding[0][0]
    first = rows.start * setting.stride[0] - top
    stop = (rows.stop - 1) * setting.stride[0] - top + effective_kernel(weight.shape[2], setting.dilation[0])
    inside = input[:, :, min(max(first, 0), H) : max(min(stop, H), 0)]
    above, below = max(min(stop, 0) - first, 0), max(stop - max(first, H), 0)
    return inside, weight, setting._replace(padding=((above, below), setting.padding[1]))

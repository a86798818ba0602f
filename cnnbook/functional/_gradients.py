"""What the backward operators share."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from cnnbook.functional._checks import as_floats


def as_gradient(grad_output: ArrayLike, operator: str, shape: Sequence[int], dtype: np.dtype) -> np.ndarray:
    """Return `grad_output` as an array, refused unless it has the shape and dtype of the forward's output."""
    grad_output = as_floats(grad_output, operator, "grad_output")
    if grad_output.shape != tuple(shape):
        raise ValueError(
            f"{operator}: grad_output must have the output's shape {tuple(shape)}, got {grad_output.shape}"
        )
    if grad_output.dtype != dtype:
        raise TypeError(
            f"{operator}: grad_output must have the output's dtype {dtype}, got {grad_output.dtype}"
        )
    return grad_output


def widened(array: np.ndarray) -> np.ndarray:
    """Return float16 as float32: half precision is computed wider and rounded once, as PyTorch does."""
    return array.astype(np.float32) if array.dtype == np.float16 else array

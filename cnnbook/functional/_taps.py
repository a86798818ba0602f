"""Which input positions an interpolated value looks at, and how it weighs them, along one axis."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

# Mode: for how many axes it works.
MODES = {
    "nearest": (1, 2, 3),
    "nearest-exact": (1, 2, 3),
    "linear": (1,),
    "bilinear": (2,),
    "trilinear": (3,),
    "bicubic": (2,),
    "area": (1, 2, 3),
}

# The free parameter of Keys's cubic; -0.75 is PyTorch's choice, -0.5 would be third-order accurate.
CUBIC_A = -0.75


@dataclass(frozen=True)
class Resizing:
    """Resizing one axis from `length` to `count` values."""

    length: int
    count: int
    scale: float | None  # the scale factor asked for; None for the ratio of the sizes
    mode: str
    align_corners: bool
    dtype: np.dtype  # positions are computed in the values' own precision, as in PyTorch

    def forward(self, values: np.ndarray, axis: int) -> np.ndarray:
        """Return the axis resized."""
        taps = self.taps()
        shape = (-1, *(1,) * (values.ndim - axis - 1))
        if len(taps) == 1:
            return values.take(taps[0][0], axis)
        return sum(values.take(index, axis) * weight.reshape(shape) for index, weight in taps)

    def backward(self, gradient: np.ndarray, axis: int) -> np.ndarray:
        """Return the gradient before resizing."""
        taps = self.taps()
        indices = np.stack([index for index, _ in taps], axis=1)
        weights = np.stack([weight for _, weight in taps], axis=1)
        rows = np.arange(0, indices.size + 1, len(taps))
        matrix = csr_array((weights.ravel(), indices.ravel(), rows), shape=(self.count, self.length))
        moved = np.moveaxis(gradient, axis, 0)
        result = matrix.T @ moved.reshape(self.count, -1)
        return np.moveaxis(result.reshape(self.length, *moved.shape[1:]), 0, axis)

    def taps(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """Return pairs of input positions and weights, each of shape (count,)."""
        one = self.dtype.type(1)
        if self.mode.startswith("nearest"):
            offset = self.dtype.type(0.5 if self.mode == "nearest-exact" else 0)
            index = np.floor((self._steps() + offset) * self._stride()).astype(np.int64)
            return [(np.minimum(index, self.length - 1), np.ones(self.count, self.dtype))]
        position = self._positions()
        if self.mode == "bicubic":
            first = np.floor(position)
            weights = _cubic_weights(position - first)
            first = first.astype(np.int64)
            return [((first + k - 1).clip(0, self.length - 1), weight) for k, weight in enumerate(weights)]
        position = np.maximum(position, 0)
        first = np.minimum(position.astype(np.int64), self.length - 1)
        share = (position - first.astype(self.dtype)).clip(0, 1)
        return [(first, one - share), (np.minimum(first + 1, self.length - 1), share)]

    def _positions(self) -> np.ndarray:
        """Return where the output positions lie among the input positions."""
        if self.align_corners:
            return self._steps() * self._stride()
        half = self.dtype.type(0.5)
        return (self._steps() + half) * self._stride() - half

    def _steps(self) -> np.ndarray:
        return np.arange(self.count, dtype=self.dtype)

    def _stride(self) -> np.floating:
        """Return the distance between output positions, in input positions."""
        kind = self.dtype.type
        if self.align_corners:
            return kind(self.length - 1) / kind(self.count - 1) if self.count > 1 else kind(0)
        return kind(self.length) / kind(self.count) if self.scale is None else kind(1 / self.scale)


def _cubic_weights(t: np.ndarray) -> list[np.ndarray]:
    """Return the weights of the four values around a position at `t` between the second and the third."""

    def near(x):
        return ((CUBIC_A + 2) * x - (CUBIC_A + 3)) * x * x + 1

    def far(x):
        return ((CUBIC_A * x - 5 * CUBIC_A) * x + 8 * CUBIC_A) * x - 4 * CUBIC_A

    return [far(t + 1), near(t), near(1 - t), far(2 - t)]

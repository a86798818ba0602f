"""What the losses ask of their targets, and how they reduce."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from cnnbook.functional._checks import as_floats, as_integer, same_dtype
from cnnbook.functional._gradients import as_gradient, widened

REDUCTIONS = ("none", "mean", "sum")


@dataclass(frozen=True)
class Reduction:
    """How losses at `shape` become the result: 'none', 'sum', or 'mean', a division by `divisor`."""

    operator: str
    kind: str
    shape: tuple[int, ...]
    divisor: float
    dtype: np.dtype

    def __post_init__(self):
        if self.kind not in REDUCTIONS:
            raise ValueError(f"{self.operator}: reduction must be one of {REDUCTIONS}, got {self.kind!r}")

    def apply(self, loss: np.ndarray) -> np.ndarray:
        """Return the losses reduced; the mean over nothing is NaN, as 0 / 0."""
        if self.kind == "none":
            return np.asarray(loss, self.dtype)
        with np.errstate(all="ignore"):
            total = loss.sum()
            return np.asarray(total / self.divisor if self.kind == "mean" else total, self.dtype)

    def backward(self, grad_output: ArrayLike) -> np.ndarray:
        """Return the gradient at every position before the reduction."""
        shape = self.shape if self.kind == "none" else ()
        gradient = widened(as_gradient(grad_output, self.operator, shape, self.dtype))
        with np.errstate(all="ignore"):
            return np.broadcast_to(gradient / self.divisor if self.kind == "mean" else gradient, self.shape)


@dataclass(frozen=True)
class Classes:
    """Scores (N, C, ...) with class numbers (N, ...), or both without N, after all checks."""

    scores: np.ndarray
    target: np.ndarray
    kept: np.ndarray  # False where the target is ignored
    class_weight: np.ndarray  # (C, 1, ...), against the scores
    axis: int

    @classmethod
    def check(cls, operator, input, target, weight, ignore_index):
        """Return the checked arrays; ignored targets become class 0, which `kept` takes out again."""
        input, weight, axis = _scores_and_weight(operator, input, weight)
        target = np.asarray(target)
        if target.dtype not in (np.int64, np.uint8):
            raise TypeError(f"{operator}: target must hold int64 or uint8 classes, got dtype {target.dtype}")
        positions = input.shape[:axis] + input.shape[axis + 1 :]
        if target.shape != positions:
            raise ValueError(
                f"{operator}: target must have shape {positions} for class numbers with input {input.shape}, "
                f"got {target.shape}"
            )
        kept = target != as_integer(ignore_index, operator, "ignore_index")
        wrong = target[kept & ((target < 0) | (target >= input.shape[axis]))]
        if wrong.size:
            raise ValueError(
                f"{operator}: target must be from 0 to {input.shape[axis] - 1}, got {wrong.flat[0]}"
            )
        return cls(input, np.where(kept, target, 0), kept, weight, axis)

    @property
    def position_weight(self) -> np.ndarray:
        """The weight of the class at every position, 0 where it is ignored."""
        if not self.class_weight.size:
            return np.zeros(self.target.shape, self.scores.dtype)
        return np.where(self.kept, self.class_weight.reshape(-1)[self.target], 0)

    def gather(self, scores: np.ndarray) -> np.ndarray:
        """Return minus the weighted score of the target class at every position."""
        if not scores.size:
            return np.zeros(self.target.shape, scores.dtype)
        index = np.expand_dims(self.target, self.axis)
        chosen = np.take_along_axis(scores, index, self.axis).squeeze(self.axis)
        with np.errstate(all="ignore"):
            return np.where(self.kept, -chosen * self.position_weight, 0)

    def scatter(self, gradient: np.ndarray) -> np.ndarray:
        """Return the gradient of `gather`: zeros, but for minus the weighted gradient at the target class."""
        result = np.zeros_like(self.scores)
        with np.errstate(all="ignore"):
            values = np.where(self.kept, -gradient * self.position_weight, 0).astype(result.dtype)
        if result.size:
            np.put_along_axis(
                result, np.expand_dims(self.target, self.axis), np.expand_dims(values, self.axis), self.axis
            )
        return result


@dataclass(frozen=True)
class Probabilities:
    """Scores and target probabilities of one shape, after all checks."""

    scores: np.ndarray
    target: np.ndarray
    class_weight: np.ndarray
    axis: int

    @classmethod
    def check(cls, operator, input, target, weight, ignore_index):
        """Return the checked arrays in their common dtype."""
        target = as_floats(target, operator, "target")
        input, weight, axis = _scores_and_weight(operator, input, weight)
        if as_integer(ignore_index, operator, "ignore_index") >= 0:
            raise ValueError(
                f"{operator}: ignore_index must be negative with target probabilities, got {ignore_index}"
            )
        return cls(input, widened(target), weight, axis)


def _scores_and_weight(operator, input, weight) -> tuple[np.ndarray, np.ndarray, int]:
    """Return the scores, the class weights ready to broadcast against them, and the class axis."""
    input = as_floats(input, operator)
    if not input.ndim:
        raise ValueError(f"{operator}: input must have at least 1 dimension, got shape ()")
    axis = min(input.ndim - 1, 1)
    if weight is None:
        weight = np.ones(input.shape[axis], input.dtype)
    weight = as_floats(weight, operator, "weight")
    if weight.shape != (input.shape[axis],):
        raise ValueError(
            f"{operator}: weight must have one value for each of {input.shape[axis]} classes, "
            f"got shape {weight.shape}"
        )
    same_dtype(operator, input=input, weight=weight)
    input = widened(input)
    return input, widened(weight).reshape(-1, *(1,) * (input.ndim - axis - 1)), axis

"""Where the axes of a value lie in a tensor that has been reshaped.

Networks flatten, split and transpose tensors without computing anything. A dimension of such a tensor is a
product of factors, the slowest first; each factor counts along one axis of the value in some step. Reshaping
only regroups factors, so no node of the graph is needed for it.
"""

from __future__ import annotations

from math import prod
from typing import NamedTuple

__all__ = ["Factor", "LayoutError", "Value", "canonical", "regroup"]


class LayoutError(ValueError):
    """A use of a reshaped tensor that has no description axis by axis."""


class Factor(NamedTuple):
    """Part of a dimension: ``size`` positions, ``step`` apart along ``axis``; axis None if all are alike."""

    axis: int | None
    step: int
    size: int


Dim = tuple[Factor, ...]


class Value(NamedTuple):
    """A tensor: a node of the graph and, for each of the tensor's dimensions, its factors."""

    node: int
    dims: tuple[Dim, ...]

    @property
    def shape(self) -> tuple[int, ...]:
        """The tensor's shape."""
        return tuple(
            1 if not dim else dim[0].size if len(dim) == 1 else prod(f.size for f in dim) for dim in self.dims
        )


def canonical(node: int, shape: tuple[int, ...]) -> Value:
    """Return the tensor (1, C, *spatial) of a node.

    Examples
    --------
    >>> canonical(0, (3, 8, 1)).dims
    ((), (Factor(axis=0, step=1, size=3),), (Factor(axis=1, step=1, size=8),), ())
    """
    return Value(node, ((), *(along(axis, size) for axis, size in enumerate(shape))))


def along(axis: int | None, size: int) -> Dim:
    """Return the dimension that runs along the whole of one axis."""
    return (Factor(axis, 1, size),) if size > 1 else ()


def regroup(dims: tuple[Dim, ...], shape: tuple[int, ...]) -> tuple[Dim, ...]:
    """Return the dimensions of the same elements in the same order, reshaped.

    Parameters
    ----------
    dims : tuple of tuple of Factor
        Dimensions before.
    shape : tuple of int
        Shape after.

    Raises
    ------
    LayoutError
        If a dimension would have to be cut where no factor can be.

    Examples
    --------
    >>> flat = regroup(canonical(0, (2, 4, 3)).dims, (1, 24))
    >>> [factor.axis for factor in flat[1]], regroup(flat, (1, 8, 3))[2]
    ([0, 1, 2], (Factor(axis=2, step=1, size=3),))
    """
    left = [factor for dim in dims for factor in dim][::-1]
    result = []
    for size in shape:
        taken: list[Factor] = []
        while size > 1:
            axis, step, have = left.pop()
            if have > size and have % size == 0:
                rest = have // size
                left.append(Factor(axis, step, rest))
                axis, step, have = axis, step * rest, size
            if size % have:
                raise LayoutError(f"a reshape to {shape} cuts an axis of {have} into parts of {size}")
            size //= have
            taken.append(Factor(axis, step, have))
        result.append(_fuse(taken))
    return tuple(result)


def _fuse(factors: list[Factor]) -> Dim:
    """Join neighbouring factors that together count along one axis without a jump."""
    fused: list[Factor] = []
    for factor in factors:
        before = fused[-1] if fused else None
        alike = before is not None and before.axis == factor.axis
        if alike and (factor.axis is None or before.step == factor.step * factor.size):
            fused[-1] = Factor(factor.axis, factor.step, before.size * factor.size)
        else:
            fused.append(factor)
    return tuple(fused)

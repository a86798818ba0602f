"""Ask the model itself what its units see: by planting NaNs in its input, or by gradients.

A NaN survives every weight, even zero, and every activation, so whatever an operator reads becomes visible.
It is planted in a whole line across one axis at a time: what a unit sees along that axis are the lines it
reacts to. Gradients are the customary probe; they miss what a dead unit, a maximum elsewhere or cancelling
weights hide.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import product
from math import prod
from typing import NamedTuple

import numpy as np
import torch
from torch.utils._pytree import tree_leaves

from cnnbook.receptive_field.analyze import choose
from cnnbook.receptive_field.layout import Factor, Value
from cnnbook.receptive_field.result import ReceptiveField, Region
from cnnbook.receptive_field.trace import evaluating, trace

__all__ = ["Difference", "Probe", "probe", "verify"]


class Probe:
    """What was seen to react: for each axis, which units react to which line of pixels.

    Parameters
    ----------
    reacts : sequence of ndarray of bool
        Per axis an array of shape (lines, *units).
    """

    def __init__(self, reacts: Sequence[np.ndarray]) -> None:
        """Keep what reacted."""
        self.reacts = list(reacts)

    @property
    def units(self) -> tuple[int, ...]:
        """Number of units along each axis."""
        return self.reacts[0].shape[1:]

    def region(self, unit: Sequence[int]) -> Region:
        """Return the first and last pixel that a unit reacts to, per axis; None if it reacts to none."""
        lines = [np.flatnonzero(axis[(slice(None), *unit)]) for axis in self.reacts]
        return tuple((int(seen[0]), int(seen[-1])) if seen.size else None for seen in lines)


class Difference(NamedTuple):
    """A unit whose region the analysis and the probe disagree on."""

    unit: tuple[int, ...]
    analysis: Region
    probe: Region


def probe(
    model: torch.nn.Module,
    input_shape: Sequence[int],
    *,
    method: str = "nan",
    units: Sequence[Sequence[int]] | None = None,
) -> Probe:
    """Find what every unit of a model's result sees, by experiment.

    Parameters
    ----------
    model : torch.nn.Module
        The model, with weights, on the CPU; it is run in evaluation mode on a batch of one.
    input_shape : sequence of int
        (C, *spatial), without the batch axis.
    method : {'nan', 'gradient'}, default 'nan'
        NaN propagation needs one run per line of pixels, gradients one backward pass per unit.
    units : sequence of units or None, default None
        For gradients, which units to probe; the others are reported to see nothing. None means all.

    Returns
    -------
    Probe
        What reacted. A result without spatial axes has one unit, ``()``.

    Raises
    ------
    ValueError
        If `method` is unknown, or the model gives NaN without being fed one.

    Examples
    --------
    >>> import torch
    >>> probe(torch.nn.Conv1d(1, 1, 3, padding=1), (1, 8)).region((0,))
    ((0, 1),)
    """
    return _probe(model, input_shape, _over_channels, method, units)


def verify(model: torch.nn.Module, input_shape: Sequence[int]) -> list[Difference]:
    """Compare the analysis of a model with the NaN probe, unit by unit.

    Parameters
    ----------
    model : torch.nn.Module
        The model, with weights, on the CPU.
    input_shape : sequence of int
        (C, *spatial), without the batch axis.

    Returns
    -------
    list of Difference
        Every unit on which they disagree; empty if the analysis is right.

    Examples
    --------
    >>> import torch
    >>> verify(torch.nn.Conv2d(1, 1, 3, padding=1, dilation=2), (1, 9, 7))
    []
    """
    traced = trace(model, input_shape)
    node = choose(traced.graph, traced.outputs, None)
    field = ReceptiveField(traced.graph, node)
    value = next(value for value in traced.outputs if value.node == node)
    seen = _probe(model, input_shape, lambda reacts: _by_axis(reacts, value, field.units), "nan", None)
    pairs = ((unit, field.region(unit), seen.region(unit)) for unit in product(*map(range, field.units)))
    return [Difference(*entry) for entry in pairs if entry[1] != entry[2]]


def _probe(model: torch.nn.Module, input_shape: Sequence[int], fold: Callable, method: str, units) -> Probe:
    if method not in ("nan", "gradient"):
        raise ValueError(f"probe: method must be 'nan' or 'gradient', got {method!r}")
    start = torch.rand((1, *input_shape), generator=torch.Generator().manual_seed(0)) + 0.5
    start = start.to(next((p.dtype for p in model.parameters() if p.is_floating_point()), start.dtype))
    with evaluating(model), _plain_kernels():
        if method == "nan":
            return _by_nan(model, start, fold)
        return _by_gradient(model, start, units)


def _by_nan(model: torch.nn.Module, start: torch.Tensor, fold: Callable) -> Probe:
    with torch.no_grad():
        if torch.isnan(_result(model, start)).any():
            raise ValueError("probe: the model gives NaN for an ordinary input, so NaNs cannot be followed")
        reacts = []
        for axis in range(2, start.dim()):
            lines = []
            for line in range(start.shape[axis]):
                marked = start.clone()
                marked.select(axis, line).fill_(torch.nan)
                lines.append(fold(torch.isnan(_result(model, marked))))
            reacts.append(torch.stack(lines).numpy())
    return Probe(reacts)


def _by_gradient(model: torch.nn.Module, start: torch.Tensor, units: Sequence[Sequence[int]] | None) -> Probe:
    start.requires_grad_()
    result = _result(model, start)
    shape, extents = tuple(result.shape[2:]), start.shape[2:]
    reacts = [np.zeros((extent, *shape), dtype=bool) for extent in extents]
    for unit in product(*map(range, shape)) if units is None else map(tuple, units):
        (gradient,) = torch.autograd.grad(
            result[(slice(None), slice(None), *unit)].sum(), start, retain_graph=True
        )
        seen = (gradient[0] != 0).any(0)
        for axis, lines in enumerate(reacts):
            others = [other for other in range(seen.dim()) if other != axis]
            lines[(slice(None), *unit)] = seen.any(dim=others).numpy() if others else seen.numpy()
    return Probe(reacts)


def _result(model: torch.nn.Module, start: torch.Tensor) -> torch.Tensor:
    """Return the model's first result that is a tensor of numbers."""
    return next(
        leaf
        for leaf in tree_leaves(model(start))
        if isinstance(leaf, torch.Tensor) and leaf.is_floating_point()
    )


def _over_channels(reacts: torch.Tensor) -> torch.Tensor:
    return reacts.flatten(0, 1).any(0)


def _by_axis(reacts: torch.Tensor, value: Value, units: Sequence[int]) -> torch.Tensor:
    """Bring the elements of a result that was reshaped back to the units they belong to."""
    factors = [factor for dim in value.dims for factor in dim]
    if prod(f.size for f in factors if f.axis) != prod(units):
        raise ValueError("verify: the model's result is cut across its axes")
    reacts = reacts.reshape([factor.size for factor in factors])
    kept = [i for i, factor in enumerate(factors) if factor.axis]
    dropped = [i for i in range(len(factors)) if i not in kept]
    reacts = reacts.any(dim=dropped) if dropped else reacts

    def major(i: int) -> tuple[int, int]:
        factor: Factor = factors[kept[i]]
        return factor.axis, -factor.step

    return reacts.permute(sorted(range(len(kept)), key=major)).reshape(tuple(units))


@contextmanager
def _plain_kernels() -> Iterator[None]:
    """Switch off kernels that transform whole tiles, and so spread a NaN to units that do not read it."""
    with ExitStack() as stack, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # about settings for other processors
        stack.callback(torch.backends.nnpack.set_flags, *torch.backends.nnpack.set_flags(False))
        stack.enter_context(torch.backends.mkldnn.flags(enabled=False))
        yield

"""Arguments and results of PyTorch's operators, with their tensors taken out, described or emptied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import torch

__all__ = [
    "Signature",
    "blank",
    "bound",
    "is_pointwise",
    "signature",
    "tensors_in",
    "weightless",
    "with_tensors",
]


class Signature(NamedTuple):
    """What an operator's result can depend on, of one tensor."""

    shape: torch.Size
    dtype: torch.dtype


def tensors_in(arguments: Iterable) -> Iterator[torch.Tensor]:
    """Yield the tensors among an operator's arguments or results, and in lists there."""
    for argument in arguments:
        if isinstance(argument, torch.Tensor):
            yield argument
        elif isinstance(argument, list | tuple):
            yield from tensors_in(argument)


def with_tensors(key: object) -> object:
    """Return an index with its lists of integers as tensors."""
    if isinstance(key, tuple):
        return tuple(map(with_tensors, key))
    return torch.tensor(key, device="cpu") if isinstance(key, list) else key


def signature(argument: object) -> object:
    """Return an argument or a result with every tensor replaced by its signature."""
    if isinstance(argument, torch.Tensor):
        return Signature(argument.shape, argument.dtype)
    return tuple(map(signature, argument)) if isinstance(argument, list | tuple) else argument


def blank(signature: object) -> object:
    """Return tensors without memory of the given signatures."""
    if isinstance(signature, Signature):
        return torch.empty(signature.shape, dtype=signature.dtype, device="meta")
    return tuple(map(blank, signature)) if isinstance(signature, tuple) else signature


def weightless(argument: object) -> object:
    """Return an argument with its tensors on the meta device."""
    if isinstance(argument, torch.Tensor):
        return argument if argument.is_meta else torch.empty_like(argument, device="meta")
    if isinstance(argument, list | tuple):
        return [weightless(one) for one in argument]
    return argument


@lru_cache(maxsize=1024)
def is_pointwise(func) -> bool:
    """Return whether PyTorch marks an operator, or its twin that is not in place, as element-wise."""
    if torch.Tag.pointwise in func.tags:
        return True
    twin = getattr(torch.ops.aten, func.overloadpacket.__name__.rstrip("_"), None)
    return twin is not None and any(torch.Tag.pointwise in getattr(twin, o).tags for o in twin.overloads())


@lru_cache(maxsize=1024)
def defaults(func) -> tuple[tuple[str, object], ...]:
    """Return the names and defaults of an operator\'s arguments."""
    return tuple((a.name, a.default_value if a.has_default_value() else None) for a in func._schema.arguments)


def bound(func, args: tuple, kwargs: dict) -> dict:
    """Return an operator's arguments by name, defaults filled in."""
    return {
        name: args[i] if i < len(args) else kwargs.get(name, default)
        for i, (name, default) in enumerate(defaults(func))
    }

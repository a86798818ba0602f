"""One call of a PyTorch operator while a model is traced, and the table of those that are known."""

from __future__ import annotations

from collections.abc import Callable

import torch

from cnnbook.receptive_field.builder import Builder
from cnnbook.receptive_field.graph import Work
from cnnbook.receptive_field.layout import LayoutError, Value

__all__ = ["Call", "Handler", "Registry"]


class Call:
    """One call of an operator while a model is traced.

    Parameters
    ----------
    kind : str
        The operator's name.
    args : dict
        Its arguments by name, defaults filled in.
    lookup : callable
        Returns the `Value` of a tensor, or None if it does not depend on the input.
    builder : Builder
        Where to add nodes.
    shape : tuple of int
        Shape of its first result.
    """

    def __init__(
        self, kind: str, args: dict, lookup: Callable, builder: Builder, shape: tuple[int, ...]
    ) -> None:
        """Keep what the handlers ask for."""
        self.kind, self.args, self.lookup, self.builder, self.shape = kind, args, lookup, builder, shape
        self.work = Work()

    def __getitem__(self, name: str) -> object:
        """Return an argument."""
        return self.args[name]

    @property
    def input(self) -> Value:
        """The first argument, which must depend on the network's input."""
        first = self.lookup(next(iter(self.args.values())))
        if first is None:
            raise LayoutError("only another argument than its first depends on the input")
        return first

    def dim(self, name: str = "dim") -> int:
        """Return a dimension, counted from the front."""
        return self.args[name] % max(len(self.input.dims), 1)

    def dims(self, name: str = "dim") -> list[int]:
        """Return several dimensions, counted from the front; none given means all."""
        rank, given = len(self.input.dims), self.args.get(name)
        given = [given] if isinstance(given, int) else given
        return [dim % rank for dim in given] if given else list(range(rank))

    def refuse_other_tensors(self) -> None:
        """Raise if a later argument depends on the input too."""
        for name, argument in list(self.args.items())[1:]:
            if isinstance(argument, torch.Tensor) and self.lookup(argument) is not None:
                raise LayoutError(f"its argument {name!r} depends on the input")


Handler = Callable[[Call], Value | list[Value | None]]


class Registry(dict[str, Handler]):
    """What operators read, by the names that ``torch.ops.aten`` gives them."""

    def named(self, *names: str) -> Callable[[Handler], Handler]:
        """Return a decorator that enters a handler under `names`."""

        def enter(handler: Handler) -> Handler:
            self.update(dict.fromkeys(names, handler))
            return handler

        return enter

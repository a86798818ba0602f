"""What the analysis refuses, and why."""

from __future__ import annotations

__all__ = ["DataDependentControlFlow", "UnsupportedOperator"]


class UnsupportedOperator(NotImplementedError):  # noqa: N818 (says what it is)
    """An operator whose dependence on its input is not known, so that no number would be honest.

    Parameters
    ----------
    operator : str
        Name of the operator.
    node : str
        Name of the value that it computes.
    where : str
        The module in whose forward it was called.
    reason : str, default ''
        Why, if the operator is known but this use of it is not.

    Examples
    --------
    >>> raise UnsupportedOperator("aten.sort", "head.sort", "head")
    Traceback (most recent call last):
    cnnbook.receptive_field.errors.UnsupportedOperator: head.sort: operator aten.sort in module 'head' is not
    supported
    """

    def __init__(self, operator: str, node: str, where: str, reason: str = "") -> None:
        """Put the message together."""
        self.operator, self.node, self.where = operator, node, where
        place = f"module {where!r}" if where else "the model's own forward"
        super().__init__(
            f"{node}: operator {operator} in {place} is not supported{': ' * bool(reason)}{reason}"
        )


class DataDependentControlFlow(ValueError):  # noqa: N818 (says what it is)
    """A model that looks at the values of its input to decide what to compute: it has no fixed receptive
    field.

    Parameters
    ----------
    where : str
        The module in whose forward a value was looked at.
    """

    def __init__(self, where: str) -> None:
        """Put the message together."""
        self.where = where
        place = f"module {where!r}" if where else "the model's own forward"
        super().__init__(
            f"{place} turns a value computed from the input into a Python number or truth value; "
            "a receptive field exists only if the same operators run for every input"
        )

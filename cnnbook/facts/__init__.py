"""Every number that the prose states, computed under a name.

The pages write ``{fact}`two-dice-four``` and the book prints the value. One module per section; the
functions run when the book asks for them, not on import.
"""

import importlib
import pkgutil
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import NamedTuple

Value = int | float | Fraction | str


class Fact(NamedTuple):
    """How one number is computed and written."""

    compute: Callable[[], Value]
    spec: str


_FACTS: dict[str, Fact] = {}


def fact(name: str, spec: str = "") -> Callable[[Callable[[], Value]], Callable[[], Value]]:
    """Register the decorated function as the source of a number.

    Parameters
    ----------
    name : str
        What the prose calls it: lower case with hyphens, such as ``"two-dice-four"``.
    spec : str, default ""
        A format specification, such as ``".1%"``; without it integers are grouped by thousands, fractions are
        written ``1/12`` and text stands as it is. A float needs one.

    Raises
    ------
    ValueError
        If the name is taken.
    """

    def register(compute: Callable[[], Value]) -> Callable[[], Value]:
        if name in _FACTS:
            raise ValueError(f"fact: the name {name!r} is taken, expected one not used before")
        _FACTS[name] = Fact(compute, spec)
        return compute

    return register


@cache
def facts() -> dict[str, Fact]:
    """Return all facts by name.

    >>> "two-dice-four" in facts()
    True
    """
    for module in pkgutil.iter_modules(__path__, prefix=f"{__name__}."):
        importlib.import_module(module.name)
    return _FACTS


@cache
def value(name: str) -> Value:
    """Compute a fact.

    Parameters
    ----------
    name : str

    Returns
    -------
    int, float, Fraction or str

    Raises
    ------
    KeyError
        If no fact has this name.

    >>> value("two-dice-four")
    Fraction(1, 12)
    """
    if name not in facts():
        raise KeyError(f"value: no fact is called {name!r}; expected one of {', '.join(sorted(facts()))}")
    return facts()[name].compute()


def text(name: str) -> str:
    """Return a fact as the prose prints it.

    >>> text("two-dice-four")
    '1/12'
    """
    result, spec = value(name), facts()[name].spec
    if isinstance(result, float) and not spec:
        raise ValueError(f"text: the fact {name!r} is the float {result!r}, expected a format such as '.1%'")
    if isinstance(result, int):
        spec = spec or ","
    written = format(result, spec) if spec else str(result)
    return written if isinstance(result, str) else written.replace("-", "−")


def percent_with_spread(mean: float, spread: float, digits: int) -> str:
    """Return a share and its standard deviation in percent, as all pages write them.

    >>> percent_with_spread(0.0205, 0.0014, 2)
    '2.05 ± 0.14%'
    """
    return f"{100 * mean:.{digits}f} ± {100 * spread:.{digits}f}%"

"""Answers to the book's exercises, tried out: ``python -m cnnbook check 2.3.2 my_answer.py``.

An exercise that asks for code names a function. The reader writes it into a file of their own; it is called
with inputs from small to large, and the first one on which it goes wrong is shown, without giving the answer
away. One module for each section holds its exercises; `trial` compares.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import NamedTuple

__all__ = ["Exercise", "exercise", "exercises"]


class Exercise(NamedTuple):
    """One exercise that asks for a function.

    Parameters
    ----------
    number : str
        Chapter, section and exercise, ``"2.3.2"``.
    solution : callable
        A right answer; its name is the one that the reader's function must have.
    cases : callable
        Gives the arguments of each call as tuples, the simplest first.
    mistakes : mapping of str to callable
        Wrong answers that are often given, under the words that help: whoever agrees with one reads them.
    """

    number: str
    solution: Callable
    cases: Callable[[], Iterable[tuple]]
    mistakes: Mapping[str, Callable]


_EXERCISES: dict[str, Exercise] = {}


def exercise(
    number: str, cases: Callable[[], Iterable[tuple]], mistakes: Mapping[str, Callable] | None = None
) -> Callable[[Callable], Callable]:
    """Register the decorated function as a right answer to an exercise.

    Parameters
    ----------
    number : str
        Chapter, section and exercise, ``"2.3.2"``.
    cases : callable
        Gives the arguments of each call as tuples, the simplest first.
    mistakes : mapping of str to callable, optional
        Wrong answers by the words that help whoever gives one of them; put the words through ``_``.

    Raises
    ------
    ValueError
        If the number is taken.
    """

    def register(solution: Callable) -> Callable:
        if number in _EXERCISES:
            raise ValueError(f"exercise: number is {number!r}, expected one that is not taken")
        _EXERCISES[number] = Exercise(number, solution, cases, mistakes or {})
        return solution

    return register


@cache
def exercises() -> dict[str, Exercise]:
    """Return all exercises that can be tried out, by number and in the book's order.

    >>> exercises()["2.3.2"].solution.__name__
    'shift_left'
    """
    for module in pkgutil.iter_modules(__path__, prefix=f"{__name__}."):
        importlib.import_module(module.name)
    return dict(sorted(_EXERCISES.items(), key=lambda item: [int(part) for part in item[0].split(".")]))

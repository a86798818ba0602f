"""Answers to the book's exercises, tried out: ``python -m cnnbook check 2.3.2 my_answer.py``.

An exercise that asks for code names a function. The reader writes it into a file of their own; it is called
with inputs from small to large, and the first one on which it goes wrong is shown, without giving the answer
away. One module for each section holds its exercises; `trial` compares.
"""

import importlib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import NamedTuple

__all__ = ["Exercise", "exercise", "exercises", "find"]

# Where the exercises of each section are.
_MODULES = {
    "0.0": "how_to_read",
    "1.1": "first_glimpse",
    "1.2": "two_networks",
    "1.3": "since_lecun",
    "2.1": "what_is_convolution",
    "2.2": "discrete_examples",
    "2.3": "images",
    "2.4": "neural_layer",
    "2.5": "details",
    "2.6": "pooling",
    "2.7": "flatten",
    "2.8": "fully_connected",
    "2.9": "whole_cnn",
    "3.1": "small_patterns",
    "3.2": "moving_patterns",
    "3.3": "subsampling",
    "4.1": "receptive_field",
    "4.2": "prior",
    "5.1": "interfaces",
    "5.2": "lenet_in_pytorch",
}


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
    for section in _MODULES:
        _read(section)
    return dict(sorted(_EXERCISES.items(), key=lambda item: [int(part) for part in item[0].split(".")]))


def find(number: str) -> Exercise:
    """Return one exercise; no other section is read.

    Parameters
    ----------
    number : str
        Chapter, section and exercise, ``"2.3.2"``.

    Raises
    ------
    ValueError
        If there is none that can be tried out.

    >>> find("2.6.2").solution.__name__
    'max_pool'
    """
    section = number.rpartition(".")[0]
    if section in _MODULES:
        _read(section)
    if number not in _EXERCISES:
        raise ValueError(f"check: number is {number!r}, expected one of {', '.join(exercises())}")
    return _EXERCISES[number]


def _read(section: str) -> None:
    importlib.import_module(f"{__name__}.{_MODULES[section]}")

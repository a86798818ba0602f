"""Try a reader's function on an exercise's inputs and say what is wrong, but not what would be right."""

import copy
import runpy
import traceback
from collections.abc import Callable
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from cnnbook.check import Exercise, find
from cnnbook.i18n import _

_SHOWN = 12  # elements of an array that are printed in full


class AnswerError(Exception):
    """What is wrong with an answer, in the reader's language."""


def check(number: str, path: Path) -> str:
    """Try a reader's file on an exercise.

    Parameters
    ----------
    number : str
        The exercise, ``"2.3.2"``.
    path : Path
        A Python file that defines the function that the exercise asks for.

    Returns
    -------
    str
        A line of praise that says on how many inputs the function was right.

    Raises
    ------
    ValueError
        If there is no such exercise.
    FileNotFoundError
        If there is no such file.
    AnswerError
        If the file does not run, lacks the function, or the function goes wrong; the message names the input.
    """
    wanted = find(number)
    if not path.is_file():
        raise FileNotFoundError(f"check: there is no file {str(path)!r}")
    answer = load_answer(path, wanted.solution.__name__)
    tried = try_out(wanted, answer)
    return _("Right: {name} was correct on all {count} inputs.").format(
        name=wanted.solution.__name__, count=tried
    )


def load_answer(path: Path, name: str) -> Callable:
    """Run a reader's file and return the function of that name.

    Raises
    ------
    AnswerError
        If the file does not run, or defines no such function.
    """
    try:
        names = runpy.run_path(str(path))
    except (Exception, SystemExit) as error:
        raise AnswerError(
            _("{file} does not run: {error}").format(file=path, error=_error_text(error, path))
        ) from None
    if not callable(names.get(name)):
        raise AnswerError(_("{file} defines no function {name}.").format(file=path, name=name))
    return names[name]


def try_out(wanted: Exercise, answer: Callable) -> int:
    """Call an answer on every input of an exercise and return how many there were.

    Raises
    ------
    AnswerError
        At the first input on which the answer is not right.
    """
    cases = list(wanted.cases())
    for arguments in cases:
        call = f"{wanted.solution.__name__}({', '.join(map(shown, arguments))})"
        try:
            given = answer(*copy.deepcopy(arguments))
        except (Exception, KeyboardInterrupt) as error:
            path = getattr(getattr(answer, "__code__", None), "co_filename", "")
            text = _("{call} stops with {error}")
            raise AnswerError(text.format(call=call, error=_error_text(error, path))) from None
        if problem := difference(given, wanted.solution(*copy.deepcopy(arguments))):
            raise AnswerError("\n".join([f"{call}: {problem}", *_known_mistake(wanted, answer)]))
    return len(cases)


def difference(given: Any, right: Any) -> str:
    """Say in which way a result is not the right one, without saying the right one; "" if it is.

    Arrays and sequences are compared number by number, with a tolerance for rounding where the right ones are
    floats; fractions, integers and text exactly.

    >>> difference([1, 2, 5], [1, 2, 3])
    'at index 2 your 5 is too large.'
    >>> difference(np.zeros((2, 3)), np.zeros((2, 2)))
    'your result has the shape (2, 3): too long along axis 1.'
    """
    if given is None:
        return _("your function returns nothing; is there a return?")
    if isinstance(right, dict):
        return _dictionary(given, right)
    if isinstance(right, str | bool):
        return "" if given == right else _("your {given} is not right.").format(given=shown(given))
    try:
        got = np.asarray(given, dtype=object if isinstance(right, Fraction) else None)
    except ValueError:
        return _("your rows have different lengths.")
    expected = np.asarray(right)
    if got.dtype.kind not in "biufcO":
        return _("your result is not made of numbers, it is {given}.").format(given=shown(given))
    return _shapes(got.shape, expected.shape) or _values(got, expected)


def _dictionary(given: Any, right: dict) -> str:
    if not isinstance(given, dict):
        return _("your result is a {kind}, not a dict.").format(kind=type(given).__name__)
    if missing := right.keys() - given.keys():
        return _("the key {key} is missing.").format(key=min(missing, key=str))
    if extra := given.keys() - right.keys():
        return _("the key {key} should not be there.").format(key=min(extra, key=str))
    for key, value in right.items():
        if problem := difference(given[key], value):
            return _("under the key {key}: {problem}").format(key=key, problem=problem)
    return ""


def _shapes(got: tuple[int, ...], expected: tuple[int, ...]) -> str:
    if len(got) != len(expected):
        words = _("too many axes") if len(got) > len(expected) else _("too few axes")
    else:
        off = [axis for axis, sizes in enumerate(zip(got, expected, strict=True)) if sizes[0] != sizes[1]]
        if not off:
            return ""
        long = got[off[0]] > expected[off[0]]
        words = (_("too long along axis {axis}") if long else _("too short along axis {axis}")).format(
            axis=off[0]
        )
    return _("your result has the shape {shape}: {words}.").format(shape=got, words=words)


def _values(got: np.ndarray, expected: np.ndarray) -> str:
    if expected.dtype.kind in "fc":
        same = np.isclose(got.astype(complex), expected, rtol=1e-4, atol=1e-6, equal_nan=True)
    else:
        same = got == expected
    if np.all(same):
        return ""
    index = tuple(int(axis) for axis in np.argwhere(~np.atleast_1d(same))[0])[: expected.ndim]
    value, right = got[index], expected[index]
    try:
        words = _("too large") if value > right else _("too small") if value < right else _("not right")
    except TypeError:
        words = _("not right")
    place = index[0] if len(index) == 1 else index
    where = _("at index {place} your {value} is {words}.") if index else _("your {value} is {words}.")
    return where.format(place=place, value=shown(value), words=words)


def _known_mistake(wanted: Exercise, answer: Callable) -> list[str]:
    """Return the words for a mistake that explains what the answer gives on every input."""
    for words, mistake in wanted.mistakes.items():
        if all(_agree(answer, mistake, arguments) for arguments in wanted.cases()):
            return [words]
    return []


def _agree(answer: Callable, mistake: Callable, arguments: tuple) -> bool:
    try:
        return not difference(answer(*copy.deepcopy(arguments)), mistake(*copy.deepcopy(arguments)))
    except Exception:
        return False


def shown(value: Any) -> str:
    """Return a value as the reader would type it; long arrays are cut.

    >>> shown(np.float64(0.5)), shown(np.arange(3)), shown(Fraction(1, 2))
    ('0.5', 'np.array([0, 1, 2])', '1/2')
    """
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, np.ndarray):
        if value.size > _SHOWN:
            some = ", ".join(f"{number:.4g}" for number in islice(value.flat, 4))
            return _("<array of shape {shape}: {some}, …>").format(shape=value.shape, some=some)
        return f"np.array({np.array2string(value, separator=', ', precision=4)})".replace("\n", "")
    if isinstance(value, float):
        return f"{value:.6g}"
    return str(value) if isinstance(value, Fraction) else repr(value)


def _error_text(error: BaseException, path: Path | str) -> str:
    """Return an error's kind, words, and the last line of the reader's file that it passed."""
    line = getattr(error, "lineno", None) if isinstance(error, SyntaxError) else None
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename == str(path):
            line = frame.lineno
    words = error.msg if isinstance(error, SyntaxError) else str(error)
    text = f"{type(error).__name__}: {words}" if words else type(error).__name__
    return text if line is None else _("{text} (line {line})").format(text=text, line=line)

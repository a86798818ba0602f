"""Try out answers to the book's exercises."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Annotated

import typer

from cnnbook.check import exercises
from cnnbook.check.trial import AnswerError, check

NumberArgument = Annotated[str | None, typer.Argument(help="the exercise, such as 2.3.2")]
AnswerArgument = Annotated[Path | None, typer.Argument(help="the Python file with your function")]


def check_answer(number: NumberArgument = None, answer: AnswerArgument = None) -> None:
    """Try your answer to an exercise of the book; without arguments, list the exercises."""
    if number is None or answer is None:
        for known in exercises().values():
            print(f"{known.number}  {known.solution.__name__}{inspect.signature(known.solution)}")
        return
    try:
        print(check(number, answer))
    except AnswerError as problem:
        print(problem)
        raise typer.Exit(1) from None

"""Every exercise accepts its solution, and tells each known mistake apart."""

import subprocess
import sys
from pathlib import Path

import pytest

from cnnbook import check
from cnnbook.check import exercise, exercises
from cnnbook.check.trial import AnswerError, try_out

EXERCISES = list(exercises().values())
MISTAKES = [
    pytest.param(one, words, mistake, id=f"{one.number}-{number}")
    for one in EXERCISES
    for number, (words, mistake) in enumerate(one.mistakes.items())
]


@pytest.mark.parametrize("wanted", EXERCISES, ids=lambda one: one.number)
def test_the_solution_is_right(wanted):
    assert try_out(wanted, wanted.solution) >= 5


@pytest.mark.parametrize("wanted", EXERCISES, ids=lambda one: one.number)
def test_the_solution_says_what_it_does(wanted):
    assert wanted.solution.__doc__
    assert not wanted.solution.__name__.startswith("_")


@pytest.mark.parametrize(("wanted", "words", "mistake"), MISTAKES)
def test_each_mistake_is_recognised(wanted, words, mistake):
    with pytest.raises(AnswerError) as problem:
        try_out(wanted, mistake)
    assert str(problem.value).splitlines()[1:] == [words]


def test_order_of_the_book():
    numbers = [[int(part) for part in number.split(".")] for number in exercises()]
    assert numbers == sorted(numbers)


def test_every_section_is_known():
    """A module that the table forgets would never be read."""
    folder = Path(check.__file__).parent
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__", "trial"}
    assert set(check._MODULES.values()) == modules
    for one in EXERCISES:
        module = check._MODULES[one.number.rpartition(".")[0]]
        assert one.solution.__module__ == f"cnnbook.check.{module}"


def test_one_exercise_reads_one_section():
    script = "import sys; from cnnbook.check import find; find('2.6.2'); print(*sys.modules)"
    modules = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout
    read = {name for name in modules.split() if name.startswith("cnnbook.check.")}
    assert read == {"cnnbook.check.pooling"}


def test_a_number_once():
    with pytest.raises(ValueError, match=r"number is '2\.3\.2', expected one that is not taken"):
        exercise("2.3.2", list)(print)

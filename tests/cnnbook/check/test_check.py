"""Every exercise accepts its solution, and tells each known mistake apart."""

import pytest

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


def test_a_number_once():
    with pytest.raises(ValueError, match=r"number is '2\.3\.2', expected one that is not taken"):
        exercise("2.3.2", list)(print)

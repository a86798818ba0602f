"""Each section ends as the book promises, and every page a reader can open has its place."""

import re
from pathlib import Path

import pytest

from cnnbook.check import exercises

DOCS = Path(__file__).parent.parent.parent / "docs"
SECTIONS = sorted(DOCS.glob("ch*/[0-9]*.md"))


@pytest.fixture(params=SECTIONS, ids=lambda path: path.stem)
def section(request):
    return request.param.read_text(encoding="utf-8")


def part(page: str, heading: str) -> str:
    return re.split(r"^## ", page.split(f"\n## {heading}\n")[1], flags=re.M)[0]


def test_there_are_sections():
    assert {path.stem for path in SECTIONS} >= {
        "01_first_glimpse",
        "01_what_is_convolution",
        "02_discrete_examples",
        "03_images",
    }


def test_order_of_the_end(section):
    headings = re.findall(r"^## (.+)$", section, flags=re.M)
    assert headings[-3:] == ["What to remember", "Exercises", "Quiz"]


def test_three_lines_to_remember(section):
    assert len(re.findall(r"^- ", part(section, "What to remember"), flags=re.M)) == 3


def test_exercises_have_solutions(section):
    exercises = part(section, "Exercises")
    asked = len(re.findall(r"^\*\*\d+\.\*\*", exercises, flags=re.M))
    assert 3 <= asked <= 5
    assert exercises.count(":class: solution") == asked


def test_quiz_explains_each_answer(section):
    quiz = part(section, "Quiz")
    answers = re.findall(r":class: quiz\n:collapsible: closed\n(Right|Not quite): .{20,}", quiz)
    assert len(answers) == quiz.count(":class: quiz") >= 5
    assert answers.count("Right") == 2


def test_every_figure_is_a_labs(section):
    assert section.count("```{lab-figure}") >= 1
    assert "```{figure}" not in section
    assert "![" not in section


def asked(path):
    """Return the exercises of a page that ask for a function, by what `cnnbook check` calls them."""
    chapter, number = int(path.parent.name[2:4]), int(path.stem[:2])
    parts = re.split(r"^\*\*(\d+)\.\*\*", part(path.read_text(encoding="utf-8"), "Exercises"), flags=re.M)
    texts = dict(zip(parts[1::2], parts[2::2], strict=True))
    return {f"{chapter}.{number}.{k}": text for k, text in texts.items() if "-m cnnbook check" in text}


def test_answers_can_be_tried_out():
    on_pages = {number: text for path in SECTIONS for number, text in asked(path).items()}
    assert list(on_pages) == list(exercises())
    for number, text in on_pages.items():
        assert f"`python -m cnnbook check {number} my_answer.py`" in text
        assert f"`{exercises()[number].solution.__name__}(" in text

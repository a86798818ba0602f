"""What a reader is told about an answer, and what not."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnbook.check.trial import AnswerError, check, difference, shown


def answer(tmp_path, text):
    path = tmp_path / "my_answer.py"
    path.write_text(text)
    return path


def wrong(tmp_path, text):
    with pytest.raises(AnswerError) as problem:
        check("2.3.2", answer(tmp_path, text))
    return str(problem.value)


def test_praise(tmp_path):
    text = "import numpy as np\n\ndef shift_left(image):\n    return np.pad(image, ((0, 0), (0, 1)))[:, 1:]\n"
    assert check("2.3.2", answer(tmp_path, text)) == "Right: shift_left was correct on all 6 inputs."


def test_the_first_wrong_input_and_no_answer(tmp_path):
    said = wrong(tmp_path, "def shift_left(image):\n    return image\n")
    assert said == "shift_left(np.array([[1, 2, 3]])): at index (0, 0) your 1 is too small."


def test_a_file_that_does_not_run(tmp_path):
    assert "SyntaxError: expected ':' (line 1)" in wrong(tmp_path, "def shift_left(image)\n    pass\n")
    assert "ZeroDivisionError: division by zero (line 2)" in wrong(tmp_path, "import math\n1 / 0\n")
    assert "does not run: SystemExit" in wrong(tmp_path, "raise SystemExit\n")


def test_a_function_that_is_missing(tmp_path):
    assert wrong(tmp_path, "shift_left = 3\n").endswith("defines no function shift_left.")


def test_a_function_that_stops(tmp_path):
    said = wrong(tmp_path, "def shift_left(image):\n    return image[7]\n")
    assert said.startswith(
        "shift_left(np.array([[1, 2, 3]])) stops with IndexError: index 7 is out of bounds"
    )
    assert said.endswith("(line 2)")


def test_an_answer_that_changes_its_input(tmp_path):
    lines = ["image[:, :-1] = image[:, 1:].copy()", "image[:, -1] = 0", "return image"]
    text = "\n    ".join(["def shift_left(image):", *lines])
    assert check("2.3.2", answer(tmp_path, text)).startswith("Right")


def test_refusals(tmp_path):
    with pytest.raises(ValueError, match=r"check: number is '9\.9\.9', expected one of 0\.0\.2, 1\.1\.1, "):
        check("9.9.9", tmp_path)
    with pytest.raises(FileNotFoundError, match="check: there is no file"):
        check("2.3.2", tmp_path / "absent.py")


@pytest.mark.parametrize(
    ("given", "right", "said"),
    [
        (None, 1, "returns nothing"),
        ([[1], [1, 2]], [[1, 2], [1, 2]], "rows have different lengths"),
        ("one", 1, "not made of numbers"),
        (np.zeros((2, 2)), np.zeros(4), "too many axes"),
        (1, np.zeros(4), "too few axes"),
        (np.zeros(3), np.zeros(4), "too short along axis 0"),
        (0.5, 0.25, "your 0.5 is too large"),
        (np.nan, 0.25, "your nan is not right"),
        (Fraction(1, 3), Fraction(1, 2), "your 1/3 is too small"),
        ({1: 2}, {1: 2, 3: 4}, "the key 3 is missing"),
        ({1: 2}, {}, "the key 1 should not be there"),
        ({1: 2}, {1: 3}, "under the key 1: your 2 is too small"),
        ([1], {}, "your result is a list, not a dict"),
        ("ab", "ba", "your 'ab' is not right"),
    ],
)
def test_words(given, right, said):
    assert said in difference(given, right)


def test_what_counts_as_the_same():
    assert difference([1, 2], (1, 2)) == difference([0.1 + 0.2], np.array([0.3])) == ""
    assert difference(Fraction(1, 2), Fraction(2, 4)) == difference(np.float32(0.1), 0.1) == ""
    assert difference({"a": [1.0]}, {"a": np.ones(1)}) == ""


def test_long_arrays_are_cut():
    assert shown(np.arange(100.0)) == "<array of shape (100,): 0, 1, 2, 3, …>"


@given(st.lists(st.floats(-1e3, 1e3), min_size=1), st.data())
def test_any_change_is_seen(values, data):
    index = data.draw(st.integers(0, len(values) - 1))
    changed = values.copy()
    changed[index] += 1
    assert difference(values, values) == ""
    assert difference(changed, values).startswith(f"at index {index} your ")

def test_check(run, tmp_path):
    path = tmp_path / "my_answer.py"
    path.write_text("def shift_left(image):\n    return image\n")
    code, out, _ = run("check", "2.3.2", str(path))
    assert (code, out) == (1, "shift_left(np.array([[1, 2, 3]])): at index (0, 0) your 1 is too small.\n")
    path.write_text(
        "import numpy as np\n\ndef shift_left(x):\n    return np.pad(x, ((0, 0), (0, 1)))[:, 1:]\n"
    )
    assert run("check", "2.3.2", str(path))[:2] == (0, "Right: shift_left was correct on all 6 inputs.\n")


def test_check_lists_the_exercises(run):
    code, out, _ = run("check")
    assert code == 0
    assert "2.3.2  shift_left(image: numpy.ndarray) -> numpy.ndarray\n" in out


def test_check_of_an_unknown_exercise(run, tmp_path):
    code, _, error = run("check", "0.0.0", str(tmp_path))
    assert code == 2
    assert error.startswith("cnnbook: check: number is '0.0.0', expected one of 0.0.2, ")

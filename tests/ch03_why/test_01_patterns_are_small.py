"""The claims of section 3.1, patterns are small."""

import numpy as np
import pytest

from cnnbook.check.small_patterns import different_windows
from cnnbook.data import digits
from cnnbook.experiments.why import two_dots
from cnnbook.facts import text
from cnnbook.receptive_field import Conv, analyze
from cnnbook.results import results


@pytest.mark.parametrize("size", [1, 3, 5, 8])
def test_windows_as_stated(size):
    runs = results("why")["windows_forgotten"][str(size)]
    assert len(runs) == 5
    assert text(f"window-forgotten-{size}") == f"{np.mean(runs):.0%}"


def test_the_shape_of_the_curves():
    forgotten = {int(size): np.mean(runs) for size, runs in results("why")["windows_forgotten"].items()}
    assert forgotten[1] < 0.15
    assert forgotten[8] - forgotten[5] < 0.03
    assert min(min(runs) for runs in results("why")["windows_kept"].values()) > 0.95


def test_two_dots_as_stated():
    runs = results("why")["far_apart"]
    assert text("window-far-4") == "50%"
    assert text("window-far-5") == "100%"
    assert {run for size in "1234" for run in runs[size]} == {0.5}
    assert {run for size in "567" for run in runs[size]} == {1.0}


def test_exercise_1():
    assert [16 * size**2 for size in (3, 5, 8)] == [144, 400, 1024]


def test_exercise_2():
    images = digits()[1].images
    assert (images.max(axis=(1, 2, 3)) == 1).mean() > 0.95
    assert (images.min(axis=(1, 2, 3)) == 0).all()


def test_exercise_3_and_quiz():
    sizes = {depth: analyze([Conv(3)] * depth, (1, 32, 32)).size[0] for depth in (1, 2, 3, 5)}
    assert sizes == {1: 3, 2: 5, 3: 7, 5: 11}


def _shown(row, size):
    return {row[place : place + size] for place in range(len(row) - size + 1)}


def test_by_hand():
    assert _shown("10010000", 3) == {"100", "001", "010", "000"} == _shown("10001000", 3)
    assert "1001" in _shown("10010000", 4) - _shown("10001000", 4)


def test_exercise_4():
    """The two kinds of dots show the same windows, as long as a window holds one dot at most."""
    images, labels = two_dots()[0]
    same, lower = (np.pad(images[labels == kind][0, 0], (0, 8), mode="wrap") for kind in (0, 1))
    for size in (1, 2, 3, 4):
        assert (
            different_windows(same.tolist(), size) == different_windows(lower.tolist(), size) == size**2 + 1
        )

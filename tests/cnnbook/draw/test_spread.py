"""Runs as dots, their means and their whole range."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from cnnbook.draw.spread import draw_level, draw_range, draw_runs


@pytest.fixture
def ax():
    figure, axes = plt.subplots()
    yield axes
    plt.close(figure)


def test_every_run_is_a_dot_and_the_mean_is_written(ax):
    draw_runs(ax, {"first": [0.2, 0.4], "second": [1.0, 0.9, 0.8]}, guess=(0.1, "guessing"))
    dots = [line.get_xydata().tolist() for line in ax.lines[:2]]
    assert dots == [[[0, 0.2], [0, 0.4]], [[1, 1.0], [1, 0.9], [1, 0.8]]]
    assert [text.get_text() for text in ax.texts] == ["30%", "90%", "guessing"]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["first", "second"]


def test_bars_reach_from_the_worst_to_the_best_run(ax):
    draw_range(ax, [1, 2], [[0.2, 0.5], [0.4, 0.9], [0.3, 0.7]], name="a", at=(1.5, 0.5))
    (bars,) = ax.collections
    ends = [segment[:, 1].tolist() for segment in bars.get_segments()]
    np.testing.assert_allclose(ends, [[0.2, 0.4], [0.5, 0.9]])
    np.testing.assert_allclose(ax.lines[0].get_ydata(), [0.3, 0.7])
    assert ax.texts[0].get_text() == "a"


def test_a_level_keeps_its_height(ax):
    draw_level(ax, 0.25, "guessing")
    assert list(ax.lines[0].get_ydata()) == [0.25, 0.25]


def test_refusals(ax):
    with pytest.raises(ValueError, match="draw_runs: the group 'a' has no runs, expected one at least"):
        draw_runs(ax, {"a": []})
    with pytest.raises(ValueError, match=r"draw_range: runs has shape \(2,\) for x of shape \(2,\)"):
        draw_range(ax, [1, 2], [1, 2])

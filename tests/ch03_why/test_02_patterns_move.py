"""The claims of section 3.2, patterns move."""

from itertools import pairwise

import numpy as np
import pytest
import torch

from cnnbook.check.moving_patterns import moves_along
from cnnbook.data import digits
from cnnbook.experiments import why
from cnnbook.facts import text, value
from cnnbook.functional import conv2d, pad
from cnnbook.models.three_ways import layer
from cnnbook.results import results

GUESS = 0.1


def test_by_hand():
    unit, pattern = np.zeros(10), np.array([1, 3, 1])
    unit[:3] = pattern
    rows = [np.roll(unit, place) for place in (0, 3)]
    assert [row @ unit for row in rows] == [11, 0]
    for row in rows:
        assert max(row[place : place + 3] @ pattern for place in range(8)) == 11


def test_equivariant_on_a_ring_and_not_beside_zeros():
    rng = np.random.default_rng(1)
    image, kernel = rng.normal(size=(1, 8, 16)), rng.normal(size=(1, 1, 5, 5))
    for mode, moves in (("circular", True), ("constant", False)):
        before, after = (
            conv2d(pad(x, (2, 2, 2, 2), mode=mode), kernel) for x in (image, np.roll(image, 6, axis=2))
        )
        assert np.allclose(after, np.roll(before, 6, axis=2)) == moves


def _means(kind):
    return np.mean(results("why")["moved"][kind], axis=0)


def test_curves_as_described():
    for kind in ("dense", "local", "flatten"):
        assert len(results("why")["moved"][kind]) == 5
        assert _means(kind)[0] > 0.95
        assert _means(kind)[1] < 0.6
        assert abs(_means(kind)[8] - GUESS) < 0.05
    assert all(len(set(run)) == 1 for run in results("why")["moved"]["forget"])
    assert _means("forget")[0] < _means("flatten")[0] - 0.05


@pytest.mark.parametrize("kind", ["dense", "local", "flatten", "forget"])
@pytest.mark.parametrize("move", [0, 1, 8])
def test_numbers_as_stated(kind, move):
    runs = [run[move] for run in results("why")["moved"][kind]]
    assert text(f"moved-{kind}-{move}") == f"{np.mean(runs):.0%} ({min(runs):.0%} – {max(runs):.0%})"


def test_two_ends_taught_and_nothing_between():
    runs = np.array(results("why")["moved_from_both_ends"]["dense"])
    assert runs[:, [0, 8]].min() > 0.95
    assert runs[:, 2:7].max() < 0.3
    assert text("moved-between").startswith(f"{runs[:, 4].mean():.0%}")


def test_halves_as_stated():
    runs = results("why")["which_half"]
    assert set(runs["dense"] + runs["local"] + runs["flatten"]) == {1}
    assert (value("half-kept"), value("half-forgotten")) == (1, 0.5)
    assert 0.5 < np.mean(runs["white frame"]) < 0.7
    assert min(runs["black frame"]) > 0.9


def test_the_forgetful_network_cannot_say_where_even_untrained():
    part = digits()[1]
    model = why.wide_network("forget")
    with torch.inference_mode():
        scores = [model(torch.from_numpy(why.at_column(part, column).images)) for column in (0, 3, 8)]
    for one, other in pairwise(scores):
        torch.testing.assert_close(one, other)


def test_the_frame_is_the_only_difference():
    left, right = (why.at_column(digits()[1], column).images for column in (0, 8))
    inverted = np.pad(1 - left, [(0, 0), (0, 0), (2, 2), (2, 2)])
    assert not inverted[..., 0].any()
    assert (1 - left)[..., 15].min() == 1
    np.testing.assert_array_equal(left[..., :8], right[..., 8:])


def test_exercise_1():
    weights = {
        "dense": 2048 * 128,
        "local": why.wide_network("local")[0].weight.numel(),
        "convolution": layer("convolution", 1, 16, side=16).weight.numel(),
    }
    assert weights == {"dense": 262_144, "local": 51_200, "convolution": 400}


def test_exercise_2_and_3():
    """Sharing as the matrix shows it, and moving along as it is defined, are the same."""
    rng = np.random.default_rng(0)
    kernel = rng.normal(size=7)
    matrix = np.array([np.roll(kernel, place) for place in range(7)])
    row = rng.normal(size=7)
    for shared, weights in ((True, matrix), (False, matrix + np.eye(7) * np.arange(7))):
        assert moves_along(weights.tolist()) == shared
        assert np.allclose(weights @ np.roll(row, 2), np.roll(weights @ row, 2)) == shared


def test_exercise_4_pushed_to_the_left_end():
    part = digits()[1]
    pushed = [np.roll(why.at_column(part, column).images, -column, axis=3) for column in (0, 5)]
    np.testing.assert_array_equal(*pushed)

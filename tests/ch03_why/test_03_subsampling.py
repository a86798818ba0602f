"""The claims of section 3.3, subsampling."""

import numpy as np
import pytest

from cnnbook.check.subsampling import periods_seen
from cnnbook.experiments import why
from cnnbook.facts import text, value
from cnnbook.functional import max_pool2d
from cnnbook.results import results

FACTORS = (1, 2, 4, 7, 14)


def _means(how):
    return [np.mean(results("why")["smaller"][how][str(factor)]) for factor in FACTORS]


def test_by_hand():
    slow, fast = [2.0, 4, 6, 8, 8, 6, 4, 2], [0.0, 9, 0, 9, 0, 9, 0, 9]
    halves = {
        how: [why.subsample(np.array([row, row]), 2, how)[0].tolist() for row in (slow, fast)]
        for how in ("first", "mean")
    }
    assert halves == {
        "first": [[2, 6, 8, 4], [0, 0, 0, 0]],
        "mean": [[3, 7, 7, 3], [4.5, 4.5, 4.5, 4.5]],
    }
    assert fast[1::2] == [9, 9, 9, 9]


@pytest.mark.parametrize("how", ["mean", "first"])
@pytest.mark.parametrize("factor", FACTORS)
def test_numbers_as_stated(how, factor):
    runs = results("why")["smaller"][how][str(factor)]
    assert len(runs) == 3
    assert text(f"smaller-{how}-{factor}") == f"{100 * np.mean(runs):.1f} ± {100 * np.std(runs, ddof=1):.1f}%"


def test_half_the_size_costs_nothing_but_a_quarter_of_the_work():
    means, firsts = _means("mean"), _means("first")
    assert means[1] > means[0] - 0.003
    assert all(mean > first for mean, first in zip(means[1:], firsts[1:], strict=True))
    assert value("smaller-macs-2") * 4 == value("smaller-macs-1")
    assert value("smaller-parameters-14") < value("smaller-parameters-1") / 50


def test_the_kernels_keep_their_weights():
    small, large = ([p.numel() for p in why.size_reader(side)[:-1].parameters()] for side in (2, 28))
    assert small == large


def test_a_slow_wave_through_the_points_of_a_fast_one():
    kept = np.arange(0, 16, 2)
    fast, slow = (np.cos(2 * np.pi * periods * kept / 16) for periods in (6, 2))
    np.testing.assert_allclose(fast, slow, atol=1e-12)
    assert periods_seen(6, 16, 2) == 2


def test_stripes_as_stated():
    runs = results("why")["stripes"]
    assert (set(runs["look first"]), set(runs["shrink first"])) == ({1}, {0.5})
    assert (text("stripes-look-first"), text("stripes-shrink-first")) == ("100%", "50%")


def test_exercise_1():
    assert round(1_000_000 / 9, -3) == 111_000


def test_exercise_2():
    """The answer is the slowest wave that agrees at all points that are left."""
    for periods, length, factor in ((1, 16, 2), (6, 16, 2), (7, 24, 3), (11, 24, 4)):
        kept = np.arange(0, length, factor)
        seen = [np.cos(2 * np.pi * slow * kept / length) for slow in range(length)]
        same = [slow for slow, wave in enumerate(seen) if np.allclose(wave, seen[periods])]
        assert periods_seen(periods, length, factor) == min(same)


def test_exercise_3():
    dots = np.zeros((1, 8, 8))
    dots[0, [2, 3, 6], [2, 2, 5]] = 1
    assert why.subsample(dots, 2, "mean").sum() * 4 == 3
    assert max_pool2d(dots, 2).sum() == 2

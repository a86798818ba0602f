"""The committed results on MNIST agree with themselves, and reach what they were made to reach."""

import math
import statistics

import pytest

from benchmarks.mnist import collect
from cnnbook.results import results

RECIPES = results("mnist")["recipes"]

# The largest mean share of test images read wrong, over three seeds or more.
GOALS = {
    "lenet5-plain": 0.0095,
    "lenet5-whole": 0.0095,
    "lenet5": 0.008,
    "lenet-plain": 0.008,
    "lenet": 0.006,
    "compact-minute": 0.005,
    "compact": 0.0035,
}


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipes_numbers_are_its_runs(name):
    one = RECIPES[name]
    assert one["seeds"] == [run["seed"] for run in one["runs"]] == sorted(set(one["seeds"]))
    errors = [run["test_error"] for run in one["runs"]]
    assert one["test_error"]["each"] == errors
    assert one["test_error"]["mean"] == pytest.approx(statistics.mean(errors), abs=1e-6)
    assert one["test_error"]["spread"] == pytest.approx(statistics.stdev(errors), abs=1e-6)
    assert one["parameters"] <= 62_000


@pytest.mark.parametrize("name", RECIPES)
def test_a_run_tells_which_images_it_read_wrong(name):
    for run in RECIPES[name]["runs"]:
        confusion = run["confusion"]
        assert sum(map(sum, confusion)) == 10_000
        assert len(run["wrong"]) == round(run["test_error"] * 10_000)
        counted = [[0] * 10 for _ in range(10)]
        for number, shown, read in run["wrong"]:
            assert 0 <= number < 10_000
            counted[shown][read] += 1
        assert all(counted[i][j] == confusion[i][j] for i in range(10) for j in range(10) if i != j)
        assert "--out" not in run["command"]
        assert f"--model {name}" in run["command"]


@pytest.mark.parametrize("name", RECIPES)
def test_a_run_went_through_all_its_passes(name):
    for run in RECIPES[name]["runs"]:
        losses = [epoch["loss"] for epoch in run["history"]]
        assert len(losses) == RECIPES[name]["epochs"]
        assert all(map(math.isfinite, losses))
        assert losses[-1] < losses[0]


@pytest.mark.parametrize(("name", "most"), GOALS.items())
def test_goals_are_met_on_the_mean_of_three_seeds(name, most):
    assert len(RECIPES[name]["seeds"]) >= 3
    assert RECIPES[name]["test_error"]["mean"] <= most


def test_collecting_keeps_the_recipes_it_was_not_told_about():
    assert collect([], RECIPES)["recipes"] == RECIPES


def test_the_race_is_won():
    race = results("mnist_race")
    assert all(run["passes"][-1]["accuracy"] >= race["goal"] for run in race["cnnbook"]["runs"])
    mean = statistics.mean(run["passes"][-1]["processor_seconds"] for run in race["cnnbook"]["runs"])
    (example,) = race["example"]["runs"]
    spent = (example["reached"] or example["passes"][-1])["processor_seconds"]
    assert race["ratio"] == pytest.approx(spent / mean, abs=0.06)
    assert race["at_least"] == (example["reached"] is None)
    assert race["ratio"] >= 10

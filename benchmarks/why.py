"""Chapter 3's experiments, each from several random starts: a quarter of an hour on one core.

Run as ``python -m benchmarks.why``, or with the names of those to measure afresh, such as ``moved stripes``.
Writes results/why.json: for each experiment and setting, the share of unseen images that are read correctly,
one number for each random start. ``smaller`` reads MNIST, the others need no files.
"""

import json
import sys
from pathlib import Path

from cnnbook.experiments import why

RESULTS = Path(__file__).parent / "results" / "why.json"
SEEDS = range(5)
SIZES = (1, 2, 3, 4, 5, 6, 8)
NETWORKS = ("dense", "local", "flatten", "forget")
FRAMES = ("white frame", "black frame")
FACTORS = (1, 2, 4, 7, 14)


def each(settings, run, seeds=SEEDS) -> dict:
    """Run an experiment for each setting, from every random start."""
    return {setting: [run(setting, seed) for seed in seeds] for setting in settings}


def smaller() -> dict:
    """From three random starts each: these take longest. With a factor of 1 both ways are the same."""
    means = each(FACTORS, lambda factor, seed: why.smaller_digits(factor, "mean", seed), range(3))
    firsts = each(FACTORS[1:], lambda factor, seed: why.smaller_digits(factor, "first", seed), range(3))
    return {"mean": means, "first": {1: means[1], **firsts}}


EXPERIMENTS = {
    "windows_kept": lambda: each(SIZES, lambda size, seed: why.small_patterns(size, False, seed)),
    "windows_forgotten": lambda: each(SIZES, lambda size, seed: why.small_patterns(size, True, seed)),
    "far_apart": lambda: each(range(1, 8), why.far_apart),
    "moved": lambda: each(NETWORKS, why.moved),
    "moved_from_both_ends": lambda: each(("dense",), lambda kind, seed: why.moved(kind, seed, (0, 8))),
    "which_half": lambda: each(NETWORKS + FRAMES, why.which_half),
    "smaller": smaller,
    "stripes": lambda: each(
        ("look first", "shrink first"), lambda order, seed: why.first_look(order == "look first", seed)
    ),
}


def measure(names: list[str]) -> dict:
    """Return the committed results, those of some experiments measured afresh."""
    known = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.is_file() else {}
    return {name: run() if name in names else known[name] for name, run in EXPERIMENTS.items()}


if __name__ == "__main__":
    measured = measure(sys.argv[1:] or list(EXPERIMENTS))
    RESULTS.write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
    print(RESULTS)

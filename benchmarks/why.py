"""Chapter 3's experiments, each from five random starts: about two minutes on one core.

Run as ``python -m benchmarks.why``; writes results/why.json: for each experiment and setting, the share of
unseen images that are read correctly, one number for each random start.
"""

import json
from pathlib import Path

from cnnbook.experiments import why

RESULTS = Path(__file__).parent / "results" / "why.json"
SEEDS = range(5)
SIZES = (1, 2, 3, 4, 5, 6, 8)


def measure() -> dict:
    networks = ("dense", "flatten", "forget")
    return {
        "windows_kept": {size: [why.small_patterns(size, False, seed) for seed in SEEDS] for size in SIZES},
        "windows_forgotten": {
            size: [why.small_patterns(size, True, seed) for seed in SEEDS] for size in SIZES
        },
        "far_apart": {size: [why.far_apart(size, seed) for seed in SEEDS] for size in range(1, 8)},
        "moved": {kind: [why.moved(kind, seed) for seed in SEEDS] for kind in networks},
        "which_half": {kind: [why.which_half(kind, seed) for seed in SEEDS] for kind in networks},
        "smaller": {
            how: {factor: [why.smaller_digits(factor, how, seed) for seed in SEEDS] for factor in (1, 2, 4)}
            for how in ("mean", "first")
        },
        "stripes": {
            order: [why.first_look(order == "look first", seed) for seed in SEEDS]
            for order in ("look first", "shrink first")
        },
    }


if __name__ == "__main__":
    RESULTS.write_text(json.dumps(measure(), indent=1) + "\n", encoding="utf-8")
    print(RESULTS)

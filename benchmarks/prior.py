"""Which prior for which task: dense, local and convolutional layers on four tasks (section 4.2).

Run as ``python -m benchmarks.prior`` (about ten minutes); writes results/prior.json. For each way of making a
layer, the learning rate is the best of three on a fifth of the training images of the task "centred"; the
held-out images have no say. With it, every task is learned from three random starts.
"""

from __future__ import annotations

import json
from pathlib import Path

from cnnbook.data import Labelled, divide
from cnnbook.four_tasks import SIDE, four_tasks
from cnnbook.models.three_ways import WAYS, ThreeWays
from cnnbook.train import accuracy, train

RESULTS = Path(__file__).parent / "results" / "prior.json"
RATES = (0.003, 0.01, 0.03)
EPOCHS, BATCH, SEEDS = 20, 64, 3


def learn(way: str, training: Labelled, held_out: Labelled, rate: float, seed: int) -> dict[str, float]:
    """Train once, and return the shares read correctly of what was learned from and of what was held out."""
    classes = int(training.labels.max()) + 1
    trained = train(
        lambda: ThreeWays(way, side=SIDE, classes=classes),
        training,
        held_out,
        epochs=EPOCHS,
        batch=BATCH,
        rate=rate,
        seed=seed,
    )
    scores = {"training": accuracy(trained.model, training), "held_out": accuracy(trained.model, held_out)}
    print(way, f"rate {rate}", f"seed {seed}", scores, flush=True)
    return scores


def choose_rate(way: str) -> float:
    """Return the learning rate that does best on a fifth of the training images."""
    parts = divide(four_tasks()["centred"][0], 0.2)
    return max(RATES, key=lambda rate: learn(way, *parts, rate, seed=0)["held_out"])


def main() -> None:
    rates = {way: choose_rate(way) for way in WAYS}
    models = {way: ThreeWays(way, side=SIDE, classes=10) for way in WAYS}
    runs = {}
    for name, parts in four_tasks().items():
        print(name, flush=True)
        runs[name] = {way: [learn(way, *parts, rates[way], seed) for seed in range(SEEDS)] for way in WAYS}
    result = {
        "epochs": EPOCHS,
        "batch": BATCH,
        "rates": rates,
        "parameters": {way: sum(p.numel() for p in model.parameters()) for way, model in models.items()},
        "runs": runs,
    }
    RESULTS.write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()

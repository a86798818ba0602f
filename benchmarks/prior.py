"""Which prior for which task: dense, local and convolutional layers on four tasks (section 4.2).

Run as ``python -m benchmarks.prior`` (half an hour); writes results/prior.json. Every way of making a layer
learns every task from five random starts. Its learning rate is chosen for the task beforehand, on a fifth of
the training images that are kept apart for it; then it learns from all of them.
"""

from __future__ import annotations

import json
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

from cnnbook.data import Labelled, divide
from cnnbook.experiments.four_tasks import SIDE, four_tasks
from cnnbook.models.three_ways import WAYS, ThreeWays
from cnnbook.train import accuracy, train

RESULTS = Path(__file__).parent / "results" / "prior.json"
EPOCHS, BATCH, SEEDS = 30, 32, 5
RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)


def learn(way: str, training: Labelled, unseen: Labelled, rate: float, seed: int) -> dict[str, float]:
    """Train once, and return the shares read correctly of what was learned from and of what was held out."""
    classes = int(training.labels.max()) + 1
    trained = train(
        lambda: ThreeWays(way, side=SIDE, classes=classes),
        training,
        unseen,
        epochs=EPOCHS,
        batch=BATCH,
        rate=rate,
        seed=seed,
    )
    return {"training": accuracy(trained.model, training), "held_out": accuracy(trained.model, unseen)}


def choose_rate(way: str, training: Labelled) -> float:
    """Return the rate that does best on a fifth of the training images after learning from the others.

    From the smallest on, until two in a row have done worse than the best before them.
    """
    rest, apart = divide(training, 1 / 5)
    scores = []
    for rate in RATES:
        scores.append(sum(learn(way, rest, apart, rate, seed)["held_out"] for seed in range(2)) / 2)
        best = int(np.argmax(scores))
        if len(scores) - 1 - best == 2:
            break
    print(way, np.round(scores, 3).tolist(), flush=True)
    return RATES[best]


def learn_all(way: str) -> dict:
    """Return what one way of making a layer does on all tasks."""
    rates, runs = {}, {}
    for task, (training, held_out) in four_tasks().items():
        rates[task] = choose_rate(way, training)
        runs[task] = [learn(way, training, held_out, rates[task], seed) for seed in range(SEEDS)]
        print(way, task, rates[task], [round(run["held_out"], 3) for run in runs[task]], flush=True)
    parameters = sum(p.numel() for p in ThreeWays(way, side=SIDE, classes=10).parameters())
    return {"parameters": parameters, "rates": rates, "runs": runs}


def main() -> None:
    with ProcessPoolExecutor(len(WAYS)) as pool:
        found = dict(zip(WAYS, pool.map(learn_all, WAYS), strict=True))
    recipe = {"epochs": EPOCHS, "batch": BATCH, "rates": RATES}
    RESULTS.write_text(json.dumps(recipe | {"ways": found}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

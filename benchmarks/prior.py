"""Which prior for which task: dense, local and convolutional layers on four tasks (section 4.2).

Run as ``python -m benchmarks.prior`` (a few minutes); writes results/prior.json. Every way of making a layer
learns every task from three random starts, all with the same recipe.
"""

from __future__ import annotations

import json
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from cnnbook.data import Labelled
from cnnbook.experiments.four_tasks import SIDE, four_tasks
from cnnbook.models.three_ways import WAYS, ThreeWays
from cnnbook.train import accuracy, train

RESULTS = Path(__file__).parent / "results" / "prior.json"
EPOCHS, BATCH, RATE, SEEDS = 15, 32, 0.02, 3


def learn(way: str, training: Labelled, held_out: Labelled, seed: int) -> dict[str, float]:
    """Train once, and return the shares read correctly of what was learned from and of what was held out."""
    classes = int(training.labels.max()) + 1
    trained = train(
        lambda: ThreeWays(way, side=SIDE, classes=classes),
        training,
        held_out,
        epochs=EPOCHS,
        batch=BATCH,
        rate=RATE,
        seed=seed,
    )
    scores = {"training": accuracy(trained.model, training), "held_out": accuracy(trained.model, held_out)}
    print(way, f"seed {seed}", scores, flush=True)
    return scores


def learn_all(way: str) -> dict:
    """Return what one way of making a layer does on all tasks."""
    runs = {task: [learn(way, *parts, seed) for seed in range(SEEDS)] for task, parts in four_tasks().items()}
    parameters = sum(p.numel() for p in ThreeWays(way, side=SIDE, classes=10).parameters())
    return {"parameters": parameters, "runs": runs}


def main() -> None:
    with ProcessPoolExecutor(len(WAYS)) as pool:
        found = dict(zip(WAYS, pool.map(learn_all, WAYS), strict=True))
    RESULTS.write_text(
        json.dumps({"epochs": EPOCHS, "batch": BATCH, "rate": RATE, "ways": found}, indent=1) + "\n"
    )


if __name__ == "__main__":
    main()

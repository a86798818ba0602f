"""Which pooling reads digits best, where they are and moved (section 2.6): ten minutes on one core.

Run as ``python -m benchmarks.pooling``; reads MNIST and writes results/pooling.json: for each pooling and
each of five random starts, the shares of `cnnbook.experiments.pooling.pooled_digits`.
"""

import json
from pathlib import Path

from cnnbook.experiments.pooling import POOLINGS, pooled_digits

RESULTS = Path(__file__).parent / "results" / "pooling.json"
SEEDS = range(5)


def main() -> None:
    found = {pooling: [pooled_digits(pooling, seed) for seed in SEEDS] for pooling in POOLINGS}
    RESULTS.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(RESULTS)


if __name__ == "__main__":
    main()

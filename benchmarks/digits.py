"""Ten networks read digits that none of them has seen (section 1.1): about two minutes on one core.

Run as ``python -m benchmarks.digits``; writes results/digits.json: for each random start, from 1 on, how many
of the held-out digits are misread after every pass. Start 0 is left to the reader, whose lab trains it.
"""

import json
from pathlib import Path

from cnnbook.data import digits
from cnnbook.train import digit_reader

RESULTS = Path(__file__).parent / "results" / "digits.json"
SEEDS = range(1, 11)


def misread(seed: int) -> list[int]:
    """Train once, and return how many held-out digits are misread after each pass."""
    count = len(digits()[1].labels)
    return [round(count * (1 - epoch.accuracy)) for epoch in digit_reader(seed).history]


def main() -> None:
    found = {seed: misread(seed) for seed in SEEDS}
    RESULTS.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

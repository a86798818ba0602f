"""The results in short: one line for each configuration and comparison."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import geometric_mean


def print_means(folder: Path) -> None:
    """Print the geometric mean of every comparison, its slowest and its fastest layer."""
    print("A ratio above 1 means that cnnbook is faster.")
    for path in sorted(folder.glob("functional-*.json")):
        rows = json.loads(path.read_text())["rows"]
        for other in [name for name, value in rows[0].items() if isinstance(value, dict)][1:]:
            ratios = {f"{row['name']} x {row['batch']}": row[other]["ratio"] for row in rows}
            low, high = min(ratios, key=ratios.get), max(ratios, key=ratios.get)
            print(
                f"{path.stem}: {other} / cnnbook {geometric_mean(ratios.values()):.2f}, "
                f"from {ratios[low]:.2f} ({low}) to {ratios[high]:.2f} ({high})"
            )

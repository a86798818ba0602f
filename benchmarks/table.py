"""Turn the results into tables that a page can include."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import geometric_mean


def ratios(result: dict, against: str = "torch") -> list[float]:
    """Return how often the other's time is ours, for every row."""
    return [row[against]["ratio"] for row in result["rows"]]


def table(result: dict) -> str:
    """Return one configuration's rows as a Markdown table, with the geometric mean last."""
    names = [name for name, value in result["rows"][0].items() if isinstance(value, dict)]
    others = [name for name in names if name != "cnnbook"]
    extra = [name for name in ("method", "workspace") if name in result["rows"][0]]
    head = ["layer", "batch", "cnnbook (ms)", *(f"{name} / cnnbook (quartiles)" for name in others), *extra]
    lines = [head, ["---", *["---:"] * (len(head) - 1)]]
    for row in result["rows"]:
        cells = [
            f"{row[o]['ratio']:.2f} ({row[o]['quartiles'][0]:.2f} to {row[o]['quartiles'][1]:.2f})"
            for o in others
        ]
        values = [str(row[name]) for name in extra]
        lines.append(
            [row["name"], str(row["batch"]), f"{row['cnnbook']['milliseconds']:.4g}", *cells, *values]
        )
    means = [f"{geometric_mean(ratios(result, o)):.2f}" for o in others]
    lines.append(["geometric mean", "", "", *means, *[""] * len(extra)])
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def write_tables(folder: Path) -> None:
    """Write every result in a folder as a table into one Markdown file there."""
    parts = ["# Benchmarks of cnnbook.functional\n"]
    for path in sorted(folder.glob("functional-*.json")):
        result = json.loads(path.read_text())
        parts.append(
            f"## {result['family'].capitalize()}, {result['dtype']}, {result['threads']} "
            f"thread{'s' * (result['threads'] > 1)}\n\n"
            f"{result['processor']}, BLAS kernels {', '.join(result['blas'])}. A ratio above 1 means that "
            f"cnnbook is faster.\n\n{table(result)}\n"
        )
    (folder / "functional.md").write_text("\n".join(parts))

"""Time several calls side by side, so that a slow minute of the machine slows them all."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np


def interleaved(calls: dict[str, Callable], repetitions: int, seconds: float) -> dict[str, list[float]]:
    """Call each in turn, `repetitions` times or until `seconds` are over; return the times of each.

    One round more is made before, and not counted; and at least three, if so many are asked for.
    """
    for call in calls.values():
        call()
    times = {name: [] for name in calls}
    end = time.perf_counter() + seconds
    for round_number in range(repetitions):
        if round_number >= 3 and time.perf_counter() > end:
            break
        for name, call in calls.items():
            start = time.perf_counter()
            call()
            times[name].append(time.perf_counter() - start)
    return times


def summary(times: dict[str, list[float]], ours: str = "cnnbook") -> dict[str, dict[str, float]]:
    """Return for each name the median in milliseconds, and how often it takes our time.

    The ratio is the median over rounds of (its time / our time in the same round), with its quartiles.
    """
    result = {}
    for name, values in times.items():
        ratios = np.array(values) / np.array(times[ours])
        low, middle, high = np.percentile(ratios, [25, 50, 75])
        result[name] = {
            "milliseconds": float(f"{np.median(values) * 1e3:.4g}"),
            "ratio": round(middle, 3),
            "quartiles": [round(low, 3), round(high, 3)],
        }
    return result

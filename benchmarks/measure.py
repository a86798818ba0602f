"""Time several calls side by side, so that a slow minute of the machine slows them all."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

# Seconds that a call's part of a round should take at least.
ROUND = 2e-3


def interleaved(
    calls: dict[str, Callable],
    repetitions: int,
    seconds: float,
    clock: Callable[[], float] = time.perf_counter,
    patience: float = np.inf,
) -> dict[str, list[float]]:
    """Call each in turn, `repetitions` times or until `seconds` are over; return the times of each.

    One round more is made before, and not counted; and at least three, if so many are asked for. A call that
    took longer than `patience` in that first round is not made again: its one time stands for all rounds.
    Short calls are made several times a round, since clocks have their own cost.
    """
    first = {name: _timed(call, clock) for name, call in calls.items()}
    first |= {name: _timed(calls[name], clock) for name, time in first.items() if time < 10 * ROUND}  # warm
    numbers = {name: max(1, round(ROUND / max(first[name], 1e-5))) for name in calls}
    times: dict[str, list[float]] = {name: [] for name in calls}
    end = time.perf_counter() + seconds
    for round_number in range(repetitions):
        if round_number >= 3 and time.perf_counter() > end:
            break
        for name, call in calls.items():
            again = first[name] <= patience
            times[name].append(_timed(call, clock, numbers[name]) if again else first[name])
    return times


def _timed(call: Callable, clock: Callable[[], float], number: int = 1) -> float:
    """Return the time of one call, the mean of `number`."""
    start = clock()
    for _ in range(number):
        call()
    return (clock() - start) / number


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

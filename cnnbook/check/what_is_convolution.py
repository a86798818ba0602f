"""Exercises of section 2.1, what convolution is."""

from collections.abc import Iterator

import numpy as np

from cnnbook.check import exercise
from cnnbook.i18n import _


def _stoves() -> Iterator[tuple[list[int], list[int]]]:
    yield [3, 2, 1], [3, 2, 1]
    rng = np.random.default_rng(0)
    for hours, length in ((3, 3), (1, 4), (4, 2), (6, 3), (5, 5)):
        logs, log = rng.integers(0, 4, hours), rng.integers(1, 5, length)
        yield np.convolve(logs, log).tolist(), log.tolist()


def _as_long_as_the_heat(heat: list[int], log: list[int]) -> list[int]:
    return recover(heat, log) + [0] * (len(log) - 1)


def _each_hour_alone(heat: list[int], log: list[int]) -> list[float]:
    return [warmth / log[0] for warmth in heat[: len(heat) - len(log) + 1]]


@exercise(
    "2.1.5",
    _stoves,
    {
        _("The last log burns on after it was put on: the list of logs is shorter than the heat."): (
            _as_long_as_the_heat
        ),
        _("Earlier logs still give heat: take theirs away before you divide."): _each_hour_alone,
    },
)
def recover(heat: list[int], log: list[int]) -> list[int]:
    """Return how many logs went on in each hour, from the heat and what one log gives hour by hour."""
    rest, logs = list(heat), []
    for hour in range(len(heat) - len(log) + 1):
        logs.append(rest[hour] // log[0])
        for later, warmth in enumerate(log):
            rest[hour + later] -= logs[-1] * warmth
    return logs

"""Numbers of section 3.1: how large a window is needed, from the results of ``benchmarks.why``."""

import numpy as np

from cnnbook.facts import fact
from cnnbook.results import results


def _mean(experiment: str, size: int) -> float:
    return float(np.mean(results("why")[experiment][str(size)]))


@fact("window-forgotten-1", ".0%")
def _forgotten_1() -> float:
    return _mean("windows_forgotten", 1)


@fact("window-forgotten-3", ".0%")
def _forgotten_3() -> float:
    return _mean("windows_forgotten", 3)


@fact("window-forgotten-5", ".0%")
def _forgotten_5() -> float:
    return _mean("windows_forgotten", 5)


@fact("window-forgotten-8", ".0%")
def _forgotten_8() -> float:
    return _mean("windows_forgotten", 8)


@fact("window-far-4", ".0%")
def _far_4() -> float:
    return _mean("far_apart", 4)


@fact("window-far-5", ".0%")
def _far_5() -> float:
    return _mean("far_apart", 5)

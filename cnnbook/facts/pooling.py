"""Numbers of section 2.6: 120 pictures that move, and digits from the results of `benchmarks.pooling`."""

import numpy as np

from cnnbook.experiments.pooling import IMAGES, LAYERS, POOLINGS, change, changed, pictures
from cnnbook.facts import fact, percent_with_spread
from cnnbook.results import results


def _spread(shares, digits: int = 0) -> str:
    return percent_with_spread(np.mean(shares), np.std(shares, ddof=1), digits)


for _layer in LAYERS:
    fact(f"shift-{_layer}")(lambda layer=_layer: _spread(changed(layer, 1)))
    fact(f"shift-{_layer}-size")(lambda layer=_layer: _spread(change(layer, 1)))


@fact("shift-pictures")
def _pictures() -> int:
    return len(pictures())


@fact("shift-max-changes-fewer")
def _fewer() -> int:
    """In how many pictures max pooling changes fewer outputs than average pooling."""
    return int((changed("max", 1) < changed("average", 1)).sum())


@fact("shift-max-changes-more")
def _more() -> int:
    """In how many pictures its outputs change by more, all together."""
    return int((change("max", 1) > change("average", 1)).sum())


@fact("shift-zeros", ".1%")
def _zeros() -> float:
    return float(changed("both", 2, "zeros").mean())


@fact("pooled-images")
def _images() -> int:
    return IMAGES


def _runs(pooling: str, what: str, move: int) -> list[float]:
    return [run[what][move] for run in results("pooling")[pooling]]


for _pooling in POOLINGS:
    _name = _pooling.replace(" ", "-")
    fact(f"pooled-{_name}-wrong")(
        lambda pooling=_pooling: _spread([1 - share for share in _runs(pooling, "right", 0)], 2)
    )
    fact(f"pooled-{_name}-right-4")(lambda pooling=_pooling: _spread(_runs(pooling, "right", 4), 1))
    fact(f"pooled-{_name}-same-1")(lambda pooling=_pooling: _spread(_runs(pooling, "same", 1), 1))

"""Numbers of section 2.7, flattening: what it costs to read the flattened maps in another order."""

from functools import cache

import numpy as np
import torch

from cnnbook.data import digits
from cnnbook.experiments.small_network import MAPS, small_reader
from cnnbook.facts import fact

_SEEDS = range(3)


@cache
def _accuracies() -> dict[str, list[float]]:
    """The lab plot_72: the layer gets its 72 numbers as it learned them, in another order, and repaired."""
    images, labels = digits()[1]
    order = np.arange(np.prod(MAPS)).reshape(MAPS).transpose(1, 2, 0).ravel()
    found = {"trained": [], "mixed": [], "repaired": [], "other": []}
    for seed in _SEEDS:
        model, other = small_reader(seed), small_reader(seed, channels_last=True)
        row = model[:-1](torch.from_numpy(images)).detach().numpy()
        weights, bias = (part.detach().numpy() for part in model[-1].parameters())
        scores = {
            "trained": row @ weights.T + bias,
            "mixed": row[:, order] @ weights.T + bias,
            "repaired": row[:, order] @ weights[:, order].T + bias,
            "other": other(torch.from_numpy(images)).detach().numpy(),
        }
        for name, score in scores.items():
            found[name].append(float((score.argmax(1) == labels).mean()))
    return found


@fact("order-trained", ".0%")
def _trained() -> float:
    return float(np.mean(_accuracies()["trained"]))


@fact("order-mixed", ".0%")
def _mixed() -> float:
    return float(np.mean(_accuracies()["mixed"]))


@fact("order-mixed-low", ".0%")
def _mixed_low() -> float:
    return min(_accuracies()["mixed"])


@fact("order-mixed-high", ".0%")
def _mixed_high() -> float:
    return max(_accuracies()["mixed"])


@fact("order-repaired", ".0%")
def _repaired() -> float:
    return float(np.mean(_accuracies()["repaired"]))


@fact("order-other", ".0%")
def _other() -> float:
    return float(np.mean(_accuracies()["other"]))

"""Numbers of section 5.2, LeNet in PyTorch: read from the results of `benchmarks.mnist`."""

from functools import cache

import numpy as np
from scipy.ndimage import center_of_mass, shift, zoom

from cnnbook.data import digits
from cnnbook.facts import fact
from cnnbook.models import weights
from cnnbook.results import results
from cnnbook.train import predict


def _error(recipe: str) -> str:
    """Return a recipe's share of wrong test digits: mean and standard deviation over its beginnings."""
    error = results("mnist")["recipes"][recipe]["test_error"]
    return f"{100 * error['mean']:.2f} ± {100 * error['spread']:.2f} %"


for _recipe in ("lenet5-plain", "lenet5", "lenet-plain", "lenet", "compact"):
    fact(f"mnist-{_recipe}")(lambda recipe=_recipe: _error(recipe))

for _recipe in ("lenet5", "lenet", "compact"):
    fact(f"mnist-{_recipe}-parameters")(
        lambda recipe=_recipe: results("mnist")["recipes"][recipe]["parameters"]
    )


@fact("mnist-pairs-of-half")
def _pairs_of_half() -> int:
    """The smallest number of pairs (shown, read) that make up half of LeNet's mistakes."""
    confusion = sum(np.array(run["confusion"]) for run in results("mnist")["recipes"]["lenet"]["runs"])
    largest = np.sort((confusion * (1 - np.eye(10, dtype=int))).ravel())[::-1]
    return int((np.cumsum(largest) < largest.sum() / 2).sum() + 1)


@fact("mnist-share-of-ones", ".2%")
def _share_of_ones() -> float:
    confusion = np.array(results("mnist")["recipes"]["lenet"]["runs"][0]["confusion"])
    return float(confusion[1].sum() / confusion.sum())


@cache
def _others() -> tuple[float, float]:
    """How many of scikit-learn's digits LeNet misreads as they are, and prepared as MNIST's are (plot_23)."""
    small, large = digits(1), np.concatenate([part.images for part in digits(4)])
    labels = np.concatenate([part.labels for part in small])
    likewise = np.zeros_like(large)
    for number, image in enumerate(np.concatenate([part.images for part in small])[:, 0]):
        canvas = np.pad(zoom(image, 2.5, order=1), 6)
        likewise[number, 0] = shift(canvas, 15.5 - np.array(center_of_mass(canvas)), order=1)
    lenet = weights.load("lenet")
    wrong = [float((predict(lenet, images).argmax(1) != labels).mean()) for images in (large, likewise)]
    return wrong[0], wrong[1]


@fact("others-as-they-are", ".0%")
def _others_as_they_are() -> float:
    return _others()[0]


@fact("others-prepared", ".0%")
def _others_prepared() -> float:
    return _others()[1]

"""Numbers of section 5.2, LeNet in PyTorch: read from the results of `benchmarks.mnist`."""

from functools import cache

import numpy as np

from cnnbook import recipes
from cnnbook.data import digits, enlarge
from cnnbook.data.loading import VALIDATION
from cnnbook.data.published import SOURCES
from cnnbook.digit_image import centre
from cnnbook.facts import fact, percent_with_spread
from cnnbook.models import weights
from cnnbook.results import results
from cnnbook.train import pairs_of_half, predict


def _error(recipe: str) -> str:
    """Return a recipe's share of wrong test digits: mean and standard deviation over its beginnings."""
    error = results("mnist")["recipes"][recipe]["test_error"]
    return percent_with_spread(error["mean"], error["spread"], 2)


for _recipe in ("lenet5-plain", "lenet5", "lenet-plain", "lenet", "compact", "compact-minute"):
    fact(f"mnist-{_recipe}")(lambda recipe=_recipe: _error(recipe))

for _recipe in ("lenet5", "lenet", "compact"):
    fact(f"mnist-{_recipe}-parameters")(
        lambda recipe=_recipe: results("mnist")["recipes"][recipe]["parameters"]
    )


@fact("race-passes")
def _race_passes() -> int:
    (example,) = results("mnist_race")["example"]["runs"]
    return len(example["passes"])


@fact("race-ratio", ".0f")
def _race_ratio() -> float:
    return results("mnist_race")["ratio"]


@fact("race-images")
def _race_images() -> int:
    return round((1 - recipes.recipe("compact-moment", "mnist").validation) * _images("train"))


@fact("mnist-pairs-of-half")
def _pairs_of_half() -> int:
    return pairs_of_half(
        sum(np.array(run["confusion"]) for run in results("mnist")["recipes"]["lenet"]["runs"])
    )


def _images(file: str) -> int:
    return SOURCES["mnist"].files[f"{file}-images-idx3-ubyte.gz"].shape[0]


@fact("mnist-images-to-learn")
def _images_to_learn() -> int:
    return _images("train")


@fact("mnist-images-kept-apart")
def _images_kept_apart() -> int:
    return round(VALIDATION["mnist"] * _images("train"))


@fact("mnist-test-images")
def _test_images() -> int:
    return _images("t10k")


@fact("mnist-share-of-ones", ".2%")
def _share_of_ones() -> float:
    confusion = np.array(results("mnist")["recipes"]["lenet"]["runs"][0]["confusion"])
    return float(confusion[1].sum() / confusion.sum())


@cache
def _others() -> tuple[float, float]:
    """How many of scikit-learn's digits LeNet misreads as they are, and prepared as MNIST's are (plot_23)."""
    images, labels = (np.concatenate(parts) for parts in zip(*digits(), strict=True))
    large = enlarge(images, 4)
    likewise = np.stack([np.pad(centre(image), 2) for image in images[:, 0]])[:, np.newaxis]
    lenet = weights.load("lenet")
    wrong = [float((predict(lenet, images).argmax(1) != labels).mean()) for images in (large, likewise)]
    return wrong[0], wrong[1]


@fact("others-images")
def _others_images() -> int:
    return sum(len(part.labels) for part in digits())


@fact("others-as-they-are", ".0%")
def _others_as_they_are() -> float:
    return _others()[0]


@fact("others-prepared", ".0%")
def _others_prepared() -> float:
    return _others()[1]

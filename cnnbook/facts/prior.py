"""Numbers of section 4.2: beliefs by hand, and what dense, local and shared weights do on four tasks."""

from math import log2
from statistics import mean

from cnnbook.experiments.four_tasks import four_tasks
from cnnbook.facts import fact
from cnnbook.models.three_ways import WAYS
from cnnbook.results import results

_TASKS = ("centred", "anywhere", "shuffled", "corner")


def _bits(*probabilities: float) -> float:
    return -sum(p * log2(p) for p in probabilities if p) or 0.0


@fact("bits-weak", ".2f")
def _bits_weak() -> float:
    return _bits(1 / 3, 1 / 3, 1 / 3)


@fact("bits-strong", ".2f")
def _bits_strong() -> float:
    return _bits(0.8, 0.1, 0.1)


@fact("bits-certain", ".0f")
def _bits_certain() -> float:
    return _bits(1, 0, 0)


def _register(task: str, way: str) -> None:
    @fact(f"prior-{task}-{way}")
    def scores() -> str:
        """The mean over the random starts, and the lowest and the highest."""
        held_out = [run["held_out"] for run in results("prior")["ways"][way]["runs"][task]]
        return f"{mean(held_out):.0%} ({min(held_out):.0%} – {max(held_out):.0%})"


for _task in _TASKS:
    for _way in WAYS:
        _register(_task, _way)


def _training(task: str) -> float:
    return mean(run["training"] for run in results("prior")["ways"]["convolution"]["runs"][task])


@fact("prior-shuffled-convolution-training", ".0%")
def _shuffled_training() -> float:
    return _training("shuffled")


@fact("prior-corner-convolution-training", ".0%")
def _corner_training() -> float:
    return _training("corner")


def _parameters(way: str) -> int:
    return results("prior")["ways"][way]["parameters"]


@fact("prior-dense-parameters")
def _dense_parameters() -> int:
    return _parameters("dense")


@fact("prior-local-parameters")
def _local_parameters() -> int:
    return _parameters("local")


@fact("prior-convolution-parameters")
def _convolution_parameters() -> int:
    return _parameters("convolution")


@fact("prior-passes")
def _passes() -> int:
    return results("prior")["epochs"]


@fact("prior-rate-low", "g")
def _rate_low() -> float:
    return min(results("prior")["rates"])


@fact("prior-rate-high", "g")
def _rate_high() -> float:
    return max(results("prior")["rates"])


@fact("prior-rates-apart", ".0f")
def _rates_apart() -> float:
    """How many times the dense network's rate that of the shared weights is, where these are closest."""
    shared, dense = (results("prior")["ways"][way]["rates"] for way in ("convolution", "dense"))
    return min(shared[task] / dense[task] for task in _TASKS if task != "corner")


@fact("prior-training-images")
def _training_images() -> int:
    return len(four_tasks()["centred"][0].labels)

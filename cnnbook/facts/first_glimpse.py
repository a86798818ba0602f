"""Numbers of section 1.1, a network that reads digits."""

import math

import numpy as np
from sklearn.neighbors import KNeighborsClassifier

from cnnbook.data import digits
from cnnbook.facts import fact
from cnnbook.models.lenet import LeNet
from cnnbook.results import results
from cnnbook.train import digit_reader, look_inside, predict

_FIVE = 18  # the held-out digit that the lab follows


def _weights() -> dict[str, int]:
    """How many weights each layer has, those added at the end (the biases) left out."""
    return {
        name: layer.weight.numel() for name, layer in LeNet().named_children() if hasattr(layer, "weight")
    }


def _multiplications() -> dict[str, int]:
    """A weight is used once for every value of the map that it helps to make."""
    made = look_inside(LeNet(), digits(4)[1].images[_FIVE])
    return {name: count * made[name][0].size for name, count in _weights().items()}


def _share_of_convolutions(numbers: dict[str, int]) -> float:
    return (numbers["c1"] + numbers["c3"]) / sum(numbers.values())


def _accuracies(after: int) -> np.ndarray:
    """The shares (10,) of held-out digits that the ten networks read correctly after a pass."""
    misread = np.array(list(results("digits").values()))
    return 1 - misread[:, after] / _held_out()


@fact("digits-training")
def _training() -> int:
    return len(digits()[0].labels)


@fact("digits-held-out")
def _held_out() -> int:
    return len(digits()[1].labels)


@fact("lenet-parameters")
def _parameters() -> int:
    return sum(parameter.numel() for parameter in LeNet().parameters())


@fact("lenet-multiplications")
def _all_multiplications() -> int:
    return sum(_multiplications().values())


@fact("lenet-convolution-weights", ".0%")
def _convolution_weights() -> float:
    return _share_of_convolutions(_weights())


@fact("lenet-convolution-multiplications", ".0%")
def _convolution_multiplications() -> float:
    return _share_of_convolutions(_multiplications())


@fact("lenet-passes")
def _passes() -> int:
    return len(digit_reader().history)


@fact("lenet-five", ".2%")
def _five() -> float:
    """Rounded down: no probability that a softmax gives is a whole one."""
    chance = float(look_inside(digit_reader().model, digits(4)[1].images[_FIVE])["probabilities"][5])
    return math.floor(10_000 * chance) / 10_000


@fact("lenet-first-pass-low", ".0%")
def _first_pass_low() -> float:
    return float(_accuracies(0).min())


@fact("lenet-first-pass-high", ".0%")
def _first_pass_high() -> float:
    return float(_accuracies(0).max())


@fact("lenet-mean", ".1%")
def _mean() -> float:
    return float(_accuracies(-1).mean())


@fact("lenet-low", ".1%")
def _low() -> float:
    return float(_accuracies(-1).min())


@fact("lenet-high", ".1%")
def _high() -> float:
    return float(_accuracies(-1).max())


def _misread(shift: int) -> int:
    """How many held-out digits are misread when all of them stand `shift` pixels further right."""
    return len(_mistakes(shift))


def _mistakes(shift: int) -> np.ndarray:
    """The probabilities of all ten digits, (misread, 10), where the largest is not that of the label."""
    images, labels = digits(4)[1]
    chances = predict(digit_reader().model, np.roll(images, shift, axis=3))
    return chances[chances.argmax(1) != labels]


@fact("lenet-surest-mistake", ".0%")
def _surest_mistake() -> float:
    return float(_mistakes(0).max())


@fact("lenet-misread")
def _misread_in_place() -> int:
    return _misread(0)


@fact("lenet-moved-2")
def _moved_2() -> int:
    return _misread(2)


@fact("lenet-moved-4")
def _moved_4() -> int:
    return _misread(4)


@fact("lenet-moved-8")
def _moved_8() -> int:
    return _misread(8)


@fact("digits-nearest", ".1%")
def _nearest() -> float:
    """Give each held-out digit the label of the training digit that differs from it least."""
    (images, labels), (new, wanted) = digits()
    nearest = KNeighborsClassifier(n_neighbors=1).fit(images.reshape(-1, 64), labels)
    return nearest.score(new.reshape(-1, 64), wanted)

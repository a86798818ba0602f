"""Numbers of section 4.1, receptive fields."""

from math import prod

import torch
from torch import nn

from cnnbook.facts import fact
from cnnbook.models.alexnet import AlexNet
from cnnbook.models.convnext import ConvNeXt
from cnnbook.models.googlenet import GoogLeNet
from cnnbook.models.resnet import ResNet
from cnnbook.models.vgg import VGG16
from cnnbook.receptive_field import ReceptiveField, analyze, effective

# The networks, and the last value of each that has rows and columns.
_NETWORKS = {
    "alexnet": (AlexNet, "features.pool5"),
    "vgg16": (VGG16, "features.pool5"),
    "resnet50": (ResNet, "19"),
    "googlenet": (GoogLeNet, "17"),
    "convnext": (ConvNeXt, "25"),
}


def _field(name: str) -> ReceptiveField:
    build, output = _NETWORKS[name]
    with torch.device("meta"):
        return analyze(build(), (3, 224, 224), output=output)


def _register(name: str) -> None:
    @fact(f"rf-{name}")
    def size() -> int:
        return _field(name).size[0]

    @fact(f"rf-{name}-stride")
    def stride() -> int:
        return _field(name).stride[0]


for _name in _NETWORKS:
    _register(_name)


@fact("rf-vgg16-corner", ".0%")
def _corner() -> float:
    """The share of its receptive field that a corner unit finds inside the image."""
    field = _field("vgg16")
    return prod(last - first + 1 for first, last in field.region((0, 0))) / prod(field.size)


def _equal(depth: int) -> float:
    """The share of the effective field in a stack of 3 x 3 layers whose weights are all equal."""
    layers = [nn.Conv2d(1, 1, 3, padding=1, bias=False) for _ in range(depth)]
    for layer in layers:
        nn.init.constant_(layer.weight, 1 / 9)
    side = 2 * depth + 1
    return effective(nn.Sequential(*layers), (1, side, side), samples=1, power=1).share[0]


@fact("erf-5", ".0%")
def _erf_5() -> float:
    return _equal(5)


@fact("erf-10", ".0%")
def _erf_10() -> float:
    return _equal(10)


@fact("erf-20", ".0%")
def _erf_20() -> float:
    return _equal(20)


@fact("erf-40", ".0%")
def _erf_40() -> float:
    return _equal(40)


@fact("erf-random", ".0%")
def _erf_random() -> float:
    """The share in the random stack of lab plot_14, 20 layers of 8 maps with ReLUs."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        layers: list[nn.Module] = []
        for number in range(20):
            layers += [nn.Conv2d(8 if number else 1, 8, 3, padding=1), nn.ReLU()]
        for layer in layers[::2]:
            nn.init.kaiming_normal_(layer.weight)
        return effective(nn.Sequential(*layers), (1, 41, 41), samples=20).share[0]

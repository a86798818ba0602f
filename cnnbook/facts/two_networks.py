"""Numbers of section 1.2, LeNet-5 and AlexNet layer by layer."""

from functools import cache

import torch
from torch import nn

from cnnbook.arithmetic import output_length
from cnnbook.facts import fact
from cnnbook.models.alexnet import AlexNet
from cnnbook.models.lenet5 import LeNet5
from cnnbook.summary import Layer, Summary, summarize


@cache
def _lenet5() -> Summary:
    with torch.device("meta"):
        return summarize(LeNet5(), (1, 32, 32), depth=1)


@cache
def _alexnet() -> Summary:
    with torch.device("meta"):
        return summarize(AlexNet(), (3, 224, 224))


def _row(name: str) -> Layer:
    return next(layer for layer in _lenet5().layers if layer.name == name)


def _parameters(model: nn.Module) -> int:
    return sum(parameter.numel() for parameter in model.parameters())


def _register(name: str) -> None:
    @fact(f"lenet5-{name}-parameters")
    def parameters() -> int:
        return _row(name).parameters

    @fact(f"lenet5-{name}-connections")
    def connections() -> int:
        return _row(name).connections


for _name in ("c1", "s2", "c3", "s4", "c5", "f6", "output"):
    _register(_name)


@fact("lenet5-parameters")
def _lenet5_parameters() -> int:
    return _lenet5().parameters


@fact("lenet5-connections")
def _lenet5_connections() -> int:
    return _lenet5().totals["connections"]


@fact("lenet5-last-share", ".1%")
def _last_share() -> float:
    return (_row("c5").parameters + _row("f6").parameters) / _lenet5().parameters


@fact("lenet5-first-connections", ".0%")
def _first_connections() -> float:
    return (_row("c1").connections + _row("c3").connections) / _lenet5().totals["connections"]


@fact("lenet5-c3-full")
def _c3_full() -> int:
    return _parameters(nn.Conv2d(6, 16, 5))


@fact("alexnet-parameters")
def _alexnet_parameters() -> int:
    return _alexnet().parameters


@fact("alexnet-ungrouped")
def _alexnet_ungrouped() -> int:
    with torch.device("meta"):
        return _parameters(AlexNet(groups=1))


@fact("alexnet-times-lenet5")
def _ratio() -> int:
    return round(_alexnet().parameters / _lenet5().parameters)


@fact("alexnet-last-share", ".1%")
def _alexnet_last_share() -> float:
    last = [layer for layer in _alexnet().layers if layer.name.startswith("classifier")]
    return sum(layer.parameters for layer in last) / _alexnet().parameters


@fact("alexnet-last-connections", ".1%")
def _alexnet_last_connections() -> float:
    last = [layer for layer in _alexnet().layers if layer.name.startswith("classifier")]
    return sum(layer.connections for layer in last) / _alexnet().totals["connections"]


@fact("alexnet-units-down")
def _units_down() -> int:
    return output_length(224, 11, 4)


@fact("alexnet-units-up")
def _units_up() -> int:
    return output_length(224, 11, 4, ceil_mode=True)

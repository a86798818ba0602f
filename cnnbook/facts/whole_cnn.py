"""Numbers of section 2.9, the whole CNN: what each layer costs."""

from functools import cache

from cnnbook.facts import fact
from cnnbook.models.alexnet import AlexNet
from cnnbook.models.lenet import LeNet
from cnnbook.models.stroke_reader import StrokeReader
from cnnbook.summary import Layer, Summary, summarize


@cache
def _summary(name: str) -> Summary:
    models = {
        "strokes": (StrokeReader, (1, 6, 6)),
        "lenet": (LeNet, (1, 32, 32)),
        "alexnet": (AlexNet, (3, 224, 224)),
    }
    build, shape = models[name]
    return summarize(build(), shape)


def _layer(name: str) -> Layer:
    """A layer of LeNet by its name."""
    return next(layer for layer in _summary("lenet").layers if layer.name == name)


def _share(network: str, quantity: str) -> float:
    """How much of a network's parameters or multiplications is in its convolutions."""
    layers = _summary(network).layers
    convolutions = (getattr(layer, quantity) for layer in layers if layer.kind == "convolution")
    return sum(convolutions) / sum(getattr(layer, quantity) for layer in layers)


@fact("strokes-parameters")
def _strokes_parameters() -> int:
    return _summary("strokes").parameters


@fact("strokes-macs")
def _strokes_macs() -> int:
    return _summary("strokes").totals["macs"]


@fact("lenet-f5-parameters", ".0%")
def _f5_parameters() -> float:
    return _layer("f5").parameters / _summary("lenet").parameters


@fact("lenet-f5-macs", ".0%")
def _f5_macs() -> float:
    return _layer("f5").macs / _summary("lenet").totals["macs"]


@fact("lenet-c1-parameters", ".1%")
def _c1_parameters() -> float:
    return _layer("c1").parameters / _summary("lenet").parameters


@fact("lenet-c1-macs", ".0%")
def _c1_macs() -> float:
    return _layer("c1").macs / _summary("lenet").totals["macs"]


@fact("alexnet-parameters-in-convolutions", ".0%")
def _alexnet_parameters() -> float:
    return _share("alexnet", "parameters")


@fact("alexnet-macs-in-convolutions", ".0%")
def _alexnet_macs() -> float:
    return _share("alexnet", "macs")


@fact("alexnet-macs", ",.0f")
def _alexnet_millions() -> float:
    return _summary("alexnet").totals["macs"] / 1e6

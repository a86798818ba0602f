"""The networks of section 1.3 in the order of their years, and what can be counted of them."""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import torch
from torch import nn

from cnnbook.models.alexnet import AlexNet
from cnnbook.models.convnext import ConvNeXt
from cnnbook.models.googlenet import GoogLeNet
from cnnbook.models.lecun1989 import LeCun1989
from cnnbook.models.lenet5 import LeNet5
from cnnbook.models.resnet import ResNet
from cnnbook.models.vgg import VGG16
from cnnbook.receptive_field.analyze import capture

_NETWORKS: dict[str, tuple[int, Callable[[], nn.Module], tuple[int, int, int]]] = {
    "LeCun 1989": (1989, LeCun1989, (1, 16, 16)),
    "LeNet-5": (1998, LeNet5, (1, 32, 32)),
    "AlexNet": (2012, AlexNet, (3, 224, 224)),
    "VGG-16": (2014, VGG16, (3, 224, 224)),
    "GoogLeNet": (2014, GoogLeNet, (3, 224, 224)),
    "ResNet-50": (2015, ResNet, (3, 224, 224)),
    "ConvNeXt-T": (2022, ConvNeXt, (3, 224, 224)),
}


class Milestone(NamedTuple):
    """One network.

    Parameters
    ----------
    year : int
        When it was first shown.
    parameters : int
    depth : int
        Layers that multiply by weights, along the longest path from the image to the answer.
    """

    year: int
    parameters: int
    depth: int


@cache
def milestones() -> dict[str, Milestone]:
    """Return the networks by name, the oldest first.

    Returns
    -------
    dict of str to Milestone

    >>> milestones()["VGG-16"]
    Milestone(year=2014, parameters=138357544, depth=16)
    """
    found = {}
    for name, (year, build, shape) in _NETWORKS.items():
        with torch.device("meta"):
            graph, outputs, sizes = capture(build().eval(), shape)
        longest = [0] * len(graph.nodes)
        for index, node in enumerate(graph.nodes):
            before = max((longest[edge.source] for edge in node.edges), default=0)
            longest[index] = before + (node.work.macs > 0)
        found[name] = Milestone(year, sum(sizes.values()), longest[outputs[0].node])
    return found

"""Networks as torch modules, written to be read beside their papers."""

from cnnbook.models.alexnet import AlexNet
from cnnbook.models.lenet import LeNet
from cnnbook.models.lenet5 import LeNet5

__all__ = ["AlexNet", "LeNet", "LeNet5"]

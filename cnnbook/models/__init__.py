"""Networks as torch modules, written to be read beside their papers."""

from cnnbook.models.lenet import LeNet

__all__ = ["LeNet"]

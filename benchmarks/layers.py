"""The layers that the benchmarks time: the convolutions of well-known networks, and a few hard cases."""

from __future__ import annotations

from typing import NamedTuple


class Layer(NamedTuple):
    """One convolution layer on square images: everything a call of `conv2d` needs."""

    name: str
    batch: int
    channels: int
    size: int
    kernels: int
    kernel: int
    stride: int = 1
    padding: int = 0
    groups: int = 1
    dilation: int = 1

    @property
    def options(self) -> dict[str, int]:
        """The keyword arguments of the call."""
        return {
            "stride": self.stride,
            "padding": self.padding,
            "groups": self.groups,
            "dilation": self.dilation,
        }


def _at(batches, *layers):
    return [Layer(name, batch, *shape) for name, *shape in layers for batch in batches]


LAYERS = [
    *_at((1, 256), ("LeNet C1", 1, 32, 6, 5), ("LeNet C3", 6, 14, 16, 5), ("LeNet C5", 16, 5, 120, 5)),
    *_at(
        (1, 16),
        ("AlexNet conv1", 3, 224, 64, 11, 4, 2),
        ("AlexNet conv2", 64, 27, 192, 5, 1, 2),
        ("AlexNet conv3", 192, 13, 384, 3, 1, 1),
        ("AlexNet conv4", 384, 13, 256, 3, 1, 1),
        ("AlexNet conv5", 256, 13, 256, 3, 1, 1),
    ),
    *_at(
        (1, 4),
        ("VGG-16 conv1_1", 3, 224, 64, 3, 1, 1),
        ("VGG-16 conv1_2", 64, 224, 64, 3, 1, 1),
        ("VGG-16 conv3_2", 256, 56, 256, 3, 1, 1),
        ("VGG-16 conv5_1", 512, 14, 512, 3, 1, 1),
    ),
    *_at(
        (1, 8),
        ("ResNet-50 conv1", 3, 224, 64, 7, 2, 3),
        ("ResNet-50 3x3 at 56", 64, 56, 64, 3, 1, 1),
        ("ResNet-50 3x3 at 28", 128, 28, 128, 3, 1, 1),
        ("ResNet-50 3x3 at 14", 256, 14, 256, 3, 1, 1),
        ("ResNet-50 3x3 at 7", 512, 7, 512, 3, 1, 1),
        ("ResNet-50 3x3 stride 2", 128, 56, 128, 3, 2, 1),
        ("ResNet-50 1x1 at 56, widening", 64, 56, 256, 1),
        ("ResNet-50 1x1 at 56, narrowing", 256, 56, 64, 1),
        ("ResNet-50 1x1 at 28", 512, 28, 128, 1),
        ("ResNet-50 1x1 at 14", 1024, 14, 256, 1),
        ("depthwise 3x3", 144, 56, 144, 3, 1, 1, 144),
    ),
    Layer("depthwise 31x31", 1, 128, 56, 128, 31, 1, 15, 128),
    Layer("dilated 3x3", 1, 256, 28, 256, 3, 1, 2, 1, 2),
    Layer("32 groups 3x3", 1, 128, 56, 128, 3, 1, 1, 32),
]


class Pool(NamedTuple):
    """One pooling layer on square images."""

    name: str
    kind: str
    batch: int
    channels: int
    size: int
    kernel_size: int
    stride: int
    padding: int = 0

    @property
    def options(self) -> dict[str, int]:
        """The keyword arguments of the call."""
        return {"kernel_size": self.kernel_size, "stride": self.stride, "padding": self.padding}


POOLS = [
    Pool("LeNet S2", "avg_pool2d", 256, 6, 28, 2, 2),
    Pool("LeNet S2 as maximum", "max_pool2d", 256, 6, 28, 2, 2),
    Pool("AlexNet pool1", "max_pool2d", 16, 64, 55, 3, 2),
    Pool("AlexNet pool2", "max_pool2d", 16, 192, 27, 3, 2),
    Pool("AlexNet pool5", "max_pool2d", 16, 256, 13, 3, 2),
    Pool("VGG-16 pool1", "max_pool2d", 1, 64, 224, 2, 2),
    Pool("VGG-16 pool3", "max_pool2d", 4, 256, 56, 2, 2),
    Pool("VGG-16 pool5", "max_pool2d", 4, 512, 14, 2, 2),
    Pool("ResNet-50 pool1", "max_pool2d", 8, 64, 112, 3, 2, 1),
    Pool("ResNet-50 global average", "avg_pool2d", 8, 2048, 7, 7, 7),
]

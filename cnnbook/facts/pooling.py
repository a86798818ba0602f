"""Numbers of section 2.6, pooling."""

from collections.abc import Callable

import numpy as np

from cnnbook.data import photograph
from cnnbook.facts import fact
from cnnbook.functional import avg_pool2d, conv2d, max_pool2d, pad
from cnnbook.kernels import sobel


def _changed(layer: Callable[[np.ndarray], np.ndarray]) -> float:
    """The share of a layer's outputs that change when the roof of lab plot_61 moves by one pixel."""
    roof = photograph("china")[25:153, 125:253][np.newaxis]
    return float((~np.isclose(layer(np.roll(roof, 1, axis=2)), layer(roof))).mean())


@fact("shift-max", ".0%")
def _max() -> float:
    return _changed(lambda image: max_pool2d(image, 2))


@fact("shift-average", ".0%")
def _average() -> float:
    return _changed(lambda image: avg_pool2d(image, 2))


@fact("shift-convolution", ".0%")
def _convolution() -> float:
    kernel = sobel(axis=1)[np.newaxis, np.newaxis].astype(float)
    return _changed(lambda image: conv2d(pad(image, (1, 1, 1, 1), mode="circular"), kernel, stride=2))

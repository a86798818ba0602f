"""Numbers of section 2.8, convolution versus fully connected: one layer, wired in three ways."""

import numpy as np
from torch import nn

from cnnbook.experiments.small_network import small_network
from cnnbook.facts import fact
from cnnbook.functional import conv2d
from cnnbook.kernels import laplacian, sobel
from cnnbook.summary import summarize
from cnnbook.wiring import as_matrix, wirings

_C1 = wirings((1, 32, 32), kernels=6, kernel=5)
_C5 = wirings((16, 5, 5), kernels=120, kernel=5)
_VGG = wirings((3, 224, 224), kernels=64, kernel=3, padding=1)
_BYTES = 4  # of a number in single precision


@fact("c1-dense")
def _c1_dense() -> int:
    return _C1["dense"].parameters


@fact("c1-local")
def _c1_local() -> int:
    return _C1["local"].parameters


@fact("c1-shared")
def _c1_shared() -> int:
    return _C1["shared"].parameters


@fact("c1-dense-megabytes", ".1f")
def _c1_dense_megabytes() -> float:
    return _C1["dense"].parameters * _BYTES / 1e6


@fact("c1-shared-bytes")
def _c1_shared_bytes() -> int:
    return _C1["shared"].parameters * _BYTES


@fact("vgg-first-shared")
def _vgg_first_shared() -> int:
    return _VGG["shared"].parameters


@fact("vgg-first-dense-terabytes", ".1f")
def _vgg_first_dense_terabytes() -> float:
    return _VGG["dense"].parameters * _BYTES / 1e12


@fact("c5-parameters")
def _c5_parameters() -> int:
    return _C5["shared"].parameters


def _disguised() -> np.ndarray:
    """The matrix of the lab plot_82."""
    kernels = np.zeros((2, 2, 3, 3))
    kernels[0, 0], kernels[1] = sobel(axis=1), (laplacian(), -laplacian())
    return as_matrix(lambda image: conv2d(image, kernels), (2, 6, 6))


@fact("disguise-weights")
def _disguise_weights() -> int:
    return _disguised().size


@fact("disguise-not-zero")
def _disguise_not_zero() -> int:
    return int(np.count_nonzero(_disguised()))


def _strip_macs(columns: int) -> int:
    """Multiplications of the small network on a strip, its last layer written as a convolution."""
    *maps, _flatten, _dense = small_network()
    return summarize(nn.Sequential(*maps, nn.Conv2d(8, 10, 3)), (1, 8, columns)).totals["macs"]


@fact("strip-at-once")
def _strip_at_once() -> int:
    return _strip_macs(40)


@fact("strip-in-windows")
def _strip_in_windows() -> int:
    return 17 * _strip_macs(8)

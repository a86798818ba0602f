"""Numbers of section 2.5, the details of a layer."""

from fractions import Fraction

import numpy as np

from cnnbook.arithmetic import output_length
from cnnbook.facts import fact
from cnnbook.functional import conv2d_backward


def _parameters(kernels: int, channels: int, rows: int, columns: int) -> int:
    return kernels * channels * rows * columns + kernels


@fact("details-colour-parameters")
def _colour_parameters() -> int:
    return _parameters(6, 3, 5, 5)


@fact("details-second-parameters")
def _second_parameters() -> int:
    return _parameters(16, 6, 5, 5)


@fact("details-unread")
def _unread() -> int:
    """Pixels of 6 x 6 that a 3 x 3 kernel with stride 2 never reads: their gradient is zero."""
    image, kernel, output = np.ones((1, 6, 6)), np.ones((1, 1, 3, 3)), np.ones((1, 2, 2))
    return int((conv2d_backward(output, image, kernel, stride=2)[0] == 0).sum())


@fact("details-unread-share", ".0%")
def _unread_share() -> float:
    return float(Fraction(_unread(), 36))


@fact("details-alexnet-floor")
def _alexnet_floor() -> int:
    return output_length(224, kernel=11, stride=4)


@fact("details-alexnet-ceil")
def _alexnet_ceil() -> int:
    return output_length(224, kernel=11, stride=4, ceil_mode=True)

"""Pick a method for a convolution layer."""

from __future__ import annotations

from cnnbook.functional.methods.im2col import conv2d_im2col
from cnnbook.functional.methods.loop import conv2d_loop

METHODS = {"loop": conv2d_loop, "im2col": conv2d_im2col}


def compute(input, weight, setting, method):
    """Compute a two-dimensional layer by the named method."""
    name = "im2col" if method == "auto" else method
    return METHODS[name](input, weight, *setting)

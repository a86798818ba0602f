"""
Can a fully connected layer do exactly what a convolution does?
===============================================================

It can, if its weights are right: most of them zero, the others repeated. We build them without knowing any
rule, by showing the convolution one pixel at a time.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.draw.figure import describe
from cnnbook.draw.images import show_signed, signed_colorbar
from cnnbook.draw.style import use_style
from cnnbook.functional import conv2d, linear
from cnnbook.i18n import _
from cnnbook.kernels import laplacian, sobel
from cnnbook.wiring import as_matrix

use_style()

# %%
# Two channels of 6 x 6 go in, two maps of 4 x 4 come out. The first kernel looks for upright edges in channel
# 0 and ignores channel 1; the second one takes the Laplacian of channel 0 minus that of channel 1.

kernels = np.zeros((2, 2, 3, 3))
kernels[0, 0] = sobel(axis=1)
kernels[1] = laplacian(), -laplacian()

weights = as_matrix(lambda image: conv2d(image, kernels), (2, 6, 6))

fig, ax = plt.subplots(figsize=(6.4, 4.0))
picture = show_signed(ax, weights)
ax.set(
    xlabel=_("place in the flattened input"),
    ylabel=_("place in the\nflattened output"),
    xticks=[0, 36, 71],
    yticks=[0, 16, 31],
)
signed_colorbar(picture, ax, _("weight"))
describe(
    fig,
    _(
        "A matrix of 32 rows and 72 columns, mostly white. Four blocks: upper left the diagonals of Sobel's "
        "kernel, upper right nothing, below twice the diagonals of the Laplacian with opposite signs."
    ),
)

# %%
# The same outputs, to the last bit, for any image: here one of random whole numbers.

image = np.random.default_rng(0).integers(-9, 10, (2, 6, 6)).astype(float)
dense = linear(image.reshape(1, -1), weights)
assert np.array_equal(dense, conv2d(image, kernels).reshape(1, -1))

# %%
# Of the 2304 weights 256 are not zero, and these take six values. A fully connected layer is free to choose
# all 2304. Nothing in its construction tells it to choose like this.

values = np.unique(weights[weights != 0]).tolist()
print(_("{n} of {total} weights are not zero").format(n=np.count_nonzero(weights), total=weights.size))
print(_("their values: {values}").format(values=values))
assert np.count_nonzero(weights) == 256
assert values == [-4, -2, -1, 1, 2, 4]

plt.show()

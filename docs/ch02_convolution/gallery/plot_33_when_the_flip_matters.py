"""
When does it matter that a kernel is flipped?
=============================================

Convolution turns the kernel half a turn before it slides; cross-correlation lays it on as it is.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.convolution import convolve, correlate
from cnnbook.data import photograph
from cnnbook.draw.figure import describe
from cnnbook.draw.grid import draw_grid, sheet
from cnnbook.draw.images import show_image
from cnnbook.draw.style import BLUE, SIGNED, SOFT_BLUE, use_style
from cnnbook.i18n import _
from cnnbook.kernels import emboss, gaussian, sobel

use_style()

# %%
# The simplest image has one bright pixel. Convolution prints the kernel there, just as it is written.
# Cross-correlation prints it upside down and back to front.

pixel = np.zeros((5, 5), int)
pixel[2, 2] = 1

kernel, signed = emboss(), {"cmap": SIGNED, "limits": (-2, 2)}
printed, turned = convolve(pixel, kernel, mode="same"), correlate(pixel, kernel, mode="same")

fig, ax = sheet(12.4, 11.4, width=5.2)
draw_grid(ax, pixel, at=(1, 0.1), title=_("input"), color=BLUE, face=SOFT_BLUE)
draw_grid(ax, kernel, at=(2, 7.2), title=_("kernel"), **signed)
draw_grid(ax, printed, at=(7.2, 0.1), title=_("convolution"), **signed)
draw_grid(ax, turned, at=(7.2, 6.2), title=_("cross-correlation"), **signed)
describe(
    fig,
    _(
        "An image with a single one, the emboss kernel, and two outputs: the convolution shows the kernel "
        "as written, the cross-correlation shows it turned by half a turn."
    ),
)

# %%
# On a photograph the emboss kernel acts like a lamp at the upper left. Flipped, the lamp stands at the lower
# right, and many people see dents in place of petals.

flower = photograph("flower")[100:260, 225:385]
raised, sunken = correlate(flower, emboss(), mode="valid"), convolve(flower, emboss(), mode="valid")
limits = min(raised.min(), sunken.min()), max(raised.max(), sunken.max())

fig, axes = plt.subplots(1, 2, figsize=(5.4, 2.95))
show_image(axes[0], raised, limits=limits, title=_("cross-correlation"))
show_image(axes[1], sunken, limits=limits, title=_("convolution"))
describe(
    fig,
    _(
        "A dahlia embossed twice with the same kernel. With cross-correlation the petals are lit from "
        "the upper left, with convolution from the lower right."
    ),
)

# %%
# Three kernels, three answers. The Gaussian looks the same after half a turn: nothing changes. Sobel's turns
# into its own negative: the sign changes. The emboss kernel does neither: the picture changes.

assert np.allclose(convolve(flower, gaussian(5, 1)), correlate(flower, gaussian(5, 1)))
assert np.allclose(convolve(flower, sobel(axis=1)), -correlate(flower, sobel(axis=1)))
assert not np.allclose(np.abs(raised), np.abs(sunken))

plt.show()

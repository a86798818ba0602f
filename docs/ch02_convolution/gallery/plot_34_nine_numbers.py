"""
What can nine numbers do to a photograph?
=========================================

The same loop eight times. Only the nine numbers change.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.convolution import correlate
from cnnbook.data import photograph
from cnnbook.draw.figure import describe
from cnnbook.draw.images import show_image, show_kernel, show_signed
from cnnbook.draw.style import use_style
from cnnbook.i18n import _
from cnnbook.kernels import emboss, gaussian, identity, laplacian, prewitt, sharpen, sobel

use_style()

# %%
# The photograph is a dahlia, made slightly soft so that there is something to sharpen. Each kernel lies on it
# as it is printed here (cross-correlation). These four kernels have numbers that add up to one, after the
# division: flat areas stay as they are. Where an output leaves the range from black to white, its greys are
# stretched; nothing is cut off.

flower = correlate(photograph("flower")[138:242, 253:357], gaussian(5, sigma=0.7), mode="valid")
greys = {
    _("unchanged"): identity(),
    _("average (÷ 9)"): np.ones((3, 3), int),
    _("sharpen"): sharpen(),
    _("emboss"): emboss(),
}
fig, axes = plt.subplots(4, 2, figsize=(4.8, 8), height_ratios=(1, 2, 1, 2))
places = zip(axes[::2].flat, axes[1::2].flat, strict=True)
for (above, below), (name, kernel) in zip(places, greys.items(), strict=True):
    output = correlate(flower, kernel / kernel.sum(), mode="valid")
    show_kernel(above, kernel, title=name)
    show_image(below, output, limits=(min(0, output.min()), max(1, output.max())))
describe(fig, _("Four kernels, and under each a dahlia: unchanged, blurred, sharpened, embossed."))

# %%
# These four have numbers that add up to zero: on flat areas they answer zero, drawn white. Along an edge the
# answer has a sign: orange positive, blue negative.

edges = {
    _("Sobel, sideways"): sobel(axis=1),
    _("Sobel, downwards"): sobel(axis=0),
    _("Prewitt, downwards"): prewitt(axis=0),
    _("Laplacian"): laplacian(),
}
fig, axes = plt.subplots(4, 2, figsize=(4.8, 8), height_ratios=(1, 2, 1, 2))
places = zip(axes[::2].flat, axes[1::2].flat, strict=True)
for (above, below), (name, kernel) in zip(places, edges.items(), strict=True):
    show_kernel(above, kernel, title=name)
    show_signed(below, correlate(flower, kernel, mode="valid"))
describe(
    fig,
    _(
        "Four edge kernels, and under each its answer on the dahlia in blue and orange: upright edges, "
        "level edges twice, and edges of every direction."
    ),
)

# %%
# Sharpening overshoots: it makes pixels darker than black and brighter than white.

sharp = correlate(flower, sharpen(), mode="valid")
print(_("before: {low:.2f} to {high:.2f}").format(low=flower.min(), high=flower.max()))
print(_("after sharpening: {low:.2f} to {high:.2f}").format(low=sharp.min(), high=sharp.max()))
assert sharp.min() < 0 <= flower.min()
assert flower.max() <= 1 < sharp.max()

plt.show()

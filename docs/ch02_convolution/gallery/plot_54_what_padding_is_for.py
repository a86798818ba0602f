"""
What are the zeros around an image good for?
============================================

Without them a layer shrinks its image, and the pixels at the border hardly count.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.arithmetic import output_length
from cnnbook.draw.curves import draw_curve
from cnnbook.draw.figure import describe
from cnnbook.draw.grid import draw_grid, sheet
from cnnbook.draw.style import AMOUNT, BLUE, GREEN, ORANGE, use_style
from cnnbook.functional import conv2d_backward
from cnnbook.i18n import _

use_style()

# %%
# In how many windows of a 3 x 3 kernel does each pixel of a 6 x 6 image take part? With a kernel of ones, the
# gradient with respect to the input counts them.

image, ones = np.ones((1, 6, 6)), np.ones((1, 1, 3, 3))
counts = {}
for padding, size in ((0, 4), (1, 6)):
    gradient = conv2d_backward(np.ones((1, size, size)), image, ones, padding=padding)[0][0]
    counts[padding] = gradient.astype(int)

fig, ax = sheet(7.4, 14)
for left, (padding, table) in zip((0.7, 7.3), counts.items(), strict=True):
    title = _("padding {p}").format(p=padding)
    draw_grid(ax, table, at=(1.1, left), title=title, cmap=AMOUNT, limits=(0, 12))
describe(
    fig,
    _(
        "Two grids of six by six counts. Without padding they fall from 9 in the middle to 1 in the corners, "
        "with a padding of 1 from 9 to 4."
    ),
)

# %%
# And how does the image shrink from layer to layer? A kernel of 5 takes four rows each time.

sizes = {(5, 0): [28], (3, 0): [28], (5, 2): [28]}
for (kernel, padding), rows in sizes.items():
    while len(rows) < 11 and rows[-1] + 2 * padding >= kernel:
        rows.append(output_length(rows[-1], kernel, padding=padding))

fig, ax = plt.subplots(figsize=(5.4, 3.5))
places = {(5, 0): (1.9, 9), (3, 0): (8.3, 17), (5, 2): (5, 29.6)}
for ((kernel, padding), rows), color in zip(sizes.items(), (ORANGE, GREEN, BLUE), strict=True):
    name = _("kernel {k}, padding {p}").format(k=kernel, p=padding)
    draw_curve(ax, np.arange(len(rows)), rows, color=color, name=name, at=places[kernel, padding], marker="o")
ax.set(xlabel=_("layers"), ylabel=_("rows"), ylim=(0, 31), xticks=range(11))
describe(
    fig,
    _(
        "Rows of an image of 28 through ten layers: with kernels of 5 they end at 4 after six layers, with "
        "kernels of 3 they fall to 8, with padding they stay 28."
    ),
)

# %%
# After six layers with kernels of 5 there are four rows left, and a seventh layer has no room.

assert sizes[5, 0] == [28, 24, 20, 16, 12, 8, 4]
assert sizes[5, 2] == [28] * 11

plt.show()

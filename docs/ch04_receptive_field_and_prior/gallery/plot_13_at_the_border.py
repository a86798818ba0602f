"""
How many of the pixels that a unit could see are there?
=======================================================

A receptive field may stick out of the image. What it finds outside is padding, and padding is zero.
"""

import matplotlib.pyplot as plt
import numpy as np
import torch

from cnnbook.data import photograph
from cnnbook.draw.figure import describe
from cnnbook.draw.grid import draw_grid, sheet
from cnnbook.draw.images import show_image
from cnnbook.draw.receptive_field import draw_region
from cnnbook.draw.style import AMOUNT, BLUE, GREEN, INK, ORANGE, use_style
from cnnbook.i18n import _
from cnnbook.models.vgg import VGG16
from cnnbook.receptive_field import analyze

use_style()

# %%
# The last pooling of VGG-16 has 7 x 7 units, and each of them could see 212 x 212 pixels. Here are three of
# them on an image of 224 x 224.

with torch.device("meta"):
    field = analyze(VGG16(), (3, 224, 224), output="features.pool5")
fig, ax = plt.subplots(figsize=(5.4, 5.4))
show_image(ax, photograph("china")[60:284, 160:384])
for unit, color in (((0, 0), ORANGE), ((3, 3), BLUE), ((6, 4), GREEN)):
    draw_region(ax, field.region(unit, clip=False), color=color)
    row, column = field.center(unit)
    ax.plot(column, row, "o", color=color, markeredgecolor=INK)
ax.set(xlim=(-95, 319), ylim=(319, -95))
describe(fig, _("A photograph with three square frames of equal size: one fits inside, two stick out far."))

# %%
# The share of real pixels, for all 49 units.

share = np.zeros(field.units)
for unit in np.ndindex(share.shape):
    seen = [last - first + 1 for first, last in field.region(unit)]
    share[unit] = np.prod(seen) / np.prod(field.size)
fig, ax = sheet(7.2, 7.2, width=4.6)
percent = np.round(100 * share).astype(int)
draw_grid(ax, percent, at=(0.1, 0.1), cmap=AMOUNT, limits=(0, 100))
describe(fig, _("Seven by seven percentages: 100 in the middle cell only, 33 in the corners."))

# %%
# The surprise: one unit of 49 sees as much as the table of receptive fields promises. A corner unit sees a
# third.

assert (share == 1).sum() == 1
assert percent[0, 0] == 33

plt.show()

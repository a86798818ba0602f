"""
How small may a digit become?
=============================

Of each block of pixels one number is left: the mean, or the pixel in the upper left corner.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.data import digits, enlarge
from cnnbook.draw.figure import describe
from cnnbook.draw.images import show_image
from cnnbook.draw.spread import draw_level, draw_range
from cnnbook.draw.style import BLUE, ORANGE, use_style
from cnnbook.experiments.why import subsample
from cnnbook.i18n import _
from cnnbook.results import results

use_style()

# %%
# A digit of 8 x 8, and what is left of it with blocks of 2 and of 4. All are drawn to the same size.

image = digits()[1].images[3]
fig, axes = plt.subplots(2, 3, figsize=(5.2, 3.9))
for row, how, name in zip(axes, ("mean", "first"), (_("means"), _("one pixel")), strict=True):
    for ax, factor in zip(row, (1, 2, 4), strict=True):
        left = enlarge(subsample(image, factor, how), factor)[0]
        show_image(ax, 1 - left, title=f"{8 // factor} × {8 // factor}")
    row[0].set_ylabel(name)
describe(fig, _("A digit of 8 by 8 pixels, of 4 by 4 and of 2 by 2, by means and by single pixels."))

# %%
# Measured by ``python -m benchmarks.why`` on MNIST, whose digits have 28 x 28 pixels: three random starts for
# each size. The network is the same; only its last layer has fewer inputs when there are fewer pixels.

measured = results("why")["smaller"]
sides = [28 // int(factor) for factor in measured["mean"]]
fig, ax = plt.subplots()
looks = (("mean", _("means"), BLUE, (5.4, 0.96)), ("first", _("one pixel"), ORANGE, (9.5, 0.6)))
for how, name, color, at in looks:
    draw_range(ax, sides, list(zip(*measured[how].values(), strict=True)), color=color, name=name, at=at)
draw_level(ax, 0.1, _("guessing"))
ax.set(xscale="log", ylim=(0, 1.1), xlabel=_("rows and columns left"), ylabel=_("read correctly"))
ax.set_xticks(sides, sides)
ax.minorticks_off()
ax.yaxis.set_major_formatter("{x:.0%}")
describe(
    fig,
    _(
        "Share of digits read correctly against the size left, from 2 to 28 pixels. With means it stays "
        "above 90 % down to 7 pixels; with single pixels it falls earlier."
    ),
)

# %%
# A surprise: with half of the rows and columns, nothing is lost at all.

mean = {how: {int(factor): np.mean(runs) for factor, runs in runs.items()} for how, runs in measured.items()}
assert mean["mean"][2] > mean["mean"][1] - 0.01
assert mean["mean"][4] > 0.9
assert all(mean["mean"][factor] > mean["first"][factor] for factor in (2, 4, 7, 14))

plt.show()

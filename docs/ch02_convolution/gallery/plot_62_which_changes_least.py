"""
Which pooling changes least?
============================

One photograph proves little. Cut two of them into 120 pictures, move each by one pixel, and compare.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.draw.figure import describe
from cnnbook.draw.grid import draw_grid, sheet, write
from cnnbook.draw.spread import draw_range
from cnnbook.draw.style import BLUE, GREEN, MUTED, ORANGE, SOFT_BLUE, SOFT_GREEN, use_style
from cnnbook.experiments.pooling import change, changed
from cnnbook.functional import max_pool2d
from cnnbook.i18n import _

use_style()

# %%
# First eight numbers, to be done by hand. Their ends meet, and the windows take two by two of them. By two
# places: the same maxima, moved by one. By one place: the pairs are others, and so are the maxima.

row = np.array([1, 3, 2, 0, 4, 4, 0, 1])
names = (_("as it was"), _("moved by 1"), _("moved by 2"))
pooled = []
fig, ax = sheet(10.4, 10.4, width=5.6)
for by, name in enumerate(names):
    moved = np.roll(row, by)
    pooled.append(max_pool2d(np.stack([moved, moved])[np.newaxis] * 1.0, 2)[0, 0].astype(int))
    draw_grid(ax, [moved], at=(0.9 + 3.4 * by, 0.2), title=name, color=BLUE, face=SOFT_BLUE)
    for place, largest in enumerate(pooled[-1]):
        at = (2.1 + 3.4 * by, 0.7 + 2 * place)
        draw_grid(ax, [[largest]], at=at, color=GREEN, face=SOFT_GREEN)
write(ax, 2.6, 9.2, _("maxima"), color=GREEN)
describe(
    fig,
    _(
        "A row of eight numbers and the maxima of its pairs: 3, 2, 4, 1. Moved by one place the maxima are "
        "1, 3, 4, 4; moved by two they are 1, 3, 2, 4, the first ones one place further."
    ),
)
assert [maxima.tolist() for maxima in pooled] == [[3, 2, 4, 1], [1, 3, 4, 4], [1, 3, 2, 4]]

# %%
# Now 120 pictures. Each dot is one of them, moved by one pixel. On the left, **how many** outputs changed; on
# the right, **how much** they changed, measured by the spread of all outputs.

panels = {
    _("how many outputs change"): [changed(layer, 1) for layer in ("max", "average")],
    _("by how much"): [change(layer, 1) for layer in ("max", "average")],
}
fig, axes = plt.subplots(1, 2, figsize=(6.4, 3.7))
for ax, (title, (by_maximum, by_average)) in zip(axes, panels.items(), strict=True):
    ax.axline((0, 0), slope=1, color=MUTED, linestyle=":", linewidth=1.5)
    ax.plot(by_maximum, by_average, "o", color=GREEN, markersize=4, alpha=0.5)
    ax.set(xlim=(0, 1.05), ylim=(0, 1.05), aspect="equal", title=title)
    ax.set(xlabel=_("max pooling"), ylabel=_("average pooling"))
describe(
    fig,
    _(
        "Two clouds of 120 dots, max pooling against average pooling. Of the outputs that change, average "
        "pooling has more in every picture; of the amount of change, max pooling has more in most of them."
    ),
)

# %%
# And by more than one pixel: mean of all pictures, the bars from the smallest to the largest share. Where a
# convolution stands before the pooling, and zeros stand around the picture, not even even moves are exact.

moves = np.arange(1, 7)
fig, ax = plt.subplots(figsize=(6.4, 3.8))
looks = (
    ("max", "ring", _("pooling, ends meet"), GREEN, -0.08),
    ("both", "zeros", _("convolution and pooling, zeros around"), ORANGE, 0.08),
)
for place, (layer, border, name, color, aside) in enumerate(looks):
    shares = np.transpose([changed(layer, by, border) for by in moves])
    draw_range(ax, moves + aside, shares, color=color, name=name, at=(3.5, 1.12 - 0.12 * place), linestyle="")
ax.set(ylim=(-0.03, 1.2), yticks=[0, 0.5, 1], xlabel=_("columns moved"), ylabel=_("outputs that change"))
ax.yaxis.set_major_formatter("{x:.0%}")
describe(
    fig,
    _(
        "Outputs that change against the columns moved. At odd moves more than half; at even ones none where "
        "the ends meet, and a few of the last column where zeros stand around."
    ),
)

# %%
# A surprise: the two poolings change places. Max pooling keeps more of its outputs, but those that it does
# not keep jump further.

many, much = panels.values()
assert (many[0] < many[1]).mean() > 0.9
assert (much[0] > much[1]).mean() > 0.75
assert not any(changed("max", by).any() for by in (2, 4, 6))
assert all(0 < changed("both", by, "zeros").mean() < 0.1 for by in (2, 4, 6))

plt.show()

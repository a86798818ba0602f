"""
Taught on the left, asked on the right: who can still read?
===========================================================

Digits stand at the left end of a strip while four networks learn them. Then unseen digits move to the right,
column by column.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.data import digits
from cnnbook.draw.figure import describe
from cnnbook.draw.images import show_image
from cnnbook.draw.spread import draw_level, draw_range
from cnnbook.draw.style import BLUE, GREEN, ORANGE, PURPLE, use_style
from cnnbook.experiments.why import at_column
from cnnbook.i18n import _
from cnnbook.results import results

use_style()

# %%
# The strip has 8 rows and 16 columns, and a digit takes 8 of them. Its ends meet, so that there is no border.

held_out = digits()[1]
fig, axes = plt.subplots(3, 1, figsize=(3.6, 5.7))
for ax, column in zip(axes, (0, 2, 8), strict=True):
    strip = at_column(held_out, column).images[3, 0]
    show_image(ax, 1 - strip, title=_("moved by {columns}").format(columns=column))
describe(fig, _("A handwritten digit on a strip: at its left end, two columns further, at its right end."))

# %%
# Measured by ``python -m benchmarks.why``: five random starts for each network.

measured = results("why")["moved"]
moves = np.arange(9)
looks = {
    "dense": (_("dense"), BLUE, (5, 0.74)),
    "local": (_("windows with their own weights"), PURPLE, (5, 0.62)),
    "flatten": (_("shared weights, places kept"), ORANGE, (5, 0.5)),
    "forget": (_("shared weights, places forgotten"), GREEN, (5, 1.02)),
}
fig, ax = plt.subplots(figsize=(6.4, 4.4))
for kind, (name, color, at) in looks.items():
    draw_range(ax, moves, measured[kind], color=color, name=name, at=at)
draw_level(ax, 0.1, _("guessing"))
ax.set(ylim=(0, 1.1), xlim=(-0.4, 9.7), xlabel=_("columns moved"), ylabel=_("read correctly"))
ax.yaxis.set_major_formatter("{x:.0%}")
describe(
    fig,
    _(
        "Share of digits read correctly against the columns moved. Three curves fall from nearly all to half "
        "at one column and to guessing at two. The fourth, of shared weights with places forgotten, is level."
    ),
)

# %%
# Now the dense network is shown every digit at both ends of the strip.

both = results("why")["moved_from_both_ends"]["dense"]
fig, ax = plt.subplots(figsize=(6.4, 3.6))
draw_range(ax, moves, both, color=BLUE, name=_("dense, taught at both ends"), at=(4, 0.74))
draw_level(ax, 0.1, _("guessing"))
ax.set(ylim=(0, 1.1), xlim=(-0.4, 9.7), xlabel=_("columns moved"), ylabel=_("read correctly"))
ax.yaxis.set_major_formatter("{x:.0%}")
describe(fig, _("Nearly all digits are read at moves of 0 and 8, and hardly any between."))

# %%
# A surprise: shared weights alone do not help. Whoever keeps the map gives each of its places to another
# weight of the last layer, and these have never seen a digit elsewhere.

mean = {kind: np.mean(runs, axis=0) for kind, runs in measured.items()}
assert all(mean[kind][0] > 0.95 > 0.25 > mean[kind][2] for kind in ("dense", "local", "flatten"))
assert np.ptp(measured["forget"], axis=1).max() == 0
assert np.mean(both, axis=0)[[0, 8]].min() > 0.95 > 0.3 > np.mean(both, axis=0)[2:7].max()

plt.show()

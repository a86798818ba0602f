"""
In which half does the digit stand?
===================================

Nothing could be easier, but not for a network that forgets places. It needs an edge to hold on to.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.data import digits
from cnnbook.draw.figure import describe
from cnnbook.draw.images import show_image
from cnnbook.draw.spread import draw_runs
from cnnbook.draw.style import GREEN, ORANGE, use_style
from cnnbook.experiments.why import at_column
from cnnbook.i18n import _
from cnnbook.results import results

use_style()

# %%
# Three kinds of edge. The ends of the strip meet; or zeros stand around it, and zero is the paper; or zeros
# stand around it, and zero is the ink.

frames = {
    "forget": _("ends meet"),
    "white frame": _("zeros around, zero is paper"),
    "black frame": _("zeros around, zero is ink"),
}
strip = at_column(digits()[1], 8).images[3, 0]
around = np.pad(strip, 2)
seen = {
    "forget": 1 - strip,
    "white frame": 1 - around,
    "black frame": np.pad(1 - strip, 2),
}
fig, axes = plt.subplots(3, 1, figsize=(3.8, 6.4))
for ax, (kind, title) in zip(axes, frames.items(), strict=True):
    show_image(ax, seen[kind], title=title)
describe(fig, _("One digit in the right half, three times: without a frame, in a white and in a black one."))

# %%
# All three are read by windows of 5 x 5 with shared weights, and of each map only the largest value is kept.
# The first network keeps the whole map instead. Five random starts each.

measured = results("why")["which_half"]
names = (
    _("places kept"),
    _("forgotten,\nends meet"),
    _("forgotten,\nwhite frame"),
    _("forgotten,\nblack frame"),
)
runs = dict(zip(names, (measured[kind] for kind in ("flatten", *frames)), strict=True))
fig, ax = plt.subplots(figsize=(6.4, 4.2))
draw_runs(ax, runs, colors=[ORANGE, GREEN, GREEN, GREEN], guess=(0.5, _("guessing")))
ax.set(ylim=(0, 1.08), ylabel=_("half named correctly"))
describe(
    fig,
    _(
        "Half named correctly: always, if places are kept; exactly half of the time, if they are forgotten "
        "and the ends meet; a little more often in a white frame; nearly always in a black frame."
    ),
)

# %%
# A surprise: padding, put there to keep maps from shrinking, tells the network where things are.

assert set(measured["flatten"]) == {1}
assert set(measured["forget"]) == {0.5}
assert 0.5 < np.mean(measured["white frame"]) < 0.7
assert min(measured["black frame"]) > 0.9

plt.show()

"""
Do overlapping windows read better?
===================================

Windows of two by two stand side by side; windows of three by three with the same stride overlap. The same
network learns with either, with averages, and without any pooling.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.draw.figure import describe
from cnnbook.draw.spread import draw_range, draw_runs
from cnnbook.draw.style import BLUE, GREEN, ORANGE, PURPLE, use_style
from cnnbook.experiments.pooling import MOVES
from cnnbook.i18n import _
from cnnbook.results import results

use_style()

# %%
# Measured by ``python -m benchmarks.pooling``: a small network learns 6,000 of MNIST's digits and reads the
# 10,000 test digits. Two convolutions, each followed by a layer that halves rows and columns; only that layer
# differs. The last of the four keeps one number of each window and looks at no other. Five random starts
# each.

measured = results("pooling")
looks = {
    "max 3": (_("maximum 3 × 3"), BLUE, (3.3, 1.01)),
    "max 2": (_("maximum 2 × 2"), GREEN, (0.8, 0.64)),
    "average 2": (_("average 2 × 2"), ORANGE, (0.8, 0.53)),
    "first": (_("one of 2 × 2"), PURPLE, (0.8, 0.42)),
}
wrong = {kind: [1 - run["right"][0] for run in measured[kind]] for kind in looks}
groups = {name.replace(" ", "\n", 1): wrong[kind] for kind, (name, _color, _at) in looks.items()}
fig, ax = plt.subplots(figsize=(6.4, 3.8))
draw_runs(ax, groups, colors=[color for _name, color, _at in looks.values()], spec=".1%")
ax.set(ylim=(0, 0.035), yticks=[0, 0.01, 0.02, 0.03], ylabel=_("read wrongly"))
describe(
    fig,
    _(
        "Test digits read wrongly: fewest with maxima of 3 by 3, then maxima of 2 by 2, averages of 2 by 2, "
        "and most without pooling. The groups do not mix much."
    ),
)

# %%
# Then the test digits move to the right. No network has seen this while it learned.

fig, ax = plt.subplots(figsize=(6.4, 4))
for kind, (name, color, at) in looks.items():
    draw_range(ax, MOVES, [run["right"] for run in measured[kind]], color=color, name=name, at=at)
ax.set(xlabel=_("columns moved"), ylabel=_("read correctly"), ylim=(0, 1.08), xticks=list(MOVES))
ax.yaxis.set_major_formatter("{x:.0%}")
describe(
    fig,
    _(
        "Digits read correctly against the columns moved, from 0 to 4. All four curves fall: slowest with "
        "maxima of 3 by 3, fastest without pooling, where half is left at four columns."
    ),
)

# %%
# A surprise: from each of the five starts the larger windows win, by a little in place and by a lot when the
# digit has moved. But no pooling makes the network indifferent.

pairs = list(zip(wrong["max 3"], wrong["max 2"], strict=True))
assert all(larger < smaller for larger, smaller in pairs)
right = {kind: np.mean([run["right"] for run in measured[kind]], axis=0) for kind in looks}
assert all(right["max 3"] > right["max 2"])
assert all(right["max 2"] > right["average 2"])
assert all(right["average 2"] > right["first"])
assert right["max 3"][4] < 0.8

plt.show()

"""
How many detectors does one pattern need?
=========================================

A row of numbers with a small pattern in it, three times, each time elsewhere. One unit of a dense layer looks
for the pattern, and one kernel.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.draw.figure import describe
from cnnbook.draw.grid import draw_grid, sheet
from cnnbook.draw.style import BLUE, GREEN, ORANGE, SOFT_BLUE, SOFT_GREEN, SOFT_ORANGE, use_style
from cnnbook.functional import conv1d
from cnnbook.i18n import _

use_style()

# %%
# The pattern is 1, 3, 1. It stands at the beginning, in the middle, near the end.

pattern = np.array([1, 3, 1])
rows = np.zeros((3, 10), int)
for row, place in enumerate((0, 3, 6)):
    rows[row, place : place + 3] = pattern

# %%
# The dense unit has a weight for every place and knows the pattern at the first one. The kernel is the
# pattern alone; it slides, and the largest number of its map is the answer.

unit = np.zeros(10, int)
unit[:3] = pattern
answers = rows @ unit
maps = conv1d(rows[:, np.newaxis].astype(float), pattern[np.newaxis, np.newaxis].astype(float))[:, 0]

fig, ax = sheet(14.4, 14)
draw_grid(ax, [unit], at=(1, 0.3), title=_("weights of a dense unit"), color=ORANGE, face=SOFT_ORANGE)
draw_grid(ax, rows, at=(3.2, 0.3), title=_("input"), color=BLUE, face=SOFT_BLUE)
draw_grid(ax, answers[:, None], at=(3.2, 12), title=_("answer"), color=GREEN, face=SOFT_GREEN)
draw_grid(ax, [pattern], at=(8.6, 0.3), title=_("kernel"), color=ORANGE, face=SOFT_ORANGE)
draw_grid(ax, maps, at=(10.8, 0.3), title=_("map"), color=GREEN, face=SOFT_GREEN)
draw_grid(ax, maps.max(axis=1)[:, None], at=(10.8, 12), title=_("largest"), color=GREEN, face=SOFT_GREEN)
describe(
    fig,
    _(
        "A pattern 1, 3, 1 at three places of a row of ten. A dense unit answers 11, 0 and 0. A kernel gives "
        "a map whose 11 stands where the pattern stands; the largest number is 11 each time."
    ),
)

# %%
# Three places, three dense units. A surprise in the maps: the 11 brings its neighbours along, 6 and 1 on
# either side. The whole map moves, not only its peak.

assert answers.tolist() == [11, 0, 0]
assert maps.max(axis=1).tolist() == [11, 11, 11]
assert maps.argmax(axis=1).tolist() == [0, 3, 6]
assert maps[1, 1:6].tolist() == [1, 6, 11, 6, 1]

plt.show()

"""
What does a small window never see?
===================================

Two dots, four columns apart: in the same row, or one two rows lower? No window that holds one dot can tell.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.draw.figure import describe
from cnnbook.draw.grid import draw_grid, sheet
from cnnbook.draw.network import INK_ON_PAPER
from cnnbook.draw.spread import draw_level, draw_range
from cnnbook.draw.style import BLUE, ORANGE, use_style
from cnnbook.experiments.why import two_dots
from cnnbook.i18n import _
from cnnbook.results import results

use_style()

# %%
# One image of each kind. Rows and columns go on at the other end, so that there is no border to go by.

images, labels = two_dots()[0]
fig, ax = sheet(9.4, 17.6)
for number, title in enumerate((_("same row"), _("two rows lower"))):
    image = images[np.flatnonzero(labels == number)[0], 0]
    ink = np.where(image > 0, 1, 0)
    draw_grid(ax, ink, at=(1.2, 0.3 + 9 * number), title=title, color=BLUE, cmap=INK_ON_PAPER, limits=(0, 1))
describe(fig, _("Two pictures of 8 by 8 pixels with two dots each: in one row, and two rows apart."))

# %%
# The share of unseen images that is told apart, five random starts for each window.

measured = results("why")["far_apart"]
fig, ax = plt.subplots()
draw_range(ax, [int(size) for size in measured], list(zip(*measured.values(), strict=True)), color=ORANGE)
draw_level(ax, 0.5, _("guessing"))
ax.set(ylim=(0, 1.1), xlabel=_("rows and columns of the window"), ylabel=_("told apart"))
ax.yaxis.set_major_formatter("{x:.0%}")
describe(fig, _("Half of the images up to a window of 4, all of them from a window of 5."))

# %%
# Not nearly half: exactly half, in every run. Windows of up to four pixels see the same in both kinds.

assert all(run == 0.5 for size in "1234" for run in measured[size])
assert all(run == 1 for size in "567" for run in measured[size])

plt.show()

"""
Where does the slow wave come from?
===================================

Keep every second value of a fast wave. What is left is a wave too, and a slower one.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.data import photograph
from cnnbook.draw.curves import draw_curve, draw_stems
from cnnbook.draw.figure import describe
from cnnbook.draw.images import show_image
from cnnbook.draw.style import BLUE, GREEN, ORANGE, use_style
from cnnbook.experiments.why import subsample
from cnnbook.i18n import _

use_style()

# %%
# Sixteen places, and a wave with six periods. Every second value is kept: eight of them. A wave with two
# periods passes through the same eight points.

fine = np.linspace(0, 16, 400)
kept = np.arange(0, 16, 2)
fast, slow = (np.cos(2 * np.pi * periods * fine / 16) for periods in (6, 2))
fig, ax = plt.subplots(figsize=(6.4, 3.2))
draw_curve(ax, fine, fast, color=BLUE)
draw_curve(ax, fine, slow, color=ORANGE)
draw_stems(ax, kept, np.cos(2 * np.pi * 6 * kept / 16), color=GREEN)
ax.set(xlabel=_("place"), ylim=(-1.2, 1.2))
describe(fig, _("A fast wave in blue, a slow one in orange, and eight points in green that lie on both."))

# %%
# In a photograph: every fourth pixel of a roof, and the mean of every block of four by four.

roof = photograph("china")[25:153, 125:253]
fig, axes = plt.subplots(1, 3, figsize=(6.4, 2.5))
show_image(axes[0], roof, title=_("all pixels"))
for ax, how, title in zip(axes[1:], ("first", "mean"), (_("every fourth"), _("means")), strict=True):
    show_image(ax, subsample(roof, 4, how), title=title)
describe(fig, _("A roof, its every fourth pixel with jagged edges, and its means with smooth ones."))

# %%
# A surprise: nothing at the eight points says which of the two waves it was. No later layer can find out.

np.testing.assert_allclose(np.cos(2 * np.pi * 6 * kept / 16), np.cos(2 * np.pi * 2 * kept / 16), atol=1e-12)
rough, smooth = (np.abs(np.diff(subsample(roof, 4, how), axis=1)).mean() for how in ("first", "mean"))
assert rough > 1.2 * smooth

plt.show()

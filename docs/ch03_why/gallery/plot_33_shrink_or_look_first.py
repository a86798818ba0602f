"""
Shrink first or look first?
===========================

Fine stripes, upright or level. One network takes means and then looks, the other looks and then takes means.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.draw.figure import describe
from cnnbook.draw.images import show_image
from cnnbook.draw.spread import draw_runs
from cnnbook.draw.style import BLUE, ORANGE, use_style
from cnnbook.experiments.why import stripes, subsample
from cnnbook.i18n import _
from cnnbook.results import results

use_style()

# %%
# Stripes of one pixel. The mean of 2 x 2 pixels is the same everywhere, and for both kinds.

images, labels = stripes()[0]
pairs = [images[np.flatnonzero(labels == kind)[0], 0] for kind in (0, 1)]
fig, axes = plt.subplots(2, 2, figsize=(4.2, 4.6))
for column, image, title in zip(axes.T, pairs, (_("upright"), _("level")), strict=True):
    show_image(column[0], image, title=title)
    show_image(column[1], subsample(image, 2, "mean"))
axes[0, 0].set_ylabel(_("before"))
axes[1, 0].set_ylabel(_("means"))
describe(
    fig, _("Upright and level stripes of one pixel; below each of them, after taking means, an even grey.")
)

# %%
# Measured by ``python -m benchmarks.why``: five random starts each.

measured = results("why")["stripes"]
fig, ax = plt.subplots(figsize=(5, 3.6))
runs = {_("look first"): measured["look first"], _("shrink first"): measured["shrink first"]}
draw_runs(ax, runs, colors=[BLUE, ORANGE], guess=(0.5, _("guessing")))
ax.set(ylim=(0, 1.08), xlim=(-0.5, 2.3), ylabel=_("told apart"))
describe(fig, _("All stripes are told apart by looking first, exactly half of them by shrinking first."))

# %%
# A surprise: the two networks have the same layers, in another order.

assert all(np.ptp(subsample(image, 2, "mean")) < 1e-6 for image in pairs)
assert set(measured["look first"]) == {1}
assert set(measured["shrink first"]) == {0.5}

plt.show()

"""
How much data does it take to change a mind?
============================================

Three observers look at the same data. They differ only in what they believed before.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.draw.bars import draw_bars
from cnnbook.draw.curves import draw_curve
from cnnbook.draw.figure import describe
from cnnbook.draw.style import BLUE, GREEN, ORANGE, PURPLE, use_style
from cnnbook.i18n import _

use_style()

# %%
# A weight is 0, 1 or 2. The first observer has no preference, the second is fairly sure of 0, the third is
# certain of it. Then data come in that are one, three and six times as likely if the weight is 0, 1 and 2.

priors = {
    _("weak"): np.array([1, 1, 1]) / 3,
    _("strong"): np.array([8, 1, 1]) / 10,
    _("infinitely strong"): np.array([1, 0, 0]) / 1,
}
likelihood = np.array([1, 3, 6]) / 10
fig, axes = plt.subplots(3, 3, figsize=(5.6, 5.4), sharey=True)
for row, (name, prior) in zip(axes, priors.items(), strict=True):
    posterior = prior * likelihood / (prior @ likelihood)
    some = prior[prior > 0]
    bits = abs(some @ np.log2(some))
    for ax, values, color in zip(row, (prior, likelihood, posterior), (BLUE, ORANGE, GREEN), strict=True):
        draw_bars(ax, dict(enumerate(values)), color=color)
        ax.set(ylim=(0, 1), yticks=[0, 1])
    row[0].set_ylabel(name)
    row[0].text(2.4, 0.85, _("{bits:.2f} bits").format(bits=bits), ha="right", color=BLUE)
for ax, title, color in zip(
    axes[0], (_("prior"), _("data"), _("posterior")), (BLUE, ORANGE, GREEN), strict=True
):
    ax.set_title(title, color=color)
describe(
    fig, _("Three rows of bars: prior times data gives the posterior. The certain observer stays certain.")
)

# %%
# The same data again and again. How much do the three believe in the weight 2?

fig, ax = plt.subplots(figsize=(5.6, 3.4))
times = np.arange(7)
beliefs = {}
for (name, prior), color, at in zip(
    priors.items(), (BLUE, ORANGE, PURPLE), ((1.1, 0.78), (2.35, 0.55), (3.5, 0.07)), strict=True
):
    posteriors = prior * likelihood ** times[:, np.newaxis]
    beliefs[name] = (posteriors / posteriors.sum(axis=1, keepdims=True))[:, 2]
    draw_curve(ax, times, beliefs[name], color=color, name=name, at=at, marker="o", markersize=4)
ax.set(xlabel=_("how often the data came in"), ylabel=_("belief in the weight 2"), ylim=(-0.03, 1.03))
describe(fig, _("Two curves rise to one, the weak one earlier than the strong one; the third stays at zero."))

# %%
# A strong prior delays the answer. An infinitely strong one replaces it: zero times anything is zero.

weak, strong, certain = beliefs.values()
assert weak[6] > strong[6] > 0.95
assert (certain == 0).all()

plt.show()

"""
What do loaded dice change?
===========================

The blue die likes its six, the orange die its one. The squares of the table now have different sizes.
"""

from fractions import Fraction

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.convolution import sum_distribution
from cnnbook.draw.bars import draw_bars
from cnnbook.draw.figure import describe
from cnnbook.draw.style import BLUE, GREEN, MUTED, ORANGE, PAPER, SOFT_GREEN, use_style
from cnnbook.i18n import _

use_style()

# %%
# The favourite face comes up every second time; the other five share the rest. Give each face of the blue
# die a strip as high as its chance, and each face of the orange die a strip as wide as its chance. Where two
# strips cross, the area is the chance of that pair.

fair = {face: Fraction(1, 6) for face in range(1, 7)}
blue = {face: Fraction(1, 2) if face == 6 else Fraction(1, 10) for face in range(1, 7)}
orange = {face: Fraction(1, 2) if face == 1 else Fraction(1, 10) for face in range(1, 7)}

height, width = (np.array([*die.values()], float) for die in (blue, orange))
top, left = np.cumsum(height) - height, np.cumsum(width) - width
fig, ax = plt.subplots(figsize=(6.4, 5.4))
for i in range(6):
    four = np.arange(6) == 2 - i  # both faces are one more than their index
    style = {"color": np.where(four, SOFT_GREEN, PAPER), "edgecolor": np.where(four, GREEN, MUTED)}
    ax.bar(left, height[i], width, top[i], align="edge", zorder=1 + any(four), **style)
    for j in range(6):
        ax.text(left[j] + width[j] / 2, top[i] + height[i] / 2, i + j + 2, ha="center", va="center")
ax.set(xlim=(0, 1), ylim=(1, 0), aspect="equal")
ax.set_xticks(left + width / 2, orange, color=ORANGE, fontsize=14)
ax.set_yticks(top + height / 2, blue, color=BLUE, fontsize=14)
ax.tick_params(length=0, top=True, labeltop=True, bottom=False, labelbottom=False)
ax.xaxis.set_label_position("top")
ax.set_xlabel(_("orange die"), color=ORANGE, fontsize=14, labelpad=8)
ax.set_ylabel(_("blue die"), color=BLUE, fontsize=14, labelpad=8)
ax.spines[:].set_visible(False)
describe(
    fig,
    _("A square cut into 36 areas, one for each pair of faces. Three, on a slanting line, are fours."),
)

# %%
# The fours are three areas: 1/100, 1/100 and 5/100. Add up every antidiagonal in the same way, and compare
# three pairs of dice.

pairs = {
    _("both fair"): sum_distribution(fair, fair),
    _("both loaded"): sum_distribution(blue, orange),
    _("blue loaded, orange fair"): sum_distribution(blue, fair),
}
fig, axes = plt.subplots(3, sharex=True, sharey=True, figsize=(6.4, 6.4))
for ax, (name, chances) in zip(axes, pairs.items(), strict=True):
    draw_bars(ax, chances, lit=[7], labels={7: f"{chances[7]}"})
    ax.set_title(name, loc="left")
    ax.set_ylabel(_("chance"))
    ax.tick_params(labelbottom=True)
axes[-1].set_xlabel(_("sum"))
describe(
    fig,
    _("Chances of the sums 2 to 12 for three pairs of dice. A seven: 1/6, then 3/10, then 1/6 again."),
)

# %%
# Look at the last pair. One die is badly loaded, and still the seven comes up exactly one time in six.
# Whatever the blue die shows, one face of the fair die completes it to seven, and that face has chance 1/6.

assert sum_distribution(blue, orange)[4] == Fraction(7, 100)
assert sum_distribution(fair, fair)[7] == sum_distribution(blue, fair)[7] == Fraction(1, 6)

plt.show()

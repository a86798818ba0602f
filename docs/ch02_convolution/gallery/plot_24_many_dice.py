"""
How soon do many dice become a bell?
====================================

Convolve a die with itself, again and again, and measure how far the result is from a bell.
"""

from math import sqrt
from statistics import NormalDist

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.convolution import sum_distribution
from cnnbook.draw.bars import draw_bars
from cnnbook.draw.figure import describe
from cnnbook.draw.style import GREEN, ORANGE, use_style
from cnnbook.i18n import _

use_style()

# %%
# The bell has the mean and the spread of the dice, and is cut into bars one wide, too. The number upon each
# picture is the share of the dice's chances that the bell's bars do not cover.

die = [1, 2, 3, 4, 5, 6]
chances, bells, gap = {0: {0: 1}}, {}, {}
for n in range(1, 41):
    chances[n] = sum_distribution(chances[n - 1], die)
    bells[n] = NormalDist(n * np.mean(die), sqrt(n * np.var(die)))
    bars = {total: bells[n].cdf(total + 0.5) - bells[n].cdf(total - 0.5) for total in chances[n]}
    gap[n] = 1 - sum(min(float(chances[n][total]), bars[total]) for total in bars)

fig, axes = plt.subplots(2, 2, figsize=(6.4, 5.6))
for ax, n, every in zip(axes.flat, [1, 2, 3, 10], [1, 2, 3, 10], strict=True):
    draw_bars(ax, chances[n], every=every)
    x = np.linspace(n / 2, 6.5 * n, 200)
    ax.plot(x, [bells[n].pdf(value) for value in x], color=ORANGE)
    ax.set_title(_("n = {n}, gap {gap:.1%}").format(n=n, gap=gap[n]))
fig.supxlabel(_("sum"))
fig.supylabel(_("chance"))
describe(
    fig,
    _("Bars for the sums of n = 1, 2, 3 and 10 dice, a bell over each. From 3 dice on they nearly agree."),
)

# %%
# Twice as many dice, half the gap.

for n in [1, 2, 5, 10, 20, 40]:
    print(_("n = {n:2}: the bell misses {gap:5.2%}").format(n=n, gap=gap[n]))
assert all(0.47 < gap[2 * n] / gap[n] < 0.51 for n in range(5, 21))

# %%
# So ten dice are a bell? Look at the same picture with every chance drawn on a scale of powers of ten.

fig, ax = plt.subplots()
x = np.linspace(5, 65, 200)
ax.semilogy(x, [bells[10].pdf(value) for value in x], color=ORANGE, label=_("bell"))
ax.semilogy(*zip(*chances[10].items(), strict=True), ".", color=GREEN, label=_("10 dice"))
ax.set(xlabel=_("sum"), ylabel=_("chance"))
ax.legend()
describe(
    fig,
    _("On a logarithmic scale ten dice follow the bell in the middle and fall far below it at 10 and 60."),
)

# %%
# Ten sixes are rarer than the bell says by a factor of more than a hundred, and a sum of 61 is impossible,
# while the bell never ends. It is an excellent answer in the middle and a poor one at the far ends.

too_often = (1 - bells[10].cdf(59.5)) / chances[10][60]
assert too_often > 100
print(_("for ten sixes the bell is {n:.0f} times too high").format(n=too_often))

plt.show()

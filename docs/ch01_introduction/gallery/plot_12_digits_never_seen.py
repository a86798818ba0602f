"""
How well does it read digits that it has never seen?
====================================================

One training run is one throw of the dice. So the network that learns here is laid beside ten others that
learned earlier in the same way. Nothing but the random start is different.
"""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import MaxNLocator

from cnnbook.data import digits
from cnnbook.draw.figure import describe
from cnnbook.draw.network import draw_verdict
from cnnbook.draw.spread import draw_level
from cnnbook.draw.style import GREEN, MUTED, use_style
from cnnbook.i18n import _
from cnnbook.results import results
from cnnbook.train import digit_reader, predict

use_style()

# %%
# After every pass over the training digits, the share of held-out digits that are read correctly. A network
# that guesses gets one in ten.

training, held_out = digits(factor=4)
reader = digit_reader()
own = np.array([epoch.accuracy for epoch in reader.history])
misread = np.array(list(results("digits").values()))
others = 1 - misread / len(held_out.labels)
passes = np.arange(1, len(own) + 1)

fig, ax = plt.subplots()
ax.plot(passes, others.T, color=MUTED, linewidth=1, alpha=0.6)
ax.plot(passes, own, color=GREEN, linewidth=2.5)
draw_level(ax, 0.1, _("guessing"))
ax.set(ylim=(0, 1.02), xlabel=_("passes over the training digits"), ylabel=_("read correctly"))
ax.xaxis.set_major_locator(MaxNLocator(integer=True))
ax.yaxis.set_major_formatter("{x:.0%}")
describe(
    fig,
    _(
        "Eleven curves that start low and far apart, climb within a few passes, "
        "and run together just below 100 %."
    ),
)

# %%
# At the end the curves can hardly be told apart. Count the digits that are still misread, a dot for each
# network. The spread between them is part of the answer.

fig, ax = plt.subplots(figsize=(6.4, 2.4))
counts = np.append(misread[:, -1], round(len(held_out.labels) * (1 - own[-1])))
for place, count in enumerate(counts):
    height = 1 + (counts[:place] == count).sum()
    color = GREEN if place == len(misread) else MUTED
    ax.plot(count, height, "o", color=color, markersize=11)
ax.set(xlim=(-0.5, counts.max() + 1.5), xlabel=_("held-out digits misread after the last pass"))
ax.set(ylim=(0.4, np.bincount(counts).max() + 0.6), yticks=[])
ax.spines["left"].set_visible(False)
ax.xaxis.set_major_locator(MaxNLocator(integer=True))
describe(fig, _("Eleven dots over the numbers from {} to {}.").format(counts.min(), counts.max()))

final = others[:, -1]
print(
    _("mean {mean:.1%}, from {low:.1%} to {high:.1%}").format(
        mean=final.mean(), low=final.min(), high=final.max()
    )
)
assert min(final.min(), own[-1]) > 0.98

# %%
# The digits that the network misreads which learned here, with what it makes of them. The outlined bar is the
# answer that was wanted. Would you have read all of them?

chances = predict(reader.model, held_out.images)
wrong = np.flatnonzero(chances.argmax(axis=1) != held_out.labels)
columns = min(4, len(wrong))
rows = -(-len(wrong) // columns)
fig, axes = plt.subplots(rows, columns, figsize=(6.4, 3.4 * rows), squeeze=False)
for ax in axes.flat:
    ax.axis("off")
for ax, number in zip(axes.flat, wrong, strict=False):
    draw_verdict(ax, held_out.images[number, 0], chances[number], label=held_out.labels[number])
describe(
    fig,
    _("{n} badly written digits with the probabilities that the network gives them.").format(n=len(wrong)),
)
print(_("misread: {n} of {total}").format(n=len(wrong), total=len(held_out.labels)))
assert 0 < len(wrong) < 0.02 * len(held_out.labels)

plt.show()

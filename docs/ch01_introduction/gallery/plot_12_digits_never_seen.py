"""
How well does it read digits that it has never seen?
====================================================

One training run is one throw of the dice. So the same network is trained three times, from three random
starts.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.data import digits
from cnnbook.draw.figure import describe
from cnnbook.draw.network import draw_verdict
from cnnbook.draw.style import MUTED, use_style
from cnnbook.i18n import _
from cnnbook.train import digit_reader, predict

use_style()

# %%
# After every pass over the training digits, the share of held-out digits that are read correctly. A network
# that guesses gets one in ten.

readers = [digit_reader(seed) for seed in range(3)]
fig, ax = plt.subplots()
for reader in readers:
    ax.plot(range(1, len(reader.history) + 1), [epoch.accuracy for epoch in reader.history], linewidth=1.5)
ax.axhline(0.1, color=MUTED, linestyle=":")
ax.text(len(readers[0].history), 0.12, _("guessing"), color=MUTED, ha="right")
ax.set(ylim=(0, 1.02), xlabel=_("passes over the training digits"), ylabel=_("read correctly"))
ax.set_xticks(range(0, len(readers[0].history) + 1, 5))
ax.yaxis.set_major_formatter("{x:.0%}")
describe(
    fig,
    _(
        "Three curves that start low and far apart, climb within a few passes, "
        "and run together just below 100 %."
    ),
)

# %%
# The spread between the three is part of the answer.

final = np.array([reader.history[-1].accuracy for reader in readers])
print(
    _("mean {mean:.1%}, from {low:.1%} to {high:.1%}").format(
        mean=final.mean(), low=final.min(), high=final.max()
    )
)
assert final.min() > 0.98

# %%
# The digits that the first of the three misreads, with what it makes of them. The outlined bar is the answer
# that was wanted. Would you have read all of them?

training, held_out = digits(factor=4)
chances = predict(readers[0].model, held_out.images)
misread = np.flatnonzero(chances.argmax(axis=1) != held_out.labels)
columns = min(4, len(misread))
rows = -(-len(misread) // columns)
fig, axes = plt.subplots(rows, columns, figsize=(6.4, 3.4 * rows), squeeze=False)
for ax in axes.flat:
    ax.axis("off")
for ax, number in zip(axes.flat, misread, strict=False):
    draw_verdict(ax, held_out.images[number, 0], chances[number], label=held_out.labels[number])
describe(
    fig,
    _("{n} badly written digits with the probabilities that the network gives them.").format(n=len(misread)),
)
print(_("misread: {n} of {total}").format(n=len(misread), total=len(held_out.labels)))
assert 0 < len(misread) < 0.02 * len(held_out.labels)

plt.show()

"""
What happens when a trained layer gets its numbers in another order?
====================================================================

The shapes fit, so nothing complains. Three networks from three random starts show what it costs and
how it is mended.
"""

import matplotlib.pyplot as plt
import numpy as np
import torch

from cnnbook.data import digits
from cnnbook.draw.figure import describe
from cnnbook.draw.spread import draw_runs
from cnnbook.draw.style import GREEN, ORANGE, use_style
from cnnbook.experiments.small_network import MAPS, small_reader
from cnnbook.i18n import _

use_style()

# %%
# Eight maps of 3 x 3 become a row of 72 numbers, which the last layer weighs. `order` says for each place of
# the other row (channels last) where its number stood in the first (channels first).

images, labels = digits()[1]
order = np.arange(72).reshape(MAPS).transpose(1, 2, 0).ravel()
names = _("as trained"), _("other order"), _("other order,\nweights moved"), _("trained in\nother order")
runs = {name: [] for name in names}

for seed in range(3):
    model = small_reader(seed)
    row = model[:-1](torch.from_numpy(images)).detach().numpy()
    learned_so = small_reader(seed, channels_last=True)(torch.from_numpy(images)).detach().numpy()
    weights, bias = model[-1].weight.detach().numpy(), model[-1].bias.detach().numpy()
    scores = (
        row @ weights.T + bias,
        row[:, order] @ weights.T + bias,
        row[:, order] @ weights[:, order].T + bias,
        learned_so,
    )
    for name, score in zip(names, scores, strict=True):
        runs[name].append((score.argmax(axis=1) == labels).mean())

# %%
# Each dot is one network, each line the mean of the three.

fig, ax = plt.subplots(figsize=(6.4, 4.2))
draw_runs(ax, runs, colors=(GREEN, ORANGE, GREEN, GREEN), guess=(0.1, _("guessing")))
ax.set(ylim=(0, 1.05), ylabel=_("read correctly"))
describe(
    fig,
    _(
        "Share of digits read correctly. As trained: above 95 %. In another order: near guessing. "
        "With the weights moved along, and when trained in that order: above 95 % again."
    ),
)

# %%
# The network was not broken, it was misread: move the columns of the weights along and every answer returns.

trained, mixed, moved, learned = runs.values()
assert trained == moved
assert max(mixed) < 0.3 < 0.9 < min(trained + learned)

plt.show()

"""
How many examples does each wiring need?
========================================

Three layers learn the same kernel from pictures of 6 x 6 random numbers: a dense one, a local one, and one
that shares its weights.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.convolution import convolution_matrix
from cnnbook.draw.curves import draw_curve
from cnnbook.draw.figure import describe
from cnnbook.draw.style import INK, ORANGE, PURPLE, use_style
from cnnbook.i18n import _
from cnnbook.kernels import sobel

use_style()

# %%
# All three get the same pairs and find the weights that fit them best; where many fit equally well, the
# smallest. That is where gradient descent from zero ends, found here in one step by least squares. The error
# is measured on 200 new pictures, as a share of the outputs' size. Five sets of pictures.

truth = convolution_matrix(sobel(axis=1)[::-1, ::-1], (6, 6), mode="valid")
seen = convolution_matrix(np.ones((3, 3), int), (6, 6), mode="valid") > 0
counts, errors = np.arange(1, 41), np.zeros((3, 5, 40))
for seed in range(5):
    rng = np.random.default_rng(seed)
    new = rng.standard_normal((200, 36))
    for index, count in enumerate(counts):
        x = rng.standard_normal((count, 36))
        y = x @ truth.T
        dense = np.linalg.lstsq(x, y)[0].T
        local, shared = np.zeros((16, 36)), np.zeros((16, 36))
        for p in range(16):
            local[p, seen[p]] = np.linalg.lstsq(x[:, seen[p]], y[:, p])[0]
        windows = np.concatenate([x[:, seen[p]] for p in range(16)])
        shared[seen] = np.tile(np.linalg.lstsq(windows, y.T.ravel())[0], 16)
        for layer, weights in enumerate((dense, local, shared)):
            off = np.abs(new @ weights.T - new @ truth.T).mean()
            errors[layer, seed, index] = off / np.abs(new @ truth.T).mean()

# %%
# The line is the mean of the five, the band runs from the smallest to the largest.

fig, ax = plt.subplots(figsize=(5.8, 3.7))
looks = [(_("dense"), INK, (30.5, 0.55)), (_("local"), PURPLE, (9, 0.75)), (_("shared"), ORANGE, (4.6, 0.06))]
for error, (name, color, place) in zip(errors, looks, strict=True):
    ax.fill_between(counts, error.min(axis=0), error.max(axis=0), color=color, alpha=0.2, linewidth=0)
    draw_curve(ax, counts, error.mean(axis=0), color=color, name=name, at=place)
ax.set(
    xlabel=_("pairs of pictures to learn from"),
    ylabel=_("error on new pictures"),
    ylim=(-0.03, 1.05),
    xlim=(0, 40),
)
describe(
    fig,
    _(
        "Error against the number of pairs: the shared layer is at zero from the first pair on, the local "
        "one falls to zero at 9 pairs, the dense one at 36."
    ),
)

# %%
# One pair is enough for the layer that shares. Each of the 16 windows in it is an example for the same nine
# weights. The local layer needs nine pairs, the dense one 36: one for each line that ends in an output.

first = [int(counts[(error < 1e-9).all(axis=0)][0]) for error in errors]
print(first)
assert first == [36, 9, 1]

plt.show()

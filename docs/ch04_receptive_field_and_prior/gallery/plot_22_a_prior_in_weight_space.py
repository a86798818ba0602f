"""
What does a prior look like among all weights?
==============================================

Each weight is one direction of a space. A prior says where in this space the weights may be.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.draw.ellipses import draw_ellipses
from cnnbook.draw.figure import describe
from cnnbook.draw.grid import draw_grid, sheet
from cnnbook.draw.style import (
    BLUE,
    FAINT,
    GREEN,
    MUTED,
    ORANGE,
    SOFT_BLUE,
    SOFT_GREEN,
    SOFT_ORANGE,
    SOFT_PURPLE,
    use_style,
)
from cnnbook.i18n import _

use_style()

# %%
# A layer with six inputs and four outputs has 24 weights. Forbid all that are not near: 12 are left. Then
# let all places use the same: three are left, a, b and c.

colors = dict(zip("abc", (SOFT_ORANGE, SOFT_GREEN, SOFT_PURPLE), strict=True))
fig, ax = sheet(16.6, 8, width=3.8)
names = np.full((4, 6), "", object)
free = dict.fromkeys(np.ndindex(4, 6), SOFT_BLUE)
near = {(row, row + step): SOFT_BLUE for row in range(4) for step in range(3)}
draw_grid(ax, names, at=(1, 1), title=_("dense: {n} free numbers").format(n=len(free)), lit=free)
zeros = np.full((4, 6), "0", object)
for cell in near:
    zeros[cell] = ""
far = {cell: FAINT for cell in free if cell not in near}
draw_grid(ax, zeros, at=(6.6, 1), title=_("local: {n} free numbers").format(n=len(near)), lit=far | near)
shared = zeros.copy()
for row, column in near:
    shared[row, column] = "abc"[column - row]
tied = {cell: colors[shared[cell]] for cell in near}
title = _("convolution: {n} free numbers").format(n=len(set(tied.values())))
draw_grid(ax, shared, at=(12.2, 1), title=title, lit=far | tied)
describe(
    fig, _("Three tables of weights: all free; a band of free ones and zeros; a band of a, b, c repeated.")
)

# %%
# Now two weights only, so that the space is a sheet of paper. The data (orange) would like best the weights
# at the cross. Blue is the prior, the green dot the best compromise.

rng = np.random.default_rng(1)
x = rng.multivariate_normal([0, 0], [[1, 0.4], [0.4, 1]], 12)
y = x @ [1.4, 0.5] + rng.normal(0, 1, 12)
precision = x.T @ x
best = np.linalg.solve(precision, x.T @ y)
fig, axes = plt.subplots(2, 2, figsize=(5.6, 6.0), sharex=True, sharey=True)
found = []
for ax, deviation, title in zip(axes[0], (2.0, 0.25), (_("weak"), _("strong")), strict=True):
    draw_ellipses(ax, (0, 0), np.eye(2) * deviation**2, color=BLUE, face=SOFT_BLUE)
    found.append(np.linalg.solve(precision + np.eye(2) / deviation**2, x.T @ y))
    ax.set_title(title)
for ax, line, title in zip(
    axes[1], ([1, 0], [1, 1]), (_("second weight zero"), _("weights equal")), strict=True
):
    direction = np.array(line)
    ax.axline((0, 0), direction, color=BLUE, linewidth=3)
    found.append(direction * (direction @ x.T @ y) / (direction @ precision @ direction))
    ax.set_title(title)
for ax, place in zip(axes.flat, found, strict=True):
    draw_ellipses(ax, best, np.linalg.inv(precision), color=ORANGE)
    ax.plot(*best, "x", color=ORANGE, markersize=9)
    ax.plot(*place, "o", color=GREEN, markersize=9)
    ax.axhline(0, color=MUTED, linewidth=0.6, zorder=0)
    ax.axvline(0, color=MUTED, linewidth=0.6, zorder=0)
    ax.set(xlim=(-1.2, 2.9), ylim=(-1.2, 2.9), aspect="equal")
describe(
    fig,
    _("Four planes with the same orange ellipses; the blue prior is a wide disc, a small disc, two lines."),
)

# %%
# The surprise: with the line no amount of data helps. With a hundred times the data, the strong prior's
# answer comes close to the cross. On the line it stays where it was.

more = np.linalg.solve(100 * precision + np.eye(2) / 0.25**2, 100 * x.T @ y)
assert np.linalg.norm(more - best) < 0.05 < np.linalg.norm(found[1] - best)
assert all(np.linalg.norm(place - best) > 0.2 for place in found[2:])

plt.show()

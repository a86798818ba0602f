"""
How does a dense layer become a convolution?
============================================

Start with a layer in which everything is connected with everything. Delete lines, then make the remaining
ones share their weights.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.convolution import convolution_matrix, correlate
from cnnbook.draw.figure import describe
from cnnbook.draw.grid import sheet, write
from cnnbook.draw.style import use_style
from cnnbook.draw.wiring import SHARED, draw_weight_table, draw_wiring
from cnnbook.i18n import _

use_style()

# %%
# Six numbers go in, in blue; four come out, in green. Every line has a weight. On the right the same weights
# stand in a table with one row for each output and one column for each input.

x = np.array([1, 1, 1, 5, 5, 2])
kernel = {"a": -1, "b": 0, "c": 1}
dense = np.full((4, 6), "•")
local = np.array([["•" if p <= i < p + 3 else "" for i in range(6)] for p in range(4)])
shared = np.array([["abc"[i - p] if p <= i < p + 3 else "" for i in range(6)] for p in range(4)])
y = correlate(x, list(kernel.values()), mode="valid")

fig, ax = sheet(16.3, 13.6)
looks = dict(zip(kernel, SHARED, strict=True))
steps = [
    (_("dense: {count} weights"), dense, {}),
    (_("lines deleted: {count} weights"), local, {"removed": True}),
    (_("weights tied: {count} weights"), shared, {"removed": True, "outputs": y, "looks": looks}),
]
for step, (title, names, options) in enumerate(steps):
    count = len(kernel) if names is shared else np.count_nonzero(names != "")
    top = 1.2 + 5.4 * step
    write(ax, top - 0.6, 6.8, title.format(count=count), size=14)
    draw_wiring(ax, names, at=(top, 0.3), inputs=x, **options)
    draw_weight_table(ax, names, at=(top, 7.2), looks=options.get("looks"))
describe(
    fig,
    _(
        "Three wirings of six inputs and four outputs, each beside its table of weights: 24 lines; 12 lines, "
        "three to each output; the same 12 lines in three colours, which run along the table's diagonals."
    ),
)

# %%
# Twelve lines, but three numbers to learn. The table is a Toeplitz matrix: each diagonal holds one number
# throughout. ``convolution_matrix`` flips its kernel, as the definition of convolution says, so it is given
# the kernel backwards.

weights = np.array([[kernel.get(name, 0) for name in row] for row in shared])
print(weights)
assert (weights @ x).tolist() == y.tolist() == [0, 4, 4, -3]
assert np.array_equal(weights, convolution_matrix([1, 0, -1], 6, mode="valid"))
assert all(len(set(np.diagonal(weights, offset))) == 1 for offset in range(-3, 6))

plt.show()

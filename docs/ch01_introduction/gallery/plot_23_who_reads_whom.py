"""
Which maps does a map of C3 read?
=================================

Not all six. Table I of the paper of 1998 says which, and the network in this book is built from that table.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.draw.figure import describe
from cnnbook.draw.grid import draw_grid, sheet
from cnnbook.draw.style import FAINT, ORANGE, use_style
from cnnbook.i18n import _
from cnnbook.models import LeNet5
from cnnbook.models.lenet5 import C3_INPUTS

use_style()

# %%
# One row for each map of C3, one column for each map of S2. An orange cell is a kernel of 5 x 5 weights.

table = np.zeros((16, 6), int)
for number, inputs in enumerate(C3_INPUTS):
    table[number, inputs] = 1
fig, ax = sheet(18.2, 8.2, width=3.6)
draw_grid(
    ax,
    np.full(table.shape, ""),
    at=(2.1, 1.9),
    row_names=range(16),
    column_names=range(6),
    lit={cell: ORANGE if table[cell] else FAINT for cell in np.ndindex(table.shape)},
)
ax.text(4.9, 0.75, _("maps of S2"), ha="center", va="center")
ax.text(0.45, 10.1, _("maps of C3"), ha="center", va="center", rotation=90)
describe(
    fig, _("A table of 16 rows and 6 columns. Six rows have three orange cells, nine have four, one has six.")
)

# %%
# Sixty cells of 96 are orange, ten in each column: every map of S2 is read equally often.

kernels = int(table.sum())
weights = sum(parameter.numel() for parameter in LeNet5().c3.parameters())
line = _("{kernels} kernels of 25 weights and 16 biases: {weights:,} parameters")
print(line.format(kernels=kernels, weights=weights))
assert table.sum(axis=0).tolist() == [10] * 6
assert weights == 25 * kernels + 16 == 1516

# %%
# No two rows are alike, and this is what the table is for: maps with different inputs must learn different
# things.

assert len({tuple(row) for row in table}) == 16

plt.show()

"""
How much work does a separable kernel save?
===========================================

Some kernels are a column times a row. Then one pass down and one pass across do the work of the whole grid.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.convolution import correlate
from cnnbook.data import photograph
from cnnbook.draw.figure import describe
from cnnbook.draw.grid import draw_grid, sheet, write
from cnnbook.draw.style import BLUE, ORANGE, SIGNED, use_style
from cnnbook.i18n import _
from cnnbook.kernels import gaussian, laplacian, separate, sobel

use_style()

# %%
# Sobel's kernel is a multiplication table: each of its nine numbers is the column's number to the left times
# the row's number above. The column averages, the row takes the difference.

column, row = np.array([[1], [2], [1]]), np.array([[-1, 0, 1]])
signed = {"cmap": SIGNED, "limits": (-2, 2)}

fig, ax = sheet(4.4, 10.6, width=5.6)
draw_grid(ax, column, at=(1.2, 0.4), title=_("column"), **signed)
write(ax, 2.7, 2, "×")
draw_grid(ax, row, at=(2.2, 2.6), title=_("row"), **signed)
write(ax, 2.7, 6.3, "=")
draw_grid(ax, column * row, at=(1.2, 7), title=_("kernel"), **signed)
describe(fig, _("The column 1, 2, 1 times the row −1, 0, 1 gives Sobel's kernel of three by three numbers."))
assert np.array_equal(column * row, sobel(axis=1))

# %%
# Filtering with the column and then with the row gives the same output as filtering with the grid: the first
# pass multiplies and adds down each column, the second adds up these sums, and the order of adding does not
# matter.

flower = photograph("flower")
at_once = correlate(flower, gaussian(15, sigma=2.5))
down, across = separate(gaussian(15, sigma=2.5))
in_two = correlate(correlate(flower, down[:, np.newaxis]), across[np.newaxis])
assert np.allclose(at_once, in_two)

# %%
# For each output pixel the grid costs R times S multiplications, the two passes R plus S.

size = np.arange(1, 32, 2)
fig, ax = plt.subplots(figsize=(5.2, 3.6))
ax.plot(size, size**2, color=ORANGE)
ax.plot(size, 2 * size, color=BLUE)
ax.text(20, 560, _("all at once: R × S"), color=ORANGE, ha="right")
ax.text(31, 95, _("in two passes: R + S"), color=BLUE, ha="right")
ax.set(xlabel=_("kernel rows and columns"), ylabel=_("multiplications"), ylim=0)
describe(
    fig,
    _(
        "Multiplications for each output pixel against the size of the kernel: a parabola that reaches 961 "
        "at 31 rows, and a line that reaches 62."
    ),
)

# %%
# Not every kernel splits. In a multiplication table all rows are multiples of one row, and the Laplacian's
# are not. Its rank is two: no single column times a row makes it, but two of them added together do.

middle, second = np.array([0, 1, 0]), np.array([1, -2, 1])
assert np.array_equal(np.outer(middle, second) + np.outer(second, middle), laplacian())
assert np.linalg.matrix_rank(sobel(axis=1)) == 1
assert np.linalg.matrix_rank(laplacian()) == 2

plt.show()

"""
What does the matrix of a 3 x 3 kernel look like?
=================================================

A matrix multiplies a list, not a picture. So the picture is written out row after row, and the kernel falls
apart into three bands.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.convolution import convolution_matrix, correlate
from cnnbook.data import photograph
from cnnbook.draw.figure import describe
from cnnbook.draw.grid import draw_grid, sheet
from cnnbook.draw.images import show_signed
from cnnbook.draw.style import BLUE, GREEN, ORANGE, SOFT_BLUE, SOFT_GREEN, use_style
from cnnbook.draw.wiring import SHARED, draw_weight_table
from cnnbook.i18n import _
from cnnbook.kernels import sobel

use_style()

# %%
# Sixteen pixels, numbered row by row, and nine weights with letters. Each output has one row in the matrix,
# with its nine weights in the columns of the nine pixels that it looks at.

letters = np.array([list("abc"), list("def"), list("ghi")])
pixels, outputs = np.arange(16).reshape(4, 4), np.arange(4).reshape(2, 2)
names = np.full((4, 16), "", dtype=object)
for p, q in np.ndindex(2, 2):
    names[outputs[p, q], pixels[p : p + 3, q : q + 3].ravel()] = letters.ravel()
looks = {name: SHARED[row] for (row, _column), name in np.ndenumerate(letters)}

fig, ax = sheet(12.4, 17)
draw_grid(ax, pixels, at=(1.2, 0.9), title=_("input"), color=BLUE, face=SOFT_BLUE)
lit = {cell: looks[name].face for cell, name in np.ndenumerate(letters)}
draw_grid(ax, letters, at=(1.7, 7.3), title=_("kernel"), color=ORANGE, lit=lit)
draw_grid(ax, outputs, at=(2.2, 12.8), title=_("output"), color=GREEN, face=SOFT_GREEN)
draw_weight_table(
    ax,
    names,
    at=(8, 0.75),
    looks=looks,
    title=_("matrix"),
    row_names=outputs.ravel(),
    column_names=pixels.ravel(),
)
describe(
    fig,
    _(
        "A 4 by 4 image with numbered pixels, a 3 by 3 kernel of letters, a 2 by 2 output, and the matrix of "
        "4 rows and 16 columns in which the kernel's rows are three bands with gaps between them."
    ),
)

# %%
# The gap between two bands is what the image is wider than the kernel. On a larger image the same picture
# repeats in blocks: a Toeplitz matrix whose entries are Toeplitz matrices. Here is Sobel's on 10 x 10 pixels.

flipped = sobel(axis=1)[::-1, ::-1]
matrix = convolution_matrix(flipped, (10, 10), mode="valid")
fig, ax = plt.subplots(figsize=(5.4, 4.1))
show_signed(ax, matrix)
ax.set(xlabel=_("100 pixels of the input"), ylabel=_("64 pixels of the output"))
describe(fig, _("A matrix of 64 rows and 100 columns: eight steps of thin blue and orange diagonals."))

piece = photograph("china")[100:110, 180:190]
assert np.allclose(matrix @ piece.ravel(), correlate(piece, sobel(axis=1), mode="valid").ravel())

# %%
# How full is it? Only nine numbers in a row of 100 can differ from zero, and the larger the image, the
# emptier the row. That is why nobody multiplies by this matrix; it is a way to see, not a way to compute.

possible = convolution_matrix(np.ones((3, 3), int), (10, 10), mode="valid")
print(_("{share:.0%} of the matrix can differ from zero").format(share=possible.mean()))
assert possible.sum(axis=1).tolist() == [9] * 64

plt.show()

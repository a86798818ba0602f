"""
Which inputs does a layer never read?
=====================================

A window that moves by more than one cell may not come out even at the end. Nothing breaks; the last cells are
not read.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.arithmetic import output_length
from cnnbook.draw.figure import describe
from cnnbook.draw.grid import sheet
from cnnbook.draw.style import use_style
from cnnbook.draw.trace import draw_trace, trace_size
from cnnbook.functional import conv2d
from cnnbook.i18n import _

use_style()

# %%
# One axis, seen from the side: blue the input, orange the kernel's three weights at every place, green the
# output. Cells that no window reads are crossed out.

for cases, alt in [
    (
        [(6, 1, 0, 1, _("stride 1")), (6, 2, 0, 1, _("stride 2")), (7, 2, 0, 1, _("stride 2"))],
        _(
            "Three traces of a kernel of 3: six inputs with stride 1 give four outputs; six with stride 2 "
            "give two, and the last input is crossed out; seven with stride 2 give three."
        ),
    ),
    (
        [
            (4, 1, 1, 1, _("padding 1, stride 1")),
            (4, 2, 1, 1, _("padding 1, stride 2")),
            (7, 1, 0, 2, _("dilation 2, stride 1")),
        ],
        _(
            "Three traces of a kernel of 3: four inputs with padding 1 give four outputs; with stride 2 as "
            "well they give two, and the last zero is crossed out; seven inputs with dilation 2 give three."
        ),
    ),
]:
    outputs = [output_length(n, 3, stride=s, padding=p, dilation=d) for n, s, p, d, _words in cases]
    sizes = [trace_size(n, q, (p, p)) for (n, _s, p, *_rest), q in zip(cases, outputs, strict=True)]
    fig, ax = sheet(sum(rows for rows, _columns in sizes) + 1.4, 10.5, width=4.4)
    top = 0.1
    for (n, s, p, d, words), q, (rows, _columns) in zip(cases, outputs, sizes, strict=True):
        windows = [[i * s - p + r * d for r in range(3)] for i in range(q)]
        title, names = f"{n} → {q}   {words}", (_("input"), _("kernel"), _("output"))
        draw_trace(ax, n, windows, padding=(p, p), at=(top, 0.2), title=title, names=names)
        top += rows + 0.4
    describe(fig, alt)

# %%
# In two dimensions a whole row and a whole column are left over. Out of 36 pixels the kernel never reads 11.

pixels = np.arange(36.0).reshape(1, 6, 6)
spoiled = pixels.copy()
spoiled[0, 5, :], spoiled[0, :, 5] = 1000, 1000
kernel = np.ones((1, 1, 3, 3))
print(int((spoiled != pixels).sum()))
assert np.array_equal(conv2d(pixels, kernel, stride=2), conv2d(spoiled, kernel, stride=2))

# %%
# So two inputs of different size can give outputs of the same size: five cells or six, it is two outputs.

assert output_length(5, 3, stride=2) == output_length(6, 3, stride=2) == 2

plt.show()

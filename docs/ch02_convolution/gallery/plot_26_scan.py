"""
Where does one number of the output come from?
==============================================

The same convolution, asked the other way round: stand at one place of the output and look back.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.convolution import convolve, correlate
from cnnbook.draw.figure import animate, describe
from cnnbook.draw.grid import draw_grid, sheet, wipe, write
from cnnbook.draw.scan import draw_scan, scan_size
from cnnbook.draw.style import ORANGE, SOFT_ORANGE, use_style
from cnnbook.i18n import _

use_style()

# %%
# Positions add: what lands in row :math:`p` of the output came from row :math:`i` of the input and row
# :math:`p - i` of the kernel, and the columns do the same. So the kernel has to be read backwards twice.

image = np.array([[1, 2, 0], [0, 1, 3], [2, 0, 1]])
kernel = np.array([[1, 2], [0, -1]])
sideways = kernel[:, ::-1]
flipped = sideways[::-1]

fig, ax = sheet(4.2, 12)
for left, title, grid in [(0.8, _("kernel"), kernel), (5, "↔", sideways), (9.2, "↕", flipped)]:
    draw_grid(ax, grid, at=(1.4, left), title=title, color=ORANGE, face=SOFT_ORANGE)
write(ax, 2.4, 3.9, "→", size=20)
write(ax, 2.4, 8.1, "→", size=20)
describe(
    fig,
    _("The kernel 1, 2 over 0, −1; its columns exchanged; then its rows too: −1, 0 over 2, 1, a half turn."),
)

# %%
# Lay the flipped kernel on the input, multiply number by number, add. Outside the input there are zeros.

output = convolve(image, kernel)
padded = np.pad(image, 1)
fig, ax = sheet(*scan_size(image.shape, kernel.shape, output.shape, margin=(1, 1)))


def scan(step):
    """Show one place of the output and the four products that make it."""
    p, q = divmod(step, 4)
    window = padded[p : p + 2, q : q + 2]
    terms = [f"{x}·{k}" if k >= 0 else f"{x}·(−{-k})" for x, k in zip(window.flat, flipped.flat, strict=True)]
    note = f"{' + '.join(terms)} = {output[p, q]}".replace("= -", "= −")
    titles = _("input"), _("kernel, flipped"), _("output")
    draw_scan(wipe(ax), image, flipped, output, (p, q), titles=titles, margin=(1, 1), note=note)


animate(fig, scan, range(16), seconds=1)
describe(
    fig,
    _("The flipped kernel walks over the input and its margin of zeros; 16 steps fill the output of 4 by 4."),
)

# %%
# What if the flip is forgotten? Of the sixteen numbers, fifteen are different.

print(output)
print(correlate(image, kernel))
assert (output != correlate(image, kernel)).sum() == 15

plt.show()

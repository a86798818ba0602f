"""
Where is number 89?
===================

Two images of three channels are 120 numbers in a row. Four letters tell each of them where it belongs.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.draw.figure import describe
from cnnbook.draw.grid import draw_grid, sheet, write
from cnnbook.draw.style import BLUE, MUTED, SOFT_BLUE, SOFT_GREEN, use_style
from cnnbook.i18n import _

use_style()

# %%
# The numbers 0, 1, 2 … are put in from the first place to the last. The last letter runs fastest: first along
# a row, then down the rows, then through the channels, then on to the next image.

N, C, H, W = 2, 3, 5, 4
batch = np.arange(N * C * H * W).reshape(N, C, H, W)

fig, ax = sheet(16.4, 19)
for n in range(N):
    write(ax, 1.2 + n * 7.9 + 2.5, 0.9, f"n = {n}", color=BLUE, rotation=90)
    for c in range(C):
        here = {(2, 1): SOFT_GREEN} if (n, c) == (1, 1) else {}
        corner = (1.5 + n * 7.9, 2.6 + c * 5.5)
        draw_grid(ax, batch[n, c], at=corner, title=f"c = {c}", color=BLUE, face=SOFT_BLUE, lit=here, size=11)
write(ax, 9.9, 18.3, "h", color=MUTED)
write(ax, 15.2, 14.0, "w", color=MUTED)
ax.annotate("", (18.3, 14.4), (18.3, 10.4), arrowprops={"arrowstyle": "->", "color": MUTED})
ax.annotate("", (17.6, 15.2), (14.4, 15.2), arrowprops={"arrowstyle": "->", "color": MUTED})
describe(
    fig,
    _(
        "Six grids of 5 rows and 4 columns in two rows of three, filled with the numbers 0 to 119 in order. "
        "The number 89 stands in image 1, channel 1, row 2, column 1."
    ),
)

# %%
# To find a place in the row, count how many numbers come before it: whole images, whole channels, whole rows.

n, c, h, w = 1, 1, 2, 1
place = n * C * H * W + c * H * W + h * W + w
print(
    _("image {n}, channel {c}, row {h}, column {w}: number {place}").format(n=n, c=c, h=h, w=w, place=place)
)
assert place == batch[n, c, h, w] == 89

# %%
# The question in the title runs the other way: divide, keep the remainder, divide that.

n, rest = divmod(89, C * H * W)
c, rest = divmod(rest, H * W)
h, w = divmod(rest, W)
print(_("number 89: image {n}, channel {c}, row {h}, column {w}").format(n=n, c=c, h=h, w=w))
assert (n, c, h, w) == (1, 1, 2, 1)

plt.show()

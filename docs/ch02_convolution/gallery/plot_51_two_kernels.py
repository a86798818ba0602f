"""
What do two kernels see in the same picture?
============================================

A cross of two strokes, six by six pixels. One kernel looks for strokes that fall, the other for strokes
that rise.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.convolution import correlate
from cnnbook.draw.figure import describe
from cnnbook.draw.grid import draw_grid, sheet, write
from cnnbook.draw.scan import draw_scan, scan_size
from cnnbook.draw.style import BLUE, SIGNED, SOFT_BLUE, use_style
from cnnbook.i18n import _

use_style()

# %%
# The kernel for falling strokes has ones where the stroke should be and minus ones around it. It lies on nine
# pixels at a time. Where they are just such a stroke it answers 3; that is as much as it can give.

picture = np.eye(6, dtype=int) + np.eye(6, dtype=int)[::-1]
falling = 2 * np.eye(3, dtype=int) - 1
rising = falling[:, ::-1]
maps = {
    _("falling strokes"): correlate(picture, falling, mode="valid"),
    _("rising strokes"): correlate(picture, rising, mode="valid"),
}
first = maps[_("falling strokes")]

fig, ax = sheet(*scan_size((6, 6), (3, 3), (4, 4)))
window = picture[3:, 3:]
hits, misses = int(window[falling > 0].sum()), int(window[falling < 0].sum())
draw_scan(
    ax,
    picture,
    falling,
    first,
    (3, 3),
    titles=(_("input"), _("kernel"), _("output")),
    note=f"{hits} − {misses} = {first[3, 3]}",
)
describe(
    fig,
    _(
        "A cross of ones, six by six; a kernel of three by three; an output of four by four. The window lies "
        "on the lower right corner, where three ones are hit and none is in the way: 3."
    ),
)

# %%
# Both kernels on the same picture. Each gives a map of its own.

fig, ax = sheet(16.7, 11.6, width=5)
draw_grid(ax, picture, at=(1, 2.8), title=_("input"), color=BLUE, face=SOFT_BLUE)
signed = {"cmap": SIGNED, "limits": (-3, 3)}
for left, (title, output), kernel in zip((0.8, 6.8), maps.items(), (falling, rising), strict=True):
    draw_grid(ax, kernel, at=(8.5, left + 0.5), title=title, **signed)
    write(ax, 11.8, left + 2, "↓", size=16)
    draw_grid(ax, output, at=(12.3, left), **signed)
describe(
    fig,
    _(
        "Below a cross of ones stand two kernels and below each its map: the first has 3 in the upper left "
        "and lower right corner, the second in the other two corners."
    ),
)

# %%
# The same strokes stand in the picture for both. What is 3 in one map is -1 in the other: nothing that one
# kernel looks for pleases the other.

ours, theirs = maps.values()
assert (ours == 3).sum() == (theirs == 3).sum() == 2
assert theirs[ours == 3].tolist() == [-1, -1]
assert np.array_equal(theirs, ours[:, ::-1])

plt.show()

"""
Which number does a value get when maps become one row?
=======================================================

Two floors, three rows, four seats: 24 tickets. There is one rule to number them, and another one that is just
as good.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.draw.figure import describe
from cnnbook.draw.grid import draw_window, sheet, write
from cnnbook.draw.index_map import draw_block, draw_line
from cnnbook.draw.style import use_style
from cnnbook.i18n import _

use_style()

# %%
# Channels stand beside one another, rows and columns are numbered from 0. In every cell stands the number of
# its ticket. To the right is the next number, below it comes 4 later, in the other channel 12 later.

C, H, W = 2, 3, 4
tickets = np.arange(C * H * W).reshape(C, H, W)
c, h, w = 1, 0, 2
channel = [_("channel {c}").format(c=number) for number in range(C)]

fig, ax = sheet(11.9, 12.6)
draw_block(ax, tickets, at=(1.9, 1.2), titles=channel)
draw_line(ax, tickets.ravel(), np.arange(24) // 12, at=(7.3, 0.3))
draw_window(ax, (1.9 + h, 1.2 + c * (W + 2) + w), (1, 1))
draw_window(ax, (9.5, 0.3 + 2), (1, 1))
write(ax, 5.6, 6.3, f"({c} · {H} + {h}) · {W} + {w} = {tickets[c, h, w]}")
write(ax, 11.2, 6.3, _("the row: 24 numbers"))
describe(
    fig,
    _(
        "Two channels of 3 by 4 cells numbered 0 to 23, and the same numbers in one row. "
        "Channel 1, row 0, column 2 has number 14."
    ),
)
assert tickets[c, h, w] == (c * H + h) * W + w == 14

# %%
# Now number the seats so that the two channels of one pixel come together: first (row 0, column 0) of both
# channels, then (row 0, column 1) of both. The cells still show the tickets of the first rule.

other = tickets.transpose(1, 2, 0).ravel()

fig, ax = sheet(11.2, 12.6)
write(ax, 0.5, 6.3, _("channels first (C, H, W)"))
draw_line(ax, tickets.ravel(), np.arange(24) // 12, at=(1.9, 0.3))
write(ax, 6.2, 6.3, _("channels last (H, W, C)"))
draw_line(ax, other, other // 12, at=(7.6, 0.3))
describe(
    fig,
    _(
        "The same 24 numbers twice. Channels first: 0 to 11, then 12 to 23. "
        "Channels last: 0, 12, 1, 13, and so on, the two colours alternating."
    ),
)

# %%
# A surprise: only the first and the last value keep their place.

print(_("in the same place: {places}").format(places=np.flatnonzero(other == tickets.ravel()).tolist()))
assert np.flatnonzero(other == tickets.ravel()).tolist() == [0, 23]

plt.show()

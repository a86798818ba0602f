"""
What does every log still give?
===============================

A log on the stove gives heat for three hours. So the heat of one hour comes from logs of three ages. Here
every batch of logs gets a row of its own; the heat of an hour is a column.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.convolution import convolve
from cnnbook.draw.figure import describe
from cnnbook.draw.grid import draw_grid, draw_window, sheet, write
from cnnbook.draw.style import BLUE, GREEN, ORANGE, SOFT_BLUE, SOFT_GREEN, SOFT_ORANGE, use_style
from cnnbook.i18n import _

use_style()

logs = np.array([1, 2, 0, 3])  # put on at hours 0, 1, 2, 3
heat = np.array([3, 2, 1])  # of one log in its first, second and third hour

# %%
# A batch of two logs put on at hour 1 gives twice the heat of one log, beginning at hour 1. Each row is the
# same list 3, 2, 1: multiplied by the number of logs, and begun at their hour.

rows = np.zeros((len(logs), len(logs) + len(heat) - 1), int)
for hour, count in enumerate(logs):
    rows[hour, hour : hour + len(heat)] = count * heat
print(rows)

# %%
# Now add up every column.

total = rows.sum(axis=0)
print(total)

written = np.full(rows.shape, "", dtype=object)
for hour in range(len(logs)):
    written[hour, hour : hour + len(heat)] = rows[hour, hour : hour + len(heat)]

fig, ax = sheet(8.2, 10)
draw_grid(ax, logs[:, None], at=(2, 1.7), title=_("logs"), color=BLUE, face=SOFT_BLUE)
burning = {(hour, hour + age): SOFT_ORANGE for hour in range(len(logs)) for age in range(len(heat))}
draw_grid(ax, written, at=(2, 3.6), color=ORANGE, lit=burning)
draw_grid(ax, total[None], at=(6.9, 3.6), color=GREEN, face=SOFT_GREEN)
draw_window(ax, (1, 6.6), (7, 1), color=GREEN)
for hour in range(len(total)):
    write(ax, 1.5, 4.1 + hour, str(hour))
for hour in range(len(logs)):
    write(ax, 2.5 + hour, 0.75, str(hour))
write(ax, 1.5, 0.75, _("hour"))
write(ax, 0.5, 6.6, _("heat in hour"))
write(ax, 7.4, 2.2, _("sum"), color=GREEN)
describe(
    fig,
    _(
        "Four rows, one for each batch of logs: three, two, one times the number of logs, each begun an hour "
        "after the row above. The column sums are 3, 8, 5, 11, 6, 3. The column of hour 3 is framed."
    ),
)

# %%
# The column sums are the convolution of the two lists. And nothing gets lost: every log gives six units of
# heat in the end, so six logs give 36.

assert np.array_equal(total, convolve(logs, heat))
assert total.sum() == logs.sum() * heat.sum() == 36

plt.show()

"""
Where does the flip come from?
==============================

How warm is it in one hour? Lay the heat of one log below the list of logs, so that what belongs together
stands one above the other. For that the list has to be turned round.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.convolution import convolve
from cnnbook.draw.figure import animate, describe
from cnnbook.draw.grid import draw_grid, draw_window, sheet, wipe, write
from cnnbook.draw.style import BLUE, FAINT, GREEN, ORANGE, SOFT_BLUE, SOFT_GREEN, SOFT_ORANGE, use_style
from cnnbook.i18n import _

use_style()

logs = np.array([1, 2, 0, 3])
heat = np.array([3, 2, 1])
total = convolve(logs, heat)

# %%
# Look back from hour 3: the logs of hours 3, 2, 1 are 0, 1, 2 hours old. Forward through the hours is
# backward through the ages. Written from left to right as the logs are, the heat reads 1, 2, 3. From one
# hour to the next this strip moves on by one place.

padded = np.pad(logs, len(heat) - 1)  # no logs before the first hour, none after the last
empty = {(0, place): FAINT for place in range(len(padded)) if not 2 <= place < 2 + len(logs)}
fig, ax = sheet(6.5, 10.6)
left = 2.2


def show(hour):
    """Draw the strip where it lies at this hour, and the heat found so far."""
    wipe(ax)
    for place in range(len(padded)):
        write(ax, 0.5, left + place + 0.5, str(place - 2).replace("-", "−"))
    draw_grid(ax, padded[None], at=(1, left), color=BLUE, face=SOFT_BLUE, lit=empty)
    draw_grid(ax, heat[None, ::-1], at=(2.3, left + hour), color=ORANGE, face=SOFT_ORANGE)
    draw_window(ax, (1, left + hour), (2.3, len(heat)))
    pairs = zip(padded[hour : hour + len(heat)], heat[::-1], strict=True)
    products = " + ".join(f"{count}·{units}" for count, units in pairs)
    write(ax, 4.2, left + 4, f"{products} = {total[hour]}")
    found = [value if n <= hour else "" for n, value in enumerate(total)]
    draw_grid(ax, [found], at=(5.2, left + 2), color=GREEN, lit={(0, hour): SOFT_GREEN})
    draw_window(ax, (5.2, left + 2 + hour), (1, 1), color=GREEN)
    for row, name, color in [(1.5, _("logs"), BLUE), (2.8, _("heat"), ORANGE), (5.7, _("sum"), GREEN)]:
        write(ax, row, 1.1, name, color=color)


animate(fig, show, range(len(total)), seconds=1.6)
describe(
    fig,
    _(
        "The logs stand in a row. The heat of one log, turned round to one, two, three, slides below them to "
        "the right. Numbers one above the other are multiplied, then added: 3, 8, 5, 11, 6, 3."
    ),
)

# %%
# The turned list is no rule of its own. It is what looking back in time looks like on paper. Written out:

for n in range(len(total)):
    assert total[n] == sum(logs[m] * heat[n - m] for m in range(len(logs)) if 0 <= n - m < len(heat))

# %%
# How much of the result do we keep? Mode "full" keeps every hour with any heat, "valid" only the hours for
# which the strip lies inside the list, "same" the middle part that is as long as the list of logs.

fig, ax = sheet(4.6, 10.6)
for hour in range(len(total)):
    write(ax, 0.5, left + 2 + hour, str(hour))
for row, mode in enumerate(["full", "same", "valid"]):
    kept = convolve(logs, heat, mode)
    first = (len(total) - len(kept)) // 2
    assert np.array_equal(kept, total[first : first + len(kept)])
    draw_grid(ax, kept[None], at=(1 + 1.2 * row, left + 1.5 + first), color=GREEN, face=SOFT_GREEN)
    write(ax, 1.5 + 1.2 * row, left, mode)
describe(
    fig,
    _("Of the six values 3, 8, 5, 11, 6, 3, full keeps all, same the middle four, valid only 5 and 11."),
)

plt.show()

"""
How large a window is needed to read a digit?
=============================================

A network looks at digits of 8 x 8 pixels through one window and forgets where it looked.
"""

import matplotlib.pyplot as plt

from cnnbook.draw.figure import describe
from cnnbook.draw.spread import draw_level, draw_range
from cnnbook.draw.style import BLUE, ORANGE, use_style
from cnnbook.i18n import _
from cnnbook.results import results

use_style()

# %%
# Measured by ``python -m benchmarks.why``: five random starts for each window. The orange network keeps of
# each map only its largest value; the blue one keeps the whole map.

measured = results("why")
sizes = [int(size) for size in measured["windows_kept"]]
kept = list(zip(*measured["windows_kept"].values(), strict=True))
forgotten = list(zip(*measured["windows_forgotten"].values(), strict=True))

fig, ax = plt.subplots()
draw_range(ax, sizes, kept, color=BLUE, name=_("places kept"), at=(3.2, 1.04))
draw_range(ax, sizes, forgotten, color=ORANGE, name=_("places forgotten"), at=(5, 0.7))
draw_level(ax, 0.1, _("guessing"))
ax.set(ylim=(0, 1.1), xlabel=_("rows and columns of the window"), ylabel=_("read correctly"))
ax.yaxis.set_major_formatter("{x:.0%}")
describe(
    fig,
    _(
        "Share of digits read correctly against the window. With places kept it is above 95 % throughout. "
        "With places forgotten it climbs from guessing at 1 to above 90 % at 4, and little after that."
    ),
)

# %%
# A surprise: with places kept, a window of a single pixel already does as well as one that covers the image.

mean = {size: sum(runs) / 5 for size, runs in measured["windows_forgotten"].items()}
assert mean["1"] < 0.15
assert mean["4"] > 0.9
assert min(min(runs) for runs in kept) > 0.95

plt.show()

"""
How do 55 windows of 11 pixels fit into 224?
============================================

The paper says 224 pixels, a stride of 4 and 55 units. Many readers have noticed that this does not fit.
"""

import matplotlib.pyplot as plt
import torch
from matplotlib.ticker import MultipleLocator

from cnnbook.arithmetic import output_length
from cnnbook.draw.figure import describe
from cnnbook.draw.style import BLUE, INK, MUTED, ORANGE, SOFT_BLUE, use_style
from cnnbook.i18n import _
from cnnbook.models import AlexNet

use_style()

# %%
# The last four windows of a row, numbers 51 to 54. The image ends with pixel 223.

starts = {number: 4 * number for number in range(51, 55)}
fig, ax = plt.subplots(figsize=(5.6, 3.0))
ax.axvspan(199.5, 223.5, color=SOFT_BLUE, zorder=0)
ax.axvline(223.5, color=BLUE)
for row, (number, start) in enumerate(starts.items()):
    ax.barh(row, 11, left=start - 0.5, height=0.6, facecolor="none", edgecolor=ORANGE, linewidth=2)
    ax.text(start + 5, row, str(number), ha="center", va="center", color=ORANGE)
ax.text(211, -0.95, _("the image"), ha="center", color=BLUE)
ax.text(226, -0.95, _("nothing"), ha="center", color=MUTED)
ax.set(xlim=(199.5, 229), ylim=(3.6, -1.4), yticks=[], xlabel=_("pixel"))
ax.xaxis.set_major_locator(MultipleLocator(4))
ax.spines["left"].set_visible(False)
ax.tick_params(colors=INK)
describe(
    fig,
    _("Four frames of eleven pixels, each four further right; the last sticks out of the image by three."),
)

# %%
# Rounded down there are 54 windows, rounded up there are 55. The programs that the authors published round
# up; the window that hangs over finds zeros there. With 227 pixels both agree, and so later texts write
# 227.

down, up = (output_length(224, 11, 4, ceil_mode=mode) for mode in (False, True))
print(down, up, output_length(227, 11, 4))
assert (down, up) == (54, 55)
assert output_length(227, 11, 4, ceil_mode=True) == output_length(227, 11, 4) == 55

# %%
# Both sizes go through the network and give maps of equal size.

with torch.device("meta"):
    features = AlexNet().features
    sizes = {side: tuple(features(torch.empty(1, 3, side, side)).shape) for side in (224, 227)}
print(sizes)
assert sizes[224] == sizes[227] == (1, 256, 6, 6)
assert starts[54] + 11 - 224 == 3

plt.show()

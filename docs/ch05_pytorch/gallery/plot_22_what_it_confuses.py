"""
Which digits does it take for which?
====================================

LeNet reads 10,000 test digits and gets a few dozen of them wrong. The mistakes are not spread evenly.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.draw.figure import describe
from cnnbook.draw.grid import draw_grid, sheet, write
from cnnbook.draw.style import AMOUNT, GREEN, INK, use_style
from cnnbook.i18n import _
from cnnbook.results import results
from cnnbook.train import pairs_of_half

use_style()

# %%
# Added up over the beginnings that were tried: in each row the digits that were shown, in each column what
# they were read as. The diagonal, where both agree, holds nearly all and is set to zero.

lenet = results("mnist")["recipes"]["lenet"]
confusion = sum(np.array(run["confusion"]) for run in lenet["runs"])
mistakes = confusion * (1 - np.eye(10, dtype=int))
fig, ax = sheet(12.6, 12.6)
look = {"cmap": AMOUNT, "limits": (0, int(mistakes.max()))}
draw_grid(ax, mistakes, at=(2, 2), row_names=range(10), column_names=range(10), color=INK, **look)
write(ax, 0.5, 7, _("read as"), color=GREEN)
write(ax, 7, 0.6, _("shown"), color=GREEN, rotation=90)
describe(
    fig,
    _(
        "A table of ten rows and ten columns with zeros on its diagonal. Most cells hold a small number or "
        "none; a few pairs of digits hold many of the mistakes."
    ),
)

# %%
# How many pairs make up half of all mistakes? There are ninety.

half = pairs_of_half(confusion)
row, column = np.unravel_index(mistakes.argmax(), mistakes.shape)
print(_("{count} mistakes; {half} of 90 pairs make up half of them").format(count=mistakes.sum(), half=half))
print(_("most often a {shown} is read as a {read}").format(shown=row, read=column))
assert half < 20
assert mistakes.sum() == sum(len(run["wrong"]) for run in lenet["runs"])

plt.show()

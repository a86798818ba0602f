"""
Which function changes nothing?
===============================

Convolved with the list 1, every list stays as it is. Is there such a function, too? Try boxes of area one,
narrower and narrower.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.convolution import convolve
from cnnbook.draw.curves import draw_curve
from cnnbook.draw.figure import describe
from cnnbook.draw.style import BLUE, GREEN, ORANGE, use_style
from cnnbook.i18n import _

use_style()

assert np.array_equal(convolve([1, 2, 0, 3], [1]), [1, 2, 0, 3])

# %%
# A box :math:`b` of width :math:`w` must be :math:`1/w` high to have area one. Convolving with it gives the
# average of :math:`f` over a window of width :math:`w` around each place.

step = 1 / 256
x = np.arange(-256, 512) * step + step / 2
f = np.where((x > 0) & (x < 1), 1 - x, 0)

fig, axes = plt.subplots(2, 3, sharex=True, sharey="row", figsize=(5.6, 4.4))
for (upper, lower), w in zip(axes.T, [1, 1 / 2, 1 / 4], strict=True):
    box = np.full(round(w / step) + 1, 1 / w)
    box[[0, -1]] /= 2  # the ends count half, so that the area is one and the window lies in the middle
    average = convolve(f, box, mode="same") * step
    upper.set_title(f"$w = {w:g}$")
    draw_curve(upper, x, np.where(np.abs(x) <= w / 2, 1 / w, 0), color=ORANGE)
    draw_curve(lower, x, f, color=BLUE)
    draw_curve(lower, x, average, color=GREEN)
    lower.set(xticks=[-1, 0, 1, 2])
    away = np.abs(x) > w / 2 + step
    assert np.isclose(np.abs(average - f)[away].max(), w / 8, atol=step)
    assert np.isclose(np.interp(0, x, average), 1 / 2 - w / 8, atol=step)
for ax, name, color, at in [
    (axes[0, 0], "$b$", ORANGE, (0, 1.5)),
    (axes[1, 0], "$f$", BLUE, (0.5, 0.8)),
    (axes[1, 0], "$f * b$", GREEN, (1.45, 0.3)),
]:
    ax.text(*at, name, color=color, ha="center", va="center", fontsize="large")
describe(
    fig,
    _(
        "Above, boxes of width 1, one half and one quarter with area one. Below, a ramp and its convolution "
        "with each box: the narrower the box, the closer the two curves; the jump stays a slope."
    ),
)

# %%
# At the bend the error is an eighth of the width and goes to zero with it. At the jump it does not: there
# the average tends to 1/2, the middle of the jump. However narrow, no box leaves :math:`f` as it is.

plt.show()

"""
Which of the two is flipped?
============================

In :math:`f * g` we turned :math:`g` round and left :math:`f` as it was. What if we do it the other way?
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.convolution import convolve, convolve_functions
from cnnbook.draw.curves import draw_overlap
from cnnbook.draw.figure import describe
from cnnbook.draw.style import MUTED, use_style
from cnnbook.i18n import _

use_style()

# %%
# The feeding grows for one hour and stops; the pellets burn down in two.

t = 1.5
x = np.arange(-1, 3, 1 / 64) + 1 / 128  # between the jumps, never on one


def f(time):
    """Kilograms an hour that go in."""
    return np.where((time > 0) & (time < 1), time, 0)


def g(age):
    """Heat of one kilogram at this age."""
    return np.where((age > 0) & (age < 2), 1 - age / 2, 0)


fig, (above, below) = plt.subplots(2, 1, sharex=True, sharey=True, figsize=(5.2, 4.6))
draw_overlap(above, x, f(x), g(t - x), names=(r"$f(\tau)$", r"$g(t-\tau)$"), at=((0.5, 0.85), (1.9, 0.85)))
draw_overlap(below, x, f(t - x), g(x), names=(r"$f(t-\tau)$", r"$g(\tau)$"), at=((1.2, 0.93), (-0.3, 0.85)))
for ax in (above, below):
    ax.set(ylim=(0, 1.1), yticks=[0, 1])
    ax.axvline(t / 2, color=MUTED, linestyle=":", linewidth=1)
below.set_xlabel(r"$\tau$")
describe(
    fig,
    _(
        "Above, the second function is turned round, below, the first one. The green shapes under the two "
        "products are mirror images of each other, so their areas are equal."
    ),
)

# %%
# The green shapes are mirror images, with the mirror at :math:`t/2`: the picture below is the upper one seen
# from behind. So the areas agree, whatever the two functions are. With lists of numbers there is nothing to
# measure; the two results are equal to the last digit.

above_area = convolve_functions(f, g, t, f_support=(0, 1), g_support=(0, 2))
below_area = convolve_functions(g, f, t, f_support=(0, 2), g_support=(0, 1))
assert np.isclose(above_area.value, below_area.value)
assert np.array_equal(convolve([1, 2, 0, 3], [3, 2, 1]), convolve([3, 2, 1], [1, 2, 0, 3]))

plt.show()

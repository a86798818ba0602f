"""
How much do the two overlap?
============================

Now the stove is fed without a break. One kilogram of pellets an hour trickles in for two hours, and what has
just gone in burns brightest. The sum over logs becomes an area.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.convolution import convolve_functions
from cnnbook.draw.curves import draw_curve, draw_overlap
from cnnbook.draw.figure import animate, describe
from cnnbook.draw.style import FAINT, GREEN, use_style
from cnnbook.i18n import _

use_style()


def f(tau):
    """Kilograms an hour that go in at time tau."""
    return np.where((tau >= 0) & (tau < 2), 1.0, 0.0)


def g(age):
    """Heat of one kilogram at this age, in hours."""
    return np.where((age >= 0) & (age < 1), 1.0 - age, 0.0)


# %%
# What went in at :math:`\tau` is :math:`t - \tau` old at time :math:`t`. Drawn over :math:`\tau`, the
# function :math:`g(t - \tau)` is :math:`g` turned round and moved to :math:`t`. The heat at time :math:`t`
# is the green area in the upper picture and the height of the curve in the lower one.

times = np.arange(-1.25, 3.26, 1 / 32)
areas = convolve_functions(f, g, times, f_support=(0, 2), g_support=(0, 1)).value

fig, (above, below) = plt.subplots(2, 1, sharex=True, figsize=(5.2, 4.6))


def show(sixths):
    """Draw both functions at time t, and the curve of areas up to it."""
    t = sixths / 6
    corners = np.sort([-1.25, 0, 2, t - 1, t, 3.25])
    x = np.ravel([corners - 1e-9, corners + 1e-9], order="F")  # just before and just after every jump
    above.clear()
    below.clear()
    names, places = (r"$f(\tau)$", r"$g(t-\tau)$"), ((1, 1.36), (t - 0.5, 1.14))
    draw_overlap(above, x, f(x), g(t - x), names=names, at=places)
    draw_curve(below, times, areas, color=FAINT)
    draw_curve(below, times[times <= t], areas[times <= t], color=GREEN, name="$(f * g)(t)$", at=(2.75, 0.5))
    below.plot(t, np.interp(t, times, areas), "o", color=GREEN, markersize=9)
    above.set(xlim=(-1.25, 3.25), ylim=(0, 1.5), yticks=[0, 1], xticks=range(-1, 4))
    above.set_xlabel(_("when it went in, τ (hours)"))
    below.set(ylim=(0, 0.62), yticks=[0, 0.5], xlabel=_("now, t (hours)"), ylabel=_("green area"))
    above.tick_params(labelbottom=True)


animate(fig, show, [*range(-1, 20), 3], seconds=0.4)
describe(
    fig,
    _(
        "Above, a box from 0 to 2 and a ramp, turned round, that slides to the right; the area of their "
        "product is green. Below, this area as a curve: it climbs to one half at t = 1, stays until t = 2, "
        "and falls to zero at t = 3."
    ),
)

# %%
# The animation comes to rest at :math:`t = 1/2`. There the green shape has the heights 1/2 and 1 on its two
# sides and the width 1/2: by school geometry its area is 3/8. Here the product is the
# overlap itself, because the box is one high and the ramp not higher. In general it is not, and what counts
# is the product.

assert np.isclose(areas[times == 0.5], 3 / 8)
assert np.isclose(areas.max(), 1 / 2)

plt.show()

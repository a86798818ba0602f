r"""
When does the sum become the integral?
======================================

A computer knows no trickle. It cuts time into slices of width :math:`\Delta`, treats what goes in during a
slice as one log, and adds up. How wrong is that?
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.convolution import convolve
from cnnbook.draw.curves import draw_curve, draw_stems
from cnnbook.draw.figure import describe
from cnnbook.draw.style import BLUE, MUTED, ORANGE, use_style
from cnnbook.i18n import _

use_style()


def heat(width, power, place):
    """Heat of pellets fed for two hours that burn down as (1 - age)**power, each slice sampled at `place`."""
    slices = round(1 / width)
    ages = (np.arange(slices) + place) * width
    values = convolve(np.ones(2 * slices), (1 - ages) ** power) * width
    return (np.arange(len(values)) + 2 * place) * width, values


def exact(t, power):
    """The integral: an antiderivative of (1 - age)**power between the youngest and the oldest pellet."""
    young, old = np.clip(t - 2, 0, 1), np.clip(t, 0, 1)
    return ((1 - young) ** (power + 1) - (1 - old) ** (power + 1)) / (power + 1)


# %%
# First the straight burn :math:`1 - \text{age}`, measured at the start of every slice. The dots stand above
# the curve: what goes in during a slice is counted as if all of it had gone in at once.

t = np.linspace(0, 3, 301)
fig, axes = plt.subplots(1, 3, sharey=True, figsize=(5.6, 3.0))
for ax, slices in zip(axes, [2, 4, 16], strict=True):
    places, values = heat(1 / slices, power=1, place=0)
    draw_stems(ax, places, values)
    draw_curve(ax, t, exact(t, 1), color=MUTED)
    error = np.abs(values - exact(places, 1)).max()
    ax.set(title=f"$\\Delta = 1/{slices}$", xlabel="$t$", xticks=range(4), ylim=(0, 0.85))
    assert np.isclose(error, 1 / slices)
axes[0].set_ylabel(_("heat"))
describe(
    fig,
    _(
        "The sum as dots and the integral as a line, for slices of a half, a quarter and a sixteenth of an "
        "hour. The finer the slices, the closer the dots."
    ),
)

# %%
# The largest error is the width of a slice, exactly. Measured in the middle of each slice, the straight burn
# has no error at all. So take a bent one, :math:`(1 - \text{age})^2`, and compare.

widths = 1 / 2.0 ** np.arange(1, 8)
fig, ax = plt.subplots(figsize=(5.2, 3.6))
for place, name, color, at in [(0, _("start"), ORANGE, (0.02, 0.05)), (0.5, _("middle"), BLUE, (0.05, 5e-5))]:
    errors = []
    for width in widths:
        places, values = heat(width, power=2, place=place)
        errors.append(np.abs(values - exact(places, 2)).max())
    draw_curve(ax, widths, errors, color=color, name=name, at=at, marker="o")
    ratios = np.divide(errors[:-1], errors[1:])
    assert np.allclose(ratios, 2 if place == 0 else 4)
ax.set(xscale="log", yscale="log", xlabel=_("width of a slice Δ (hours)"), ylabel=_("largest error"))
describe(
    fig,
    _(
        "The largest error against the width of a slice, on logarithmic scales. Slices half as wide halve "
        "the error if measured at their start, and quarter it if measured in their middle."
    ),
)

plt.show()

"""
Does every pixel of a receptive field matter as much as every other?
====================================================================

There are many ways from a unit down to the middle of its field, and a single one to each corner.
"""

import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn

from cnnbook.draw.curves import draw_curve
from cnnbook.draw.figure import describe
from cnnbook.draw.receptive_field import show_effective
from cnnbook.draw.style import BLUE, GREEN, MUTED, ORANGE, use_style
from cnnbook.i18n import _
from cnnbook.receptive_field import effective

use_style()

# %%
# Stacks of 3 x 3 layers whose nine weights are all 1/9. Each picture shows a whole receptive field, from 11
# to 81 pixels wide, and how strongly one unit depends on each pixel.

fields = {}
for depth in (5, 10, 20, 40):
    layers = [nn.Conv2d(1, 1, 3, padding=1, bias=False) for number in range(depth)]
    for layer in layers:
        nn.init.constant_(layer.weight, 1 / 9)
    side = 2 * depth + 1
    fields[depth] = effective(nn.Sequential(*layers), (1, side, side), samples=1, power=1)

fig, axes = plt.subplots(2, 2, figsize=(5.6, 6.2))
for ax, (depth, found) in zip(axes.flat, fields.items(), strict=True):
    show_effective(ax, found.energy, title=_("{n} layers, {side} pixels").format(n=depth, side=2 * depth + 1))
    ax.spines[:].set(visible=True, color=ORANGE)
    angle = np.linspace(0, 2 * np.pi, 200)
    ax.plot(
        *(depth + 2 * found.deviation[0] * turn(angle) for turn in (np.cos, np.sin)), color=BLUE, linewidth=1
    )
describe(fig, _("Four squares with a round spot in the middle; the more layers, the smaller its share."))

# %%
# The blue circle is four standard deviations wide. Its share of the field's width, against the formula.

fig, ax = plt.subplots(figsize=(5.6, 3.6))
depths = np.arange(1, 61)
draw_curve(
    ax,
    depths,
    4 * np.sqrt(2 * depths / 3) / (2 * depths + 1),
    color=GREEN,
    name=r"$4\sqrt{2L/3}\,/\,(2L+1)$",
    at=(26, 0.55),
)
ax.plot(list(fields), [found.share[0] for found in fields.values()], "o", color=BLUE)
for depth, found in fields.items():
    ax.annotate(
        f"{found.share[0]:.0%}", (depth, found.share[0]), (-5, -19), textcoords="offset points", ha="center"
    )
ax.axhline(1, color=MUTED, linestyle=":")
ax.set(xlabel=_("layers L"), ylabel=_("share of the width"), ylim=(0, 1.15))
ax.yaxis.set_major_formatter("{x:.0%}")
describe(fig, _("A falling curve with four dots upon it, at 66, 49, 36 and 26 per cent."))

# %%
# Real weights are neither equal nor all positive. With random weights and a ReLU after every layer the
# picture is rougher and the shares are much the same.

torch.manual_seed(0)
rough = nn.Sequential(
    *[step for n in range(20) for step in (nn.Conv2d(8 if n else 1, 8, 3, padding=1), nn.ReLU())]
)
for layer in rough[::2]:
    nn.init.kaiming_normal_(layer.weight)
found = effective(rough, (1, 41, 41), samples=20)
print(_("20 random layers: {share:.0%}").format(share=found.share[0]))

assert [round(100 * found.share[0]) for found in fields.values()] == [66, 49, 36, 26]
assert 0.25 < found.share[0] < 0.45
plt.show()

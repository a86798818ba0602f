"""
How many weights does a layer need if every pixel may talk to every output?
===========================================================================

The first layer of LeNet-5, wired in three ways. All three have the same inputs and the same outputs.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.draw.curves import draw_curve
from cnnbook.draw.figure import describe
from cnnbook.draw.style import BLUE, GREEN, ORANGE, use_style
from cnnbook.draw.waterfall import draw_waterfall
from cnnbook.i18n import _
from cnnbook.wiring import wirings

use_style()

# %%
# An image of 32 x 32 pixels, six maps of 28 x 28. Dense: each output reads all pixels. Local: only 5 x 5 of
# them, with weights of its own. Shared: the 784 outputs of a map have the same 25 weights and the same bias.

costs = wirings((1, 32, 32), kernels=6, kernel=5)
names = dict(zip(costs, (_("dense"), _("local"), _("shared")), strict=True))
parameters = {names[key]: cost.parameters for key, cost in costs.items()}
connections = {names[key]: cost.connections for key, cost in costs.items()}
fewer = _("÷ {n:.0f}").format(n=parameters[names["dense"]] / parameters[names["local"]])
shared = _("÷ {n:.0f}").format(n=parameters[names["local"]] / parameters[names["shared"]])

fig, axes = plt.subplots(2, 1, figsize=(6.4, 6.8), sharex=True, sharey=True)
draw_waterfall(axes[0], parameters, notes=(fewer, shared), title=_("parameters"))
draw_waterfall(axes[1], connections, notes=(fewer,), color=GREEN, title=_("connections"))
describe(
    fig,
    _(
        "Bars on a scale of powers of ten. Parameters: 4,821,600 dense, 122,304 local, 156 shared. "
        "Connections: 4,821,600 dense, 122,304 local, and 122,304 shared."
    ),
)

# %%
# A surprise: sharing saves no connection, so it saves no multiplication either. It only saves parameters, by
# a factor of exactly the number of places.

assert costs["local"].macs == costs["shared"].macs
assert costs["local"].parameters == 28 * 28 * costs["shared"].parameters

# %%
# And larger images? Ten times as many rows and columns are 100 times as many pixels and 100 times as many
# outputs. The dense layer then needs about 10,000 times as many weights, the convolution not a single one
# more.

sides = np.array([32, 64, 128, 256, 512])
table = [wirings((1, side, side), kernels=6, kernel=5) for side in sides.tolist()]
fig, ax = plt.subplots(figsize=(6.4, 4.4))
places = {"dense": (100, 3e10), "local": (250, 9e7), "shared": (250, 900)}
for (key, at), color in zip(places.items(), (BLUE, GREEN, ORANGE), strict=True):
    draw_curve(
        ax, sides, [row[key].parameters for row in table], color=color, name=names[key], at=at, marker="o"
    )
ax.set(xscale="log", yscale="log", ylim=(10, 1e13), xlabel=_("rows and columns"), ylabel=_("parameters"))
ax.set_xticks(sides, [str(side) for side in sides])
ax.minorticks_off()
describe(
    fig,
    _(
        "Parameters against the side of the image, from 32 to 512: the dense layer climbs from millions to "
        "hundreds of billions, the local one to tens of millions, the shared one stays at 156."
    ),
)
assert {row["shared"].parameters for row in table} == {156}

plt.show()

"""
Which pixels can one unit see?
==============================

Go down from one unit to what it reads, and from there to what that reads, until you stand on the input.
"""

import matplotlib.pyplot as plt

from cnnbook.draw.figure import describe
from cnnbook.draw.receptive_field import draw_cone
from cnnbook.draw.style import use_style
from cnnbook.i18n import _
from cnnbook.receptive_field import Conv, Pool, analyze

use_style()

# %%
# Three layers, each of which reads three neighbours. One unit at the top reads 3 units, these read 5, and
# these read 7 pixels: every layer adds 2.

three = analyze([Conv(3), Conv(3), Conv(3)], (1, 15))
cone = three.cone(4)
print({name: last - first + 1 for name, ((first, last),) in cone.items()})

fig, ax = plt.subplots(figsize=(5.4, 2.6))
places = [
    range(15),
    *([layer.center(u)[0] for u in range(layer.units[0])] for layer in three.layers.values()),
]
names = [_("input"), _("layer 1"), _("layer 2"), _("layer 3")]
draw_cone(ax, places, [seen for (seen,) in cone.values()], labels=names)
describe(fig, _("Four rows of squares; below one lit square lie three, below them five, below them seven."))

# %%
# The same three layers, but the first takes every second place only. Its units stand two pixels apart, and
# so each step of the layers above is worth two pixels.

strided = analyze([Conv(3, 2), Conv(3), Conv(3)], (1, 15))
cone = strided.cone(1)
print({name: last - first + 1 for name, ((first, last),) in cone.items()})

fig, ax = plt.subplots(figsize=(5.4, 2.6))
places = [
    range(15),
    *([layer.center(u)[0] for u in range(layer.units[0])] for layer in strided.layers.values()),
]
draw_cone(ax, places, [seen for (seen,) in cone.values()], labels=names)
describe(fig, _("The first layer has a unit at every second pixel; one unit of layer 3 sees eleven pixels."))

# %%
# LeNet-5 has both: kernels of 5, and twice a pooling that halves the rows. One of the five units in a row
# of S4 sees 16 pixels, half of the image.

layers = {
    "C1": Conv(5, name="C1"),
    "S2": Pool(2, name="S2"),
    "C3": Conv(5, name="C3"),
    "S4": Pool(2, name="S4"),
}
lenet = analyze(list(layers.values()), (1, 32))
cone = lenet.cone(2)

fig, ax = plt.subplots(figsize=(5.6, 3.6))
places = [
    range(32),
    *([layer.center(u)[0] for u in range(layer.units[0])] for layer in lenet.layers.values()),
]
draw_cone(ax, places, [seen for (seen,) in cone.values()], labels=[_("input"), *layers])
ax.set_xlabel(_("pixel"))
describe(
    fig, _("LeNet-5 along one row: the middle unit of S4, and below it a cone that covers 16 of 32 pixels.")
)

# %%
# A surprise: without pooling the same two convolutions would see 9 pixels only. The two poolings add one
# and two pixels of their own; the other four come from C3, whose steps are worth two pixels each.

assert [layer.size for layer in lenet.layers.values()] == [(5,), (6,), (14,), (16,)]
assert analyze([Conv(5), Conv(5)], (1, 32)).size == (9,)
assert three.size == (7,)
assert strided.size == (11,)

plt.show()

"""
How fast does a receptive field grow?
=====================================

Depth alone adds a few pixels at a time. A pooling doubles what every later layer adds.
"""

import matplotlib.pyplot as plt
import torch

from cnnbook.draw.curves import draw_curve
from cnnbook.draw.figure import describe
from cnnbook.draw.style import BLUE, GREEN, MUTED, ORANGE, PURPLE, use_style
from cnnbook.i18n import _
from cnnbook.models.alexnet import AlexNet
from cnnbook.models.vgg import VGG16
from cnnbook.receptive_field import Conv, Pool, analyze

use_style()

# %%
# Twelve convolutions of 3 x 3: without pooling, with one in the middle, and with one after every third.

chains = {
    0: [Conv(3, padding=1)] * 12,
    1: [*[Conv(3, padding=1)] * 6, Pool(2), *[Conv(3, padding=1)] * 6],
    3: [*([*[Conv(3, padding=1)] * 3, Pool(2)] * 3), *[Conv(3, padding=1)] * 3],
}
fig, ax = plt.subplots(figsize=(5.6, 4.0))
last = {}
for (poolings, chain), color, at in zip(
    chains.items(), (BLUE, ORANGE, GREEN), ((13.7, 25), (13.7, 38), (13.7, 98)), strict=True
):
    sizes = [
        layer.size[0] for name, layer in analyze(chain, (1, 512)).layers.items() if name.startswith("conv")
    ]
    last[poolings] = sizes[-1]
    name = _("poolings: {n}").format(n=poolings)
    draw_curve(ax, range(1, 13), sizes, color=color, name=name, at=at, marker="o", markersize=4)
ax.set(xlabel=_("convolutions"), ylabel=_("pixels seen along a row"), xlim=(0, 15.3), ylim=(0, None))
ax.set_xticks(range(0, 13, 3))
describe(
    fig, _("Three curves of the size seen: a straight line, one that bends once, one that bends upwards.")
)
print(last)

# %%
# Two published networks, layer by layer, on a scale on which a doubling is always the same height. Dots are
# convolutions, squares are poolings.

fig, ax = plt.subplots(figsize=(5.6, 4.2))
with torch.device("meta"):
    networks = {"AlexNet": (AlexNet(), "features.pool5"), "VGG-16": (VGG16(), "features.pool5")}
top = {}
for (title, (model, end)), color, at in zip(
    networks.items(), (ORANGE, PURPLE), ((3.6, 115), (13, 52)), strict=True
):
    field = analyze(model, (3, 224, 224), output=end)
    kinds = ("convolution", "max_pool2d_with_indices")
    steps = [layer for layer in field.layers.values() if layer.kind in kinds]
    sizes = [layer.size[0] for layer in steps]
    draw_curve(ax, range(1, len(steps) + 1), sizes, color=color, name=title, at=at, linewidth=1)
    for kind, marker in zip(kinds, "os", strict=True):
        chosen = [i for i, layer in enumerate(steps) if layer.kind == kind]
        ax.plot([i + 1 for i in chosen], [sizes[i] for i in chosen], marker, color=color, markersize=5)
    top[title] = sizes[-1]
ax.axhline(224, color=MUTED, linestyle=":")
ax.text(1, 245, _("rows of the image: 224"), color=MUTED)
ax.set_yscale("log", base=2)
ax.set_yticks([4, 16, 64, 256], ["4", "16", "64", "256"])
ax.set(xlabel=_("convolutions and poolings"), ylabel=_("pixels seen along a row"), ylim=(2.5, 400))
ax.set_xticks(range(0, 19, 3))
describe(fig, _("AlexNet climbs to 195 pixels within 8 layers, VGG-16 to 212 within 18; the image has 224."))

# %%
# Two very different networks stop at nearly the same size, a little below the image's.

assert last == {0: 25, 1: 38, 3: 98}
assert top == {"AlexNet": 195, "VGG-16": 212}

plt.show()

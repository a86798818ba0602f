"""
Where in a network are the weights, and where is the work?
==========================================================

LeNet, layer by layer: numbers to learn, multiplications for one image, numbers to keep.
"""

from math import prod

import matplotlib.pyplot as plt

from cnnbook.draw.bars import draw_amounts
from cnnbook.draw.figure import describe
from cnnbook.draw.style import BLUE, GREEN, ORANGE, use_style
from cnnbook.i18n import _
from cnnbook.models.lenet import LeNet
from cnnbook.summary import summarize

use_style()

# %%
# The summary takes the layers from the running network; nothing is counted by hand. We leave out the rows
# that neither learn nor multiply nor change a shape.

layers = [layer for layer in summarize(LeNet(), (1, 32, 32)).layers if layer.kind != "relu"]
values = {layer.name: prod(layer.shape) for layer in layers}

fig, axes = plt.subplots(3, 1, figsize=(6.4, 7.2), sharex=True)
draw_amounts(axes[0], {layer.name: layer.parameters for layer in layers}, color=ORANGE, title=_("parameters"))
draw_amounts(axes[1], {layer.name: layer.macs for layer in layers}, color=GREEN, title=_("multiplications"))
draw_amounts(axes[2], values, color=BLUE, title=_("numbers in the output"))
describe(
    fig,
    _(
        "Three rows of bars for the layers of LeNet. Parameters: nearly all in f5. Multiplications: c3 most, "
        "then c1. Numbers in the output: c1 most, then fewer and fewer."
    ),
)

# %%
# A surprise: weights and work sit at opposite ends. A weight of a convolution is used at every place of its
# map, a weight of a fully connected layer once.

convolutions = [layer for layer in layers if layer.kind == "convolution"]
parameters = sum(layer.parameters for layer in convolutions) / sum(layer.parameters for layer in layers)
macs = sum(layer.macs for layer in convolutions) / sum(layer.macs for layer in layers)
print(_("convolutions: {parameters:.0%} of the parameters").format(parameters=parameters))
print(_("convolutions: {macs:.0%} of the multiplications").format(macs=macs))
assert parameters < 0.05 < 0.8 < macs

plt.show()

"""
Where are the parameters, and where is the work?
================================================

A parameter that is shared is used at many places. So the layers with few parameters may have most
connections.
"""

import matplotlib.pyplot as plt
import numpy as np
import torch

from cnnbook.draw.figure import describe
from cnnbook.draw.style import GREEN, ORANGE, use_style
from cnnbook.i18n import _
from cnnbook.models import AlexNet, LeNet5
from cnnbook.summary import summarize

use_style()

# %%
# Count for every layer of both networks. A connection is one use of a parameter.

with torch.device("meta"):
    networks = {
        "LeNet-5": summarize(LeNet5(), (1, 32, 32), depth=1),
        "AlexNet": summarize(AlexNet(), (3, 224, 224)),
    }
print(networks["LeNet-5"])
shares, first = {}, {"LeNet-5": "c5", "AlexNet": "classifier.1"}
fig, axes = plt.subplots(2, 1, figsize=(5.4, 7.4), height_ratios=(6, 8))
for ax, (title, network) in zip(axes, networks.items(), strict=True):
    layers = [layer for layer in network.layers if layer.parameters]
    names = [layer.name.removeprefix("features.") for layer in layers]
    if title == "LeNet-5":
        names = [name.upper() for name in names]
    else:
        names[-3:] = ["F6", "F7", _("output")]
    counts = np.array([(layer.parameters, layer.connections) for layer in layers])
    share = counts / counts.sum(axis=0)
    places = np.arange(len(layers))
    ax.barh(places - 0.2, share[:, 0], 0.38, color=ORANGE, label=_("share of the parameters"))
    ax.barh(places + 0.2, share[:, 1], 0.38, color=GREEN, label=_("share of the connections"))
    ax.set(title=title, xlim=(0, 0.9), ylim=(len(layers) - 0.4, -0.6))
    ax.set_yticks(places, names)
    ax.xaxis.set_major_formatter("{x:.0%}")
    shares[title] = share[[layer.name for layer in layers].index(first[title]) :].sum(axis=0)
axes[1].legend(loc="upper right")
describe(
    fig, _("In both networks the orange bars are long in the last layers and the green ones in the first.")
)

# %%
# The last layers, from C5 or F6 on: nearly all parameters, few of the connections.

for title, (parameters, connections) in shares.items():
    line = _("{title}: {parameters:.1%} of the parameters, {connections:.1%} of the connections")
    print(line.format(title=title, parameters=parameters, connections=connections))

# %%
# A surprise in AlexNet: the layer with most parameters reads nothing but the last 256 maps of 6 x 6, and
# has more than half of everything that the network can learn.

assert round(shares["LeNet-5"][0], 3) == 0.971
assert shares["LeNet-5"][1] < 0.2
assert shares["AlexNet"][0] > 0.9
assert shares["AlexNet"][1] < 0.1
assert networks["AlexNet"].parameters < 2 * 37_752_832

plt.show()

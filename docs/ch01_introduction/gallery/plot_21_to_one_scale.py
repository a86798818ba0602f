"""
How large are two classic networks beside each other?
=====================================================

Nothing here is drawn by hand: an image goes through each network, and the boxes have the shapes of its
tensors.
"""

import matplotlib.pyplot as plt
import torch

from cnnbook.draw.figure import describe
from cnnbook.draw.style import BLUE, GREEN, PURPLE, use_style
from cnnbook.draw.volumes import Volume, draw_networks
from cnnbook.i18n import _
from cnnbook.models import AlexNet, LeNet5
from cnnbook.summary import summarize

use_style()

# %%
# Ask both networks for the shape of every tensor on the way.

with torch.device("meta"):
    rows = {
        "LeNet-5": summarize(LeNet5(), (1, 32, 32)).layers,
        "AlexNet": summarize(AlexNet(), (3, 224, 224)).layers,
    }
shapes = {title: {layer.name: layer.shape for layer in layers} for title, layers in rows.items()}
convolutions = ("conv1", "pool1", "conv2", "pool2", "conv3", "conv4", "conv5", "pool5")
shown = {
    "LeNet-5": {"C1": "c1", "S2": "s2", "C3": "c3.cat", "S4": "s4", "C5": "c5", "F6": "f6"},
    "AlexNet": {name: f"features.{name}" for name in convolutions}
    | {"F6": "classifier.1", "F7": "classifier.4"},
}
shown["LeNet-5"][_("output")], shown["AlexNet"][_("output")] = "output", "classifier.6"
inputs = {"LeNet-5": (1, 32, 32), "AlexNet": (3, 224, 224)}
networks = {}
for title, names in shown.items():
    steps = {_("input"): inputs[title]} | {name: shapes[title][full] for name, full in names.items()}
    networks[title] = [
        Volume(
            f"{name}  {' × '.join(map(str, shape))}",
            shape if max(shape[1:], default=1) > 1 else shape[:1],
            BLUE if name == _("input") else GREEN if max(shape[1:], default=1) > 1 else PURPLE,
        )
        for name, shape in steps.items()
    ]

# %%
# LeNet-5 alone. Blue is the image, green are maps, which stand one behind the other from left to right, and
# purple are vectors, folded into a square.

fig = draw_networks(
    [networks["LeNet-5"]], titles=["LeNet-5"], thickness=0.6, gap=5.5, label_width=38, width=3.5
)
describe(
    fig, _("Boxes from top to bottom: image, 6 maps, 6 smaller ones, 16, 16 tiny ones, three flat squares.")
)

# %%
# Both to one scale. One map is a quarter of a pixel thick here.

fig = draw_networks(
    networks.values(), titles=list(networks), thickness=0.25, gap=19, label_width=150, width=5.6
)
describe(
    fig,
    _("Left the tiny boxes of LeNet-5, right those of AlexNet, whose image alone is far larger than all."),
)

# %%
# The surprise is how alike they are: convolutions and poolings that make the maps smaller and more
# numerous, then three layers without rows and columns. The difference is the size.

numbers = {title: sum(torch.Size(shape).numel() for shape in shapes[title].values()) for title in shapes}
print(numbers)
assert inputs["AlexNet"][1] == 7 * inputs["LeNet-5"][1]
assert shapes["AlexNet"]["features.pool5"] == (256, 6, 6)

plt.show()

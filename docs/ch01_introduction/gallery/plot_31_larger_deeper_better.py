"""
Did networks become better by becoming larger?
==============================================

Seven networks from 1989 to 2022: parameters and layers are counted, errors are those that were published.
"""

import matplotlib.pyplot as plt

from cnnbook.draw.figure import describe
from cnnbook.draw.style import FAINT, GREEN, MUTED, ORANGE, PURPLE, use_style
from cnnbook.experiments.history import milestones
from cnnbook.facts import value
from cnnbook.i18n import _

use_style()

# %%
# Each network is built, without memory for its weights, and counted. Both scales are logarithmic.

networks = milestones()
rows = range(len(networks))
fig, axes = plt.subplots(1, 2, figsize=(6.2, 4.2), sharey=True)
for ax, values, color, title in (
    (axes[0], [one.parameters for one in networks.values()], ORANGE, _("parameters")),
    (axes[1], [one.depth for one in networks.values()], PURPLE, _("layers with weights")),
):
    ax.hlines(rows, 1, values, color=FAINT)
    ax.plot(values, rows, "o", color=color)
    ax.set_xscale("log")
    ax.set(title=title)
axes[0].set(xlim=(1e3, 1e9), ylim=(len(networks) - 0.5, -0.5))
axes[0].set_yticks(
    rows, [f"{name}\n{one.year}" if "1989" not in name else name for name, one in networks.items()]
)
axes[1].set_xlim(1, 200)
axes[1].set_xticks([1, 10, 100], ["1", "10", "100"])
for row, one in enumerate(networks.values()):
    axes[1].annotate(str(one.depth), (one.depth, row), (8, 0), textcoords="offset points", va="center")
describe(
    fig, _("Parameters rise up to VGG-16 in 2014 and then fall; the number of layers rises all the time.")
)

# %%
# The share of ImageNet's test images for which none of five guesses was right, in the yearly competition. The
# first bar is the best entry of 2012 that was not a neural network.

errors = {
    _("second in 2012"): value("runner-up-top5"),
    "AlexNet 2012": value("alexnet-top5"),
    "VGG 2014": value("vgg-top5"),
    "GoogLeNet 2014": value("googlenet-top5"),
    "ResNet 2015": value("resnet-top5"),
}
fig, ax = plt.subplots(figsize=(5.6, 2.9))
bars = ax.barh(list(errors), list(errors.values()), color=[MUTED, *[GREEN] * 4])
ax.bar_label(bars, [f"{error:.1%}" for error in errors.values()], padding=4)
ax.invert_yaxis()
ax.set(xlim=(0, 0.31), xlabel=_("top-5 error"))
ax.xaxis.set_major_formatter("{x:.0%}")
ax.tick_params(left=False)
describe(fig, _("Five bars that become shorter: 26.2, 15.3, 7.3, 6.7 and 3.6 per cent."))

# %%
# The surprise: the errors kept falling after the parameters did. What kept rising is the depth.

sizes = [one.parameters for one in networks.values()]
depths = [one.depth for one in networks.values()]
assert max(sizes) == networks["VGG-16"].parameters
assert networks["GoogLeNet"].parameters < networks["AlexNet"].parameters / 8
assert depths == sorted(depths)
assert list(errors.values()) == sorted(errors.values(), reverse=True)

plt.show()

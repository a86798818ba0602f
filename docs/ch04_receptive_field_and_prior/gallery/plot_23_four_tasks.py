"""
Which prior suits which task?
=============================

The same digits, asked about in four ways. Three networks learn each task; they differ in nothing but the
weights they may have.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.draw.figure import describe
from cnnbook.draw.network import INK_ON_PAPER
from cnnbook.draw.spread import draw_runs
from cnnbook.draw.style import BLUE, ORANGE, PURPLE, use_style
from cnnbook.experiments.four_tasks import four_tasks
from cnnbook.i18n import _
from cnnbook.results import results

use_style()

# %%
# Two images of each task. The same shuffle was applied to all images of the third.

titles = {
    "centred": _("which digit?"),
    "anywhere": _("which digit, anywhere?"),
    "shuffled": _("the same, shuffled"),
    "corner": _("which corner?"),
}
fig, axes = plt.subplots(2, 4, figsize=(6.0, 3.4))
for column, (name, (training, _held_out)) in zip(axes.T, four_tasks().items(), strict=True):
    for ax, number in zip(column, (3, 9), strict=True):
        ax.imshow(training.images[number, 0], cmap=INK_ON_PAPER, vmin=0, vmax=1)
        ax.set(xticks=[], yticks=[], xlabel=str(training.labels[number]))
        ax.spines[:].set(visible=True, color=BLUE)
    column[0].set_title(titles[name].replace(", ", ",\n"), fontsize=10)
describe(
    fig, _("Eight small images: digits in the middle, digits anywhere, scattered dots, digits in corners.")
)

# %%
# What they read correctly of images that they have not seen: five random starts each, the line is the
# mean.

ways = results("prior")["ways"]
names = {"dense": _("dense"), "local": _("local"), "convolution": _("shared")}
fig, axes = plt.subplots(2, 2, figsize=(6.2, 6.4), sharey=True)
means = {}
for ax, (task, title) in zip(axes.flat, titles.items(), strict=True):
    scores = {way: [run["held_out"] for run in ways[way]["runs"][task]] for way in names}
    means[task] = {way: float(np.mean(values)) for way, values in scores.items()}
    chance = 1 / (int(four_tasks()[task][0].labels.max()) + 1)
    guess = (chance, _("guessing") if task == "centred" else "")
    groups = {names[way]: values for way, values in scores.items()}
    draw_runs(ax, groups, colors=(BLUE, PURPLE, ORANGE), guess=guess)
    ax.set(ylim=(0, 1.12), title=title)
describe(
    fig,
    _(
        "Four panels. Shared weights come first for digits anywhere and far last for shuffled pixels and "
        "corners; dense and local layers do about equally well."
    ),
)

# %%
# The surprise: with shared weights a digit in the middle and a digit anywhere are the same task. And asked
# for the corner, this network can only guess, however long it learns.

for task, scores in means.items():
    print(titles[task], {names[way]: f"{score:.0%}" for way, score in scores.items()})
assert abs(means["centred"]["convolution"] - means["anywhere"]["convolution"]) < 0.02
assert means["anywhere"]["convolution"] > means["anywhere"]["dense"] + 0.05
assert means["shuffled"]["convolution"] < means["shuffled"]["dense"] - 0.3
assert means["corner"]["convolution"] < 0.35 < 0.9 < means["corner"]["dense"]

plt.show()

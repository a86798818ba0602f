"""
What do I have to read before section 4.1?
==========================================

Sections are boxes, and an arrow says "this one first". The way to a section is shorter than the book.
"""

from graphlib import TopologicalSorter

import matplotlib.pyplot as plt

from cnnbook.draw.figure import describe
from cnnbook.draw.paths import draw_paths
from cnnbook.draw.style import BLUE, GREEN, MUTED, ORANGE, PURPLE, use_style
from cnnbook.i18n import _

use_style()

# %%
# For each section, the sections that it builds on. Python's own ``graphlib`` finds out whether there is an
# order in which nothing comes too early; the order of the book is one.

needs = {
    "1.1": [],
    "1.2": ["1.1"],
    "1.3": ["1.2"],
    "2.1": [],
    "2.2": ["2.1"],
    "2.3": ["2.2"],
    "2.4": ["2.3"],
    "2.5": ["2.3"],
    "2.6": ["2.5"],
    "2.7": ["2.5"],
    "2.8": ["2.4", "2.7"],
    "2.9": ["2.6", "2.8"],
    "3": ["2.9"],
    "4.1": ["2.5"],
    "4.2": ["2.8", "3"],
    "5.1": ["2.9"],
    "5.2": ["1.2", "5.1"],
}
TopologicalSorter(needs).prepare()  # raises an error where sections need each other in a circle
order = list(needs)
assert all(order.index(earlier) < order.index(later) for later in needs for earlier in needs[later])

# %%
# Follow the arrows backwards from section 4.1 and collect what you meet.

way, found = [], ["4.1"]
while found:
    way.append(found.pop())
    found += needs[way[-1]]
way.sort(key=order.index)
print(" → ".join(way))
assert way == ["2.1", "2.2", "2.3", "2.5", "4.1"]

# %%
# All of it at once. Each chapter has a colour.

boxes = {
    "1.1": ((0, 3), _("a first\nglimpse")),
    "1.2": ((1, 3), _("two\nnetworks")),
    "1.3": ((2, 4), _("since\nLeCun")),
    "2.1": ((0, 0), _("what is\nconvolution?")),
    "2.2": ((0, 1), _("dice")),
    "2.3": ((0, 2), _("images")),
    "2.4": ((1, 2), _("a layer")),
    "2.5": ((1, 1), _("the\ndetails")),
    "2.6": ((2, 0), _("pooling")),
    "2.7": ((2, 1), _("flatten")),
    "2.8": ((2, 2), _("fully\nconnected")),
    "2.9": ((3, 1), _("the whole\nCNN")),
    "3": ((4, 0), _("why CNN?")),
    "4.1": ((1, 0), _("receptive\nfield")),
    "4.2": ((5, 1), _("a strong\nprior")),
    "5.1": ((4, 2), _("PyTorch")),
    "5.2": ((5, 3), _("LeNet in\nPyTorch")),
}
colors = {"1": ORANGE, "2": BLUE, "3": PURPLE, "4": GREEN, "5": MUTED}
fig = draw_paths(
    {name: (place, f"{name}\n{title}", colors[name[0]]) for name, (place, title) in boxes.items()},
    [(earlier, later) for later in needs for earlier in needs[later]],
)
describe(
    fig,
    _(
        "Seventeen boxes joined by arrows, one for each section. From 2.1 they lead by 2.2, 2.3 and 2.5 to "
        "4.1. Most arrows of chapter 2 meet in 2.9, from where they go on to chapters 3 and 5."
    ),
)

plt.show()

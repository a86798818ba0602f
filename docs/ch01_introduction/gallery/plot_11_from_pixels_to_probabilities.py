"""
What does a network make of a digit on the way from pixels to probabilities?
============================================================================

A small network is trained here, reads one handwritten five, and shows every picture that it makes on the way.
"""

import math

import matplotlib.pyplot as plt

from cnnbook.data import digits
from cnnbook.draw.figure import describe
from cnnbook.draw.grid import draw_grid, sheet
from cnnbook.draw.network import INK_ON_PAPER, Stage, draw_stages
from cnnbook.draw.style import AMOUNT, BLUE, GREEN, ORANGE, use_style
from cnnbook.i18n import _
from cnnbook.train import digit_reader, look_inside

use_style()

# %%
# A digit is 64 numbers: how much ink there is in each of 8 x 8 little squares, from 0 to 16. The network gets
# it with every square repeated in a block of 4 x 4 pixels. It has never seen this one.

training, held_out = digits(factor=4)
image, label = held_out.images[18], held_out.labels[18]
fig, ax = sheet(8.4, 8.4, width=4.6)
draw_grid(
    ax, (image[0, ::4, ::4] * 16).astype(int), at=(0.2, 0.2), color=BLUE, cmap=INK_ON_PAPER, limits=(0, 16)
)
describe(fig, _("A five, written as a table of 8 by 8 numbers; the darker a cell, the larger its number."))

# %%
# Now the network reads it, and hands out what each of its layers made of it.

model, history = digit_reader()
steps = look_inside(model, image)
for name, made in steps.items():
    print(name, " × ".join(str(length) for length in made.shape))

# %%
# The first layer holds six kernels of 5 x 5 weights. Orange weights count for ink, blue ones against it.

fig = draw_stages([Stage(_("6 kernels of 5 × 5"), model.c1.weight.detach().numpy()[:, 0], color=ORANGE)])
describe(fig, _("Six small squares of 5 by 5 cells, each a different patchwork of orange and blue."))

# %%
# Each kernel slides over the digit and gives one map: orange where its pattern is, blue where the opposite
# is. What is negative becomes zero, and of every 2 x 2 values the largest stays.

c1 = Stage(_("C1: 6 maps, 28 × 28"), steps["c1"], color=GREEN)
s2 = Stage(_("S2: 6 maps, 14 × 14"), steps["s2"], AMOUNT, GREEN)
fig = draw_stages([c1, s2], columns=3)
describe(
    fig, _("Six maps that answer to different parts of the five; below them the same six, half the size.")
)

# %%
# The second layer looks at all six maps at once, with sixteen kernels; then the largest values stay again.

c3 = Stage(_("C3: 16 maps, 10 × 10"), steps["c3"], color=GREEN)
s4 = Stage(_("S4: 16 maps, 5 × 5"), steps["s4"], AMOUNT, GREEN)
fig = draw_stages([c3, s4], columns=8)
describe(
    fig, _("Sixteen coarse maps in which no five can be seen, and the same sixteen with 5 by 5 values each.")
)

# %%
# The whole way to one scale. The last 400 values are weighed three times over, down to ten probabilities.

start = Stage(_("input: 1 image, 32 × 32"), image, INK_ON_PAPER, BLUE)
chances = steps["probabilities"]
fig = draw_stages([start, c1, s2, c3, s4], probabilities=chances, title=_("probability of each digit"))
describe(
    fig,
    _(
        "From top to bottom: the five, six maps, six smaller ones, sixteen, sixteen tiny ones, ten bars. "
        "Only the bar of 5 is high."
    ),
)
least = math.floor(10_000 * chances.max()) / 10_000  # never a whole one, however sure
print(_("read as {digit}, probability above {chance:.2%}").format(digit=chances.argmax(), chance=least))
assert chances.argmax() == label == 5

# %%
# A surprise: the two convolutions have few of the weights and do most of the multiplying. A weight of theirs
# is used once for every pixel of a map; a weight of the last three layers is used once.

weights = {name: layer.weight.numel() for name, layer in model.named_children() if hasattr(layer, "weight")}
work = {name: count * steps[name][0].size for name, count in weights.items()}
print(
    _("weights in convolutions: {share:.0%}").format(
        share=(weights["c1"] + weights["c3"]) / sum(weights.values())
    )
)
print(
    _("multiplications in convolutions: {share:.0%}").format(
        share=(work["c1"] + work["c3"]) / sum(work.values())
    )
)
assert 20 * (weights["c1"] + weights["c3"]) < sum(weights.values())
assert 5 * (work["c1"] + work["c3"]) > 4 * sum(work.values())

plt.show()

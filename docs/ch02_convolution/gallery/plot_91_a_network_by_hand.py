"""
Can you follow a whole network with a pencil?
=============================================

Six rows of six pixels go in, two scores come out. On the way there are all the layers of a convolutional
network, and every number fits into a cell.
"""

import matplotlib.pyplot as plt
import torch

from cnnbook.draw.figure import describe
from cnnbook.draw.network import INK_ON_PAPER, Stage
from cnnbook.draw.pipeline import draw_numbers
from cnnbook.draw.style import AMOUNT, BLUE, GREEN, ORANGE, SIGNED, use_style
from cnnbook.i18n import _
from cnnbook.models.stroke_reader import StrokeReader

use_style()

# %%
# An upright stroke and a speck. The first kernel answers to upright strokes, the second to level ones; both
# have the bias -1.

image = torch.zeros(1, 6, 6)
image[0, 1:5, 3] = 1
image[0, 4, 5] = 1
model = StrokeReader()

fig = draw_numbers(
    [
        Stage(_("input: 1 × 6 × 6"), image.numpy(), INK_ON_PAPER, BLUE),
        Stage(_("kernels: 2 × 1 × 3 × 3"), model[0].weight.detach().numpy()[:, 0], SIGNED, ORANGE),
    ],
    width=3.6,
)
describe(fig, _("A picture of 6 by 6 zeros and ones with an upright stroke, and two kernels of 3 by 3."))

# %%
# What each layer made of it: these are the tensors of a running network, drawn as they are.

maps, after_relu, pooled, row, scores = (made.numpy() for made in model.steps(image))
fig = draw_numbers(
    [
        Stage(_("convolution: 2 × 4 × 4"), maps, SIGNED, GREEN),
        Stage(_("ReLU: 2 × 4 × 4"), after_relu, AMOUNT, GREEN),
        Stage(_("pooling: 2 × 2 × 2"), pooled, AMOUNT, GREEN),
        Stage(_("flatten: 8"), row[None, None], AMOUNT, GREEN),
        Stage(_("fully connected: 2 scores"), scores[None, None], SIGNED, GREEN),
    ],
    width=4.6,
)
describe(
    fig,
    _(
        "From top to bottom: two maps with negative and positive numbers, the same with zeros for negative "
        "ones, two maps of 2 by 2, a row 0 5 0 5 0 0 0 2, and the scores 8 and −8."
    ),
)
assert row.tolist() == [0, 5, 0, 5, 0, 0, 0, 2]
assert scores.tolist() == [8, -8]

# %%
# Does it find a stroke elsewhere? Upright strokes of three to six pixels, at every place: those that touch
# the left or right side of the picture get the scores 0 and 0, for no window has them in its middle.

unread = set()
for length in range(3, 7):
    for top in range(7 - length):
        for column in range(6):
            image = torch.zeros(1, 6, 6)
            image[0, top : top + length, column] = 1
            upright, level = model.steps(image)[-1]
            if upright <= level:
                unread.add(column)
print(_("not recognised in columns {columns}").format(columns=sorted(unread)))
assert unread == {0, 5}

plt.show()

"""
How many numbers has a kernel on three channels?
================================================

A kernel is as deep as its input. It has one slice for each channel, and what the slices find is added up.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.convolution import correlate
from cnnbook.draw.figure import describe
from cnnbook.draw.grid import draw_grid, sheet, write
from cnnbook.draw.planes import draw_planes
from cnnbook.draw.style import BLUE, GREEN, ORANGE, SOFT_BLUE, SOFT_GREEN, SOFT_ORANGE, SOFT_PURPLE, use_style
from cnnbook.functional import conv2d
from cnnbook.i18n import _

use_style()

# %%
# Two channels by hand. Each slice slides over its own channel; the two results are added, place by place.

x = np.array([[[1, 0, 2], [0, 1, 0], [2, 0, 1]], [[0, 1, 1], [1, 0, 1], [1, 1, 0]]])
kernel = np.array([[[1, 0], [0, 1]], [[1, -1], [0, 0]]])
parts = np.array([correlate(plane, part, mode="valid") for plane, part in zip(x, kernel, strict=True)])
output = parts.sum(axis=0)

fig, ax = sheet(10, 15)
for channel, face in enumerate((SOFT_BLUE, SOFT_PURPLE)):
    top = 1.3 + 4.8 * channel
    draw_grid(ax, x[channel], at=(top, 0.6), title=_("channel {c}").format(c=channel), color=BLUE, face=face)
    slice_title = _("slice {c}").format(c=channel)
    draw_grid(ax, kernel[channel], at=(top + 0.5, 4.8), title=slice_title, color=ORANGE, face=face)
    write(ax, top + 1.5, 7.4, "→")
    draw_grid(ax, parts[channel], at=(top + 0.5, 8), color=GREEN)
write(ax, 5.2, 9, "+")
write(ax, 5.2, 11.2, "→")
draw_grid(ax, output, at=(4.2, 12.2), title=_("output"), color=GREEN, face=SOFT_GREEN)
describe(
    fig,
    _(
        "Two channels of three by three numbers, under each slice of the kernel two by two numbers come out; "
        "added up, they make one output of two by two."
    ),
)
layer = conv2d(x.astype(float), kernel[np.newaxis].astype(float))
assert layer.tolist() == [output.tolist()] == [[[1, 0], [1, 1]]]

# %%
# Three channels and two kernels, to scale. The colour of a kernel's slice is that of the channel it reads.

faces = (SOFT_BLUE, SOFT_PURPLE, SOFT_ORANGE)
fig, ax = sheet(12.6, 21.5)
draw_planes(ax, (3, 6, 6), at=(2, 0.5), color=BLUE, faces=faces, title=_("input\n3 × 6 × 6"))
for number, top in enumerate((0.4, 6.6)):
    title = _("kernel {k}\n3 × 3 × 3").format(k=number)
    draw_planes(ax, (3, 3, 3), at=(top, 9.7), color=ORANGE, faces=faces, title=title)
draw_planes(ax, (2, 4, 4), at=(2.6, 16), color=GREEN, faces=(SOFT_GREEN,), title=_("output\n2 × 4 × 4"))
write(ax, 5.5, 8.8, "⋆", size=18)
write(ax, 5.5, 15.1, "→", size=18)
describe(
    fig,
    _(
        "An input of three sheets of six by six cells, two kernels of three sheets of three by three cells "
        "in the same three colours, and an output of two sheets of four by four cells: one for each kernel."
    ),
)

# %%
# The numbers of the layer: K kernels of C x R x S, and a bias for each. It has K maps, not K times C: the
# slices of one kernel are never seen apart.

rng = np.random.default_rng(0)
image, weights, bias = rng.random((3, 6, 6)), rng.standard_normal((2, 3, 3, 3)), rng.standard_normal(2)
print(weights.size + bias.size, conv2d(image, weights, bias).shape)
assert conv2d(image, weights, bias).shape == (2, 4, 4)

# %%
# Two slices can cancel. This kernel finds upright edges in channel 0 and takes them away again if channel 1
# has them too: it is blind to an edge that both channels share, and sees one that only one has.

edge, flat = np.tile([0.0, 0, 1, 1], (4, 1)), np.ones((4, 4))
unlike = np.array([[[[-1.0, 1]], [[1, -1]]]])
assert not conv2d(np.stack([edge, edge]), unlike).any()
assert conv2d(np.stack([edge, flat]), unlike).max() == 1

plt.show()

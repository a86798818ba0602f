"""
What does each argument of Conv2d do?
=====================================

One image of 6 × 6 digits, one kernel of nine ones, four settings. Each output number is the sum of nine
digits.
"""

import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn

from cnnbook.draw.figure import describe
from cnnbook.draw.grid import draw_grid, draw_window, sheet
from cnnbook.draw.style import BLUE, GREEN, SOFT_BLUE, SOFT_GREEN, SOFT_ORANGE, use_style
from cnnbook.functional import conv2d
from cnnbook.i18n import _

use_style()

# %%
# A layer with all weights one and without a bias. Only one argument differs from its default at a time.

rows, columns = np.indices((6, 6))
image = (2 * rows + 3 * columns + rows * columns) % 5
settings = [{}, {"stride": 2}, {"padding": 1}, {"dilation": 2}]
outputs = []
for setting in settings:
    layer = nn.Conv2d(1, 1, kernel_size=3, bias=False, **setting)
    nn.init.ones_(layer.weight)
    output = layer(torch.tensor(image[np.newaxis], dtype=torch.float32))[0].detach().numpy()
    outputs.append(output.astype(int))
    assert np.array_equal(output, conv2d(image[np.newaxis] * 1.0, np.ones((1, 1, 3, 3)), **setting)[0])

# %%
# Orange: the nine digits under the kernel in its first place, whose sum is the first number of the output.
# The frame shows the second place.

fig, ax = sheet(36.4, 17)
top = 1.6
for setting, output in zip(settings, outputs, strict=True):
    stride, ring, holes = setting.get("stride", 1), setting.get("padding", 0), setting.get("dilation", 1)
    padded, span = np.pad(image, ring), 2 * holes + 1
    under = {(r * holes, s * holes): SOFT_ORANGE for r in range(3) for s in range(3)}
    name = ", ".join(f"{name}={value}" for name, value in setting.items()) or _("defaults")
    draw_grid(ax, padded, at=(top, 0.5), title=name, color=BLUE, face=SOFT_BLUE, lit=under, size=14)
    draw_window(ax, (top, 0.5 + stride), (span, span))
    draw_grid(ax, output, at=(top, 10.5), title=_("output"), color=GREEN, face=SOFT_GREEN, size=14)
    top += len(padded) + 2.6
describe(
    fig,
    _(
        "Four rows, each with an image of digits and the output of a 3 by 3 kernel. With the defaults the"
        " output has 4 by 4 numbers, with stride 2 it has 2 by 2, with padding 1 it has 6 by 6, with "
        "dilation 2 it has 2 by 2."
    ),
)

# %%
# Stride 2 and dilation 2 both end with 2 × 2 numbers here, but they are not the same numbers: one skips
# places for the kernel, the other skips digits under it.

print([output.shape for output in outputs])
assert [output.shape for output in outputs] == [(4, 4), (2, 2), (6, 6), (2, 2)]
assert not np.array_equal(outputs[1], outputs[3])
assert np.array_equal(outputs[1], outputs[0][::2, ::2])  # a stride throws away what was not asked for

plt.show()

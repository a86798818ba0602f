"""
Does a 2 mean the same in MaxPool2d and in Conv2d?
==================================================

Both are asked for windows of 2 × 2. One of them moves by 1, the other by 2, and one forgets a column.
"""

import matplotlib.pyplot as plt
import torch
from torch import nn

from cnnbook.draw.figure import describe
from cnnbook.draw.grid import draw_grid, sheet
from cnnbook.draw.style import BLUE, GREEN, SOFT_BLUE, SOFT_GREEN, use_style
from cnnbook.i18n import _

use_style()

# %%
# Four rows of five numbers. The largest, 9, stands in the last column.

image = torch.tensor([[1, 3, 2, 0, 9], [4, 0, 1, 5, 2], [2, 6, 0, 1, 3], [0, 1, 7, 2, 8]]).float()[None]
convolution = nn.Conv2d(1, 1, kernel_size=2, bias=False)
pool, pool_all = nn.MaxPool2d(kernel_size=2), nn.MaxPool2d(kernel_size=2, ceil_mode=True)
print("Conv2d:", tuple(convolution(image).shape), "MaxPool2d:", tuple(pool(image).shape))
assert convolution(image).shape == (1, 3, 4)
assert pool(image).shape == (1, 2, 2)

# %%
# A convolution moves its window by 1 unless it is told otherwise; a pool moves it by its own size. Five
# columns are no multiple of two: the last one is left over, and the 9 is never seen. With ``ceil_mode`` the
# window may hang over the side.

blocks = {(r, c): (SOFT_BLUE, SOFT_GREEN)[(r // 2 + c // 2) % 2] for r in range(4) for c in range(5)}
fig, ax = sheet(6.4, 19)
draw_grid(ax, image[0].int().numpy(), at=(1.6, 0.6), title=_("image"), color=BLUE, lit=blocks)
draw_grid(ax, pool(image)[0].int().numpy(), at=(1.6, 8.2), title="MaxPool2d(2)", color=GREEN, face=SOFT_GREEN)
draw_grid(
    ax, pool_all(image)[0].int().numpy(), at=(1.6, 13.9), title="ceil_mode=True", color=GREEN, face=SOFT_GREEN
)
describe(
    fig,
    _(
        "An image of 4 by 5 numbers, divided into blocks of 2 by 2 with a column left over; its maxima 4,"
        " 5, 6, 7, and beside them the maxima with the column: 4, 5, 9 and 6, 7, 8."
    ),
)
assert pool(image).max() == 7
assert pool_all(image).max() == 9

# %%
# Averages have a trap of their own. With padding, the zeros around the image count as numbers, unless
# ``count_include_pad`` is switched off. A white image shows it.

white = torch.ones(1, 4, 4)
with_zeros = nn.AvgPool2d(3, stride=1, padding=1)(white)[0]
without = nn.AvgPool2d(3, stride=1, padding=1, count_include_pad=False)(white)[0]
fig, ax = sheet(6.4, 16)
for place, values, name in ((1.5, with_zeros, _("the default")), (9.5, without, "count_include_pad=False")):
    shown = [[f"{9 * value:.0f}/9" if value < 1 else "1" for value in row] for row in values]
    draw_grid(ax, shown, at=(1.6, place), title=name, color=GREEN, face=SOFT_GREEN, size=14)
describe(
    fig,
    _(
        "Averages of a white image. By default the corners are 4/9 and the sides 6/9; without counting "
        "the padding all are 1."
    ),
)
assert torch.equal(without, torch.ones(4, 4))
assert torch.isclose(with_zeros[0, 0], torch.tensor(4 / 9))

plt.show()

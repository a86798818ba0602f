"""
What does one number of the input do to the output?
===================================================

In two dimensions positions have a row and a column, and both add. Every number of the input prints the kernel
once, as a rubber stamp would, and the prints add up.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.convolution import convolve
from cnnbook.draw.figure import animate, describe
from cnnbook.draw.grid import draw_grid, draw_window, sheet, wipe, write
from cnnbook.draw.style import BLUE, GREEN, ORANGE, SOFT_BLUE, SOFT_GREEN, SOFT_ORANGE, use_style
from cnnbook.i18n import _

use_style()

# %%
# The number in row :math:`i`, column :math:`j` of the input multiplies the kernel. The product is printed
# upon the output, its upper left corner in row :math:`i`, column :math:`j`. A zero prints nothing.

image = np.array([[1, 2, 0], [0, 1, 3], [2, 0, 1]])
kernel = np.array([[1, 2], [0, -1]])
inked = np.argwhere(image).tolist()
fig, ax = sheet(5.8, 14)


def stamp(print_number):
    """Show the output after so many prints, the last one framed."""
    output = np.zeros((4, 4), int)
    for i, j in inked[: print_number + 1]:
        output[i : i + 2, j : j + 2] += image[i, j] * kernel
    wipe(ax)
    lit = {(i, j): SOFT_ORANGE}
    draw_grid(ax, image, at=(1.2, 0.5), title=_("input"), color=BLUE, face=SOFT_BLUE, lit=lit)
    draw_window(ax, (1.2 + i, 0.5 + j), (1, 1))
    draw_grid(ax, image[i, j] * kernel, at=(1.7, 5.25), color=ORANGE, face=SOFT_ORANGE)
    write(ax, 1.2, 6.25, _("{n} × kernel").format(n=image[i, j]), color=ORANGE)
    write(ax, 2.7, 8.25, "→", size=20)
    draw_grid(ax, output, at=(1.2, 9.5), title=_("output"), color=GREEN, face=SOFT_GREEN)
    draw_window(ax, (1.2 + i, 9.5 + j), (2, 2))


animate(fig, stamp, range(len(inked)), seconds=1.2)
describe(
    fig,
    _("Six prints of the kernel, one for each number of the input that is not 0, add up to the output."),
)

# %%
# A print at the lower right corner hangs over by one row and one column: 3 rows and 2 rows make 4, not 3.

output = convolve(image, kernel)
print(output)
assert output.shape == (3 + 2 - 1, 3 + 2 - 1)

# %%
# Here is a check to do in your head. Every number of the input meets every number of the kernel once, so the
# output must add up to the one sum times the other.

assert output.sum() == image.sum() * kernel.sum()
print(f"{image.sum()} × {kernel.sum()} = {output.sum()}")

plt.show()

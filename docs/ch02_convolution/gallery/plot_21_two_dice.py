"""
How often do two dice add up to four?
=====================================

One blue die, one orange die. Count the ways to roll a four, then watch how the counting moves.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.convolution import sum_distribution
from cnnbook.draw.figure import animate, describe
from cnnbook.draw.grid import draw_grid, draw_window, sheet, wipe, write
from cnnbook.draw.style import BLUE, GREEN, ORANGE, SOFT_BLUE, SOFT_GREEN, SOFT_ORANGE, use_style
from cnnbook.i18n import _

use_style()

# %%
# Every square is one way for the pair to land, and holds its sum. The fours lie on one slanting line.

faces = np.arange(1, 7)
sums = np.add.outer(faces, faces)
fours = {(int(row), int(column)): SOFT_GREEN for row, column in np.argwhere(sums == 4)}

fig, ax = sheet(8.6, 13)
draw_grid(ax, [faces], at=(1.1, 2.1), title=_("orange die"), color=ORANGE, face=SOFT_ORANGE)
draw_grid(ax, faces[:, None], at=(2.3, 0.9), color=BLUE, face=SOFT_BLUE)
write(ax, 5.3, 0.4, _("blue die"), color=BLUE, rotation=90)
draw_grid(ax, sums, at=(2.3, 2.1), lit=fours)
for line, (row, column) in enumerate(sorted(fours)):
    draw_window(ax, (2.3 + row, 2.1 + column), (1, 1), color=GREEN)
    write(ax, 2.8 + line, 10.6, f"{faces[row]} + {faces[column]} = 4", color=GREEN)
write(ax, 6.8, 10.6, r"$\dfrac{3}{36} = \dfrac{1}{12}$", size=22)
describe(
    fig,
    _("The 36 sums of two dice in a table. The three fours, 1 + 3, 2 + 2 and 3 + 1, lie on a line."),
)

# %%
# Now lay the blue die's faces in a row and the orange die's below it, *backwards*. In every column the two
# faces add up to the same number. Slide the orange row by one and it is the next number's turn: the squares
# fall into stacks, one stack for each sum.

ways = {total: int((sums == total).sum()) for total in range(2, 13)}
fig, ax = sheet(12.6, 18)


def show(frame):
    """Slide to one sum after another; at the end stand at four, with every stack filled."""
    total, filled = (frame + 2, frame + 2) if frame < 11 else (4, 12)
    wipe(ax)
    draw_grid(ax, [faces], at=(1.2, 6), title=_("blue die"), color=BLUE, face=SOFT_BLUE, size=15)
    draw_grid(ax, [faces[::-1]], at=(2.2, total - 1), color=ORANGE, face=SOFT_ORANGE, size=15)
    write(ax, 3.7, total + 2, _("orange die, backwards"), color=ORANGE, size=15)
    met = [face for face in faces if 1 <= total - face <= 6]
    draw_window(ax, (1.2, 5 + met[0]), (2, len(met)), color=GREEN)
    for n in range(2, filled + 1):
        draw_grid(ax, [[""]] * ways[n], at=(10.8 - ways[n], 4 + n), color=GREEN, face=SOFT_GREEN)
    draw_window(ax, (10.8 - ways[total], 4 + total), (ways[total], 1), color=GREEN)
    for n in ways:
        write(ax, 11.3, 4.5 + n, str(n), size=15)
    write(ax, 12.1, 11.5, _("sum"), size=15)


animate(fig, show, range(12), seconds=0.8)
describe(
    fig,
    _("The orange faces, backwards, slide below the blue ones. Squares stack up over the sums 2 to 12."),
)

# %%
# The stacks are the antidiagonals of the table. Their heights, over 36, are what a convolution returns.

die = range(1, 7)
assert all(36 * chance == ways[total] for total, chance in sum_distribution(die, die).items())
print(_("chance of a four: {p}").format(p=sum_distribution(die, die)[4]))

plt.show()

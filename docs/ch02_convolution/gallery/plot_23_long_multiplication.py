"""
Is long multiplication a convolution?
=====================================

Multiply 321 by 54, digit by digit, and do not carry anything until the very end.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.convolution import convolve
from cnnbook.draw.figure import describe
from cnnbook.draw.grid import draw_grid, sheet
from cnnbook.draw.style import BLUE, GREEN, ORANGE, SOFT_BLUE, SOFT_GREEN, SOFT_ORANGE, SOFT_PURPLE, use_style
from cnnbook.i18n import _

use_style()

# %%
# Every digit of one number meets every digit of the other. Products with the same colour stand for the same
# power of ten: ones, tens, hundreds, thousands. Each colour is an antidiagonal.

first, second = [1, 2, 3], [4, 5]  # 321 and 54, ones first
products = np.outer(first, second)
powers = [SOFT_GREEN, SOFT_BLUE, SOFT_PURPLE, SOFT_ORANGE]
colors = {place: powers[sum(place)] for place in np.ndindex(products.shape)}

fig, ax = sheet(6.2, 13)
draw_grid(ax, [second], at=(1.4, 2.5), title="54", color=ORANGE, face=SOFT_ORANGE)
draw_grid(ax, np.c_[first], at=(2.6, 1.3), row_names=["", "321", ""], color=BLUE, face=SOFT_BLUE)
draw_grid(ax, products, at=(2.6, 2.5), lit=colors)
places = dict(zip(np.ndindex(1, 4), powers, strict=True))
draw_grid(ax, [convolve(first, second)], at=(3.6, 7), title=_("sums of the colours"), lit=places)
draw_grid(ax, [["1", "10", "100", "1000"]], at=(4.8, 7), color="none", face="none", size=13)
describe(
    fig,
    _("The products of the digits of 321 and 54, coloured along antidiagonals; the sums are 4, 13, 22, 15."),
)

# %%
# The four sums are :math:`4 \cdot 1 + 13 \cdot 10 + 22 \cdot 100 + 15 \cdot 1000`. That is already the
# answer, only not written with digits yet. Now carry, from the ones upwards.

sums, carries, digits = convolve(first, second).tolist(), [0], []
for total in [*sums, 0]:
    carry, digit = divmod(total + carries[-1], 10)
    carries.append(carry)
    digits.append(digit)

rows = [["", *sums[::-1]], carries[-2::-1], digits[::-1]]
fig, ax = sheet(4, 10)
names = [_("convolution"), _("+ carry"), _("= digit")]
draw_grid(ax, rows, at=(0.5, 4), row_names=names, color=GREEN, lit={(2, n): SOFT_GREEN for n in range(5)})
describe(
    fig,
    _("The sums 15, 22, 13, 4, ones on the right; below them the carries, and the digits 1 7 3 3 4."),
)

# %%
# It works for numbers of any length: the convolution does the multiplying, carrying only tidies up.

assert int("".join(map(str, reversed(digits)))) == 321 * 54

a, b = 7**200, 9**200
long = convolve([int(digit) for digit in reversed(str(a))], [int(digit) for digit in reversed(str(b))])
assert sum(total * 10**place for place, total in enumerate(long.tolist())) == a * b
print(_("before the carries, the largest sum in 7²⁰⁰ × 9²⁰⁰ is {n}").format(n=max(long)))

plt.show()

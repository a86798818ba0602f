"""
What happens at the border of a picture?
========================================

A pixel at the border has no neighbours on one side. There are three ways out, and two of
them leave a dark rim.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.convolution import correlate
from cnnbook.data import photograph
from cnnbook.draw.figure import describe
from cnnbook.draw.images import show_image
from cnnbook.draw.style import GREEN, MUTED, use_style
from cnnbook.i18n import _
from cnnbook.kernels import box

use_style()

# %%
# "Valid" keeps only the places where the kernel lies wholly upon the image. "Full" keeps every place where
# they overlap at all, and "same" cuts an output of the input's size out of it; both count the missing pixels
# as zeros, which is black.

roof = photograph("china")[25:125, 135:235]
outputs = {mode: correlate(roof, box(15), mode=mode) for mode in ("full", "same", "valid")}

fig, axes = plt.subplots(2, 2, figsize=(5.2, 5.9), sharex=True, sharey=True)
pictures = {_("input"): roof, **{_("output, {mode}").format(mode=mode): out for mode, out in outputs.items()}}
for ax, (name, picture) in zip(axes.flat, pictures.items(), strict=True):
    rows, columns = picture.shape
    show_image(ax, picture, title=f"{name}\n{rows} × {columns}").set_extent(
        (-columns / 2, columns / 2, rows / 2, -rows / 2)
    )
    ax.spines[:].set_visible(False)
axes[0, 0].set(xlim=(-57, 57), ylim=(57, -57))
describe(
    fig,
    _(
        "A roof of 100 by 100 pixels and its blur in three sizes, to one scale: full is larger and fades "
        "to black, same has a dark rim, valid is smaller and has none."
    ),
)

# %%
# How dark is the rim? Blur a white image, in which every pixel is 1. Zeros from outside are all that can make
# a pixel darker.

white = np.ones((41, 41))
rim = correlate(white, box(9), mode="same")

fig, ax = plt.subplots(figsize=(5.2, 3.4))
ax.axhline(1, color=MUTED, linewidth=1)
ax.plot(np.arange(41), rim[20], color=GREEN, marker="o", markersize=4)
ax.set(xlabel=_("column"), ylabel=_("brightness"), ylim=(0, 1.1), title=_("a white image after a 9 × 9 blur"))
describe(
    fig,
    _(
        "Brightness along the middle row of a blurred white image: 5/9 in the first column, rising in "
        "equal steps to 1 in the fifth, and the mirror image at the other end."
    ),
)

# %%
# In the middle of a side 5 of the 9 columns are real, in a corner only 5 x 5 of the 81 pixels. The rim is as
# wide as the kernel reaches beyond its middle: four pixels.

assert np.isclose(rim[20, 0], 5 / 9)
assert np.isclose(rim[0, 0], 25 / 81)
assert np.allclose(rim[4:-4, 4:-4], 1)
assert [out.shape for out in outputs.values()] == [(114, 114), (100, 100), (86, 86)]

plt.show()

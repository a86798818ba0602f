"""
What does pooling do when the picture moves by one pixel?
=========================================================

Pooling is said to make a network indifferent to small shifts. Move the picture, and count the outputs that
change.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.data import photograph
from cnnbook.draw.figure import describe
from cnnbook.draw.grid import draw_grid, draw_window, sheet, write
from cnnbook.draw.images import show_image
from cnnbook.draw.style import BLUE, GREEN, SOFT_BLUE, SOFT_GREEN, use_style
from cnnbook.functional import avg_pool2d, conv2d, max_pool2d, pad
from cnnbook.i18n import _
from cnnbook.kernels import sobel

use_style()

# %%
# Four by four numbers in windows of two by two. Each window becomes one number.

small = np.array([[1.0, 3, 2, 0], [5, 1, 0, 2], [0, 2, 8, 4], [4, 2, 1, 3]])
largest, mean = max_pool2d(small[np.newaxis], 2)[0], avg_pool2d(small[np.newaxis], 2)[0]
fig, ax = sheet(5.6, 12.4)
draw_grid(ax, small, at=(1.1, 0.3), title=_("input"), color=BLUE, face=SOFT_BLUE)
for p, q in np.ndindex(2, 2):
    draw_window(ax, (1.1 + 2 * p, 0.3 + 2 * q), (2, 2))
write(ax, 3.1, 5.3, "→")
draw_grid(ax, largest, at=(2.1, 6.4), title=_("maximum"), color=GREEN, face=SOFT_GREEN)
draw_grid(ax, mean, at=(2.1, 9.7), title=_("average"), color=GREEN, face=SOFT_GREEN)
describe(fig, _("Four windows of two by two numbers, their maxima 5, 2, 4 and 8, and their averages."))
assert largest.tolist() == [[5, 2], [4, 8]]
assert mean.tolist() == [[2.5, 1], [2, 4]]

# %%
# Now a photograph. It moves to the right and what leaves on one side comes back on the other, so that no
# border disturbs. Three layers with stride 2 read it.

roof = photograph("china")[25:153, 125:253][np.newaxis]
kernel = sobel(axis=1)[np.newaxis, np.newaxis].astype(float)
layers = {
    _("max pooling"): lambda image: max_pool2d(image, 2),
    _("average pooling"): lambda image: avg_pool2d(image, 2),
    _("convolution"): lambda image: conv2d(pad(image, (1, 1, 1, 1), mode="circular"), kernel, stride=2),
}
changed = {
    name: [
        (~np.isclose(layer(np.roll(roof, by, axis=2)), np.roll(layer(roof), by // 2, axis=2)))[0]
        for by in (1, 2)
    ]
    for name, layer in layers.items()
}

fig, axes = plt.subplots(2, 3, figsize=(6.4, 4.9))
for column, (name, maps) in zip(axes.T, changed.items(), strict=True):
    for ax, by, different in zip(column, (1, 2), maps, strict=True):
        show_image(ax, 1.0 * different, title=f"{name}\n{different.mean():.0%}" if by == 1 else "0%")
        ax.set_ylabel(_("moved by {by}").format(by=by) if name == _("max pooling") else "")
describe(
    fig,
    _(
        "Six maps of the outputs that changed, in white. After a move by one pixel more than half of them "
        "changed in all three layers; after a move by two none did."
    ),
)

# %%
# Even moves and odd moves are two different worlds: by two pixels, and every layer's output moves along
# by one, exactly. By one pixel, and most outputs are numbers that were not there before.

assert all(odd.mean() > 0.5 and not even.any() for odd, even in changed.values())

plt.show()

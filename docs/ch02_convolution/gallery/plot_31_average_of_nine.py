"""
What happens to a pixel that is averaged with its neighbours?
=============================================================

Nine pixels go in, their average comes out. First on thirty numbers, where you can check every one, then
on a photograph.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.convolution import correlate
from cnnbook.data import photograph
from cnnbook.draw.figure import describe
from cnnbook.draw.grid import sheet
from cnnbook.draw.images import show_image
from cnnbook.draw.scan import draw_scan, scan_size
from cnnbook.draw.style import use_style
from cnnbook.i18n import _
from cnnbook.kernels import box, gaussian

use_style()

# %%
# A dark wall with a speck of dust, and beyond it a bright window. The frame covers nine pixels that add up
# to 27, so their average is 3.

image = np.zeros((5, 6), int)
image[:, 4:] = 9
image[1, 1] = 9
sums = correlate(image, np.ones((3, 3), int), mode="valid")
average = sums // 9

fig, ax = sheet(*scan_size(image.shape, (3, 3), average.shape))
draw_scan(
    ax,
    image,
    np.full((3, 3), "1/9"),
    average,
    (2, 2),
    titles=(_("input"), _("kernel"), _("output")),
    note="(0 + 0 + 9 + 0 + 0 + 9 + 0 + 0 + 9) / 9 = 3",
)
describe(fig, _("A grid of 5 by 6 numbers, a kernel of nine ninths, and a grid of 3 by 4 averages."))

# %%
# The speck has sunk from 9 to 1, and the one step of 9 has become steps of about 3.

assert sums.tolist() == (9 * average).tolist()  # no average was rounded
assert average.tolist() == [[1, 1, 3, 6], [1, 1, 3, 6], [0, 0, 3, 6]]

# %%
# The same on a photograph: every pixel becomes the average of the 3 x 3 or the 9 x 9 pixels around it. The
# Gaussian kernel reaches further but lets near pixels weigh more.

roof = photograph("china")[25:185, 125:285]
fig, axes = plt.subplots(2, 2, figsize=(5.4, 5.9))
show_image(axes[0, 0], roof, title=_("input"))
show_image(axes[0, 1], correlate(roof, box(3), mode="same"), title=_("average of 3 × 3"))
show_image(axes[1, 0], correlate(roof, box(9), mode="same"), title=_("average of 9 × 9"))
show_image(axes[1, 1], correlate(roof, gaussian(17, sigma=2.6), mode="same"), title=_("Gaussian"))
describe(fig, _("A tiled roof four times: as it is, a little blurred, much blurred, and by a Gaussian."))

# %%
# Both strong blurs spread a single bright pixel equally far, and still they differ. What does one pixel
# become? A square under the plain average, a round spot under the Gaussian.

spread = (np.arange(17) - 8) ** 2
assert round(float(gaussian(17, sigma=2.6).sum(axis=0) @ spread), 1) == 6.7
assert round(float(box(9).sum(axis=0) @ spread[4:13]), 1) == 6.7

plt.show()

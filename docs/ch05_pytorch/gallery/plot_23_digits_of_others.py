"""
Does it read the digits of other people?
========================================

LeNet has learned MNIST's digits. scikit-learn's come from other hands and another scanner. The weights are
the ones that this package carries.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.data import digits, enlarge
from cnnbook.digit_image import centre
from cnnbook.draw.figure import describe
from cnnbook.draw.network import INK_ON_PAPER, Stage, draw_stages
from cnnbook.draw.style import ORANGE, use_style
from cnnbook.i18n import _
from cnnbook.models import weights
from cnnbook.train import look_inside, predict

use_style()

# %%
# All 1797 digits, each of their 8 × 8 numbers blown up to a block of 4 × 4, so that they fill the 32 × 32
# pixels that LeNet wants.

lenet = weights.load("lenet")
images, labels = (np.concatenate(parts) for parts in zip(*digits(), strict=True))
large = enlarge(images, 4)
as_they_are = predict(lenet, large).argmax(1) != labels

# %%
# MNIST's digits do not fill their images. They were scaled to 20 × 20 pixels, and moved until the centre of
# mass lay in the middle. ``cnnbook predict`` does the same to a photograph, by ``centre``; do it to these,
# and ask again.

likewise = np.stack([np.pad(centre(image), 2) for image in images[:, 0]])[:, np.newaxis]
prepared = predict(lenet, likewise).argmax(1) != labels
print(_("wrong as they are: {:.0%}; as MNIST holds them: {:.0%}").format(as_they_are.mean(), prepared.mean()))
assert prepared.mean() < as_they_are.mean() / 4

# %%
# The network is the same and so are the digits. Only size and place differ.

chosen = int(np.flatnonzero(as_they_are & ~prepared)[0])
fig, axes = plt.subplots(1, 3, figsize=(6.4, 2.6), width_ratios=(1, 1, 1.1))
for ax, shown, name in ((axes[0], large, _("as it is")), (axes[1], likewise, _("as MNIST\nholds it"))):
    ax.imshow(shown[chosen, 0], cmap=INK_ON_PAPER, vmin=0, vmax=1)
    read = predict(lenet, shown[chosen : chosen + 1]).argmax()
    ax.set(title=name, xlabel=_("read as {}").format(read), xticks=[], yticks=[])
    ax.spines[:].set_visible(True)
names = [_("as\nthey are"), _("like\nMNIST")]
axes[2].bar(names, [100 * as_they_are.mean(), 100 * prepared.mean()], width=0.6, color=ORANGE)
axes[2].set_title(_("wrong,\nin percent"))
describe(
    fig,
    _(
        "A digit that fills its image and is read wrong; the same digit smaller and in the middle, read "
        "right; and two bars: many digits are wrong as they are, few when they are prepared as MNIST's "
        "are."
    ),
)

# %%
# What LeNet makes of the prepared digit: the six kernels of its first layer, and its maps.

kernels = weights.arrays("lenet")["c1.weight"][:, 0]
maps = look_inside(lenet, likewise[chosen])
stages = [
    Stage(_("image"), likewise[chosen], INK_ON_PAPER),
    Stage(_("C1: 6 maps, 28 × 28"), maps["c1"]),
    Stage(_("S2: 6 maps, 14 × 14"), maps["s2"]),
]
fig = draw_stages([Stage(_("6 kernels of 5 × 5"), kernels)])
describe(fig, _("Six squares of 5 by 5 cells in orange and blue: the kernels of LeNet's first layer."))
fig = draw_stages(stages, columns=3)
describe(fig, _("The digit, six maps of the first layer and six smaller ones after the pool."))

plt.show()

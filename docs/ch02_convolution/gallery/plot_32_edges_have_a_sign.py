"""
What is lost when negative numbers are drawn black?
===================================================

An edge detector answers with a sign: brighter or darker. Many pictures of its answer throw half of it away.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.convolution import correlate
from cnnbook.data import photograph
from cnnbook.draw.figure import describe
from cnnbook.draw.images import show_image, show_signed, signed_colorbar
from cnnbook.draw.style import use_style
from cnnbook.i18n import _
from cnnbook.kernels import sobel

use_style()

# %%
# Sobel's kernel subtracts the left neighbours from the right ones:
#
# .. math:: \begin{pmatrix} -1 & 0 & 1 \\ -2 & 0 & 2 \\ -1 & 0 & 1 \end{pmatrix}
#
# Orange: it gets brighter to the right. Blue: it gets darker. White: no change.

roof = photograph("china")[25:185, 125:285]
edges = correlate(roof, sobel(axis=1), mode="valid")

fig, axes = plt.subplots(1, 2, figsize=(5.4, 3.5))
show_image(axes[0], roof, title=_("input"))
picture = show_signed(axes[1], edges, title=_("output"))
signed_colorbar(picture, axes, _("darker → brighter"))
describe(
    fig,
    _(
        "A tiled roof, and the output of Sobel's kernel: the left outline of the roof is blue, "
        "the right outline orange, the sky white."
    ),
)

# %%
# The same output once more, drawn in greys. On the left every negative number is black, as if it were zero.
# On the right the size is kept and only the sign is dropped.

most = np.abs(edges).max()
fig, axes = plt.subplots(1, 2, figsize=(5.4, 2.95))
show_image(axes[0], np.maximum(edges, 0), limits=(0, most), title=_("negatives as black"))
show_image(axes[1], np.abs(edges), limits=(0, most), title=_("sizes"))
describe(
    fig,
    _(
        "Two grey pictures of the same edges. With negative numbers drawn black, the left outline of the "
        "roof and one side of every tile are gone."
    ),
)

# %%
# How much went missing? Add up the sizes of all answers, and see which share was negative.

lost = -edges[edges < 0].sum() / np.abs(edges).sum()
print(_("negative: {share:.0%} of all edge strength").format(share=lost))
assert 0.4 < lost < 0.6

plt.show()

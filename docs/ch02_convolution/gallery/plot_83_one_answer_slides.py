"""
What does a fully connected layer do on an image that is too large?
===================================================================

It refuses. Written as a convolution, with the same weights, it slides along and answers at every place.
"""

import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn

from cnnbook.data import digits
from cnnbook.draw.figure import describe
from cnnbook.draw.network import INK_ON_PAPER
from cnnbook.draw.style import AMOUNT, BLUE, GREEN, use_style
from cnnbook.experiments.small_network import MAPS, small_reader
from cnnbook.i18n import _

use_style()

# %%
# A network that was trained on digits of 8 x 8 pixels. Its last layer weighs 8 maps of 3 x 3. We write these
# weights as ten kernels of 8 x 3 x 3: not one number changes.

model = small_reader()
*maps, _flatten, dense = model
kernel = nn.Conv2d(8, 10, 3)
kernel.weight.data = dense.weight.data.reshape(10, *MAPS)
kernel.bias.data = dense.bias.data
sliding = nn.Sequential(*maps, kernel)

images, labels = digits()[1]
assert torch.allclose(
    sliding(torch.from_numpy(images)).flatten(1), model(torch.from_numpy(images)), atol=1e-5
)

# %%
# On one digit there is one place, so both are the same. Now put five digits side by side and read the strip
# in one go. The answers come every 2 pixels, because the pooling halves the rows and columns.

right = np.flatnonzero(model(torch.from_numpy(images)).argmax(1).numpy() == labels)
chosen = [next(i for i in right if labels[i] == digit) for digit in (3, 1, 4, 1, 5)]
strip = np.concatenate([images[i, 0] for i in chosen], axis=1)
chances = sliding(torch.from_numpy(strip[np.newaxis, np.newaxis])).softmax(1)[0, :, 0].detach().numpy()

fig, axes = plt.subplots(2, 1, figsize=(6.4, 5), sharex=True, height_ratios=(1, 2.4))
axes[0].imshow(strip, cmap=INK_ON_PAPER, extent=(0, 40, 8, 0), aspect="auto", interpolation="none")
axes[0].set(yticks=[], title=_("input: 8 × 40 pixels"))
axes[0].title.set_color(BLUE)
first, last = 3, 3 + 2 * chances.shape[1]  # an answer is drawn at the middle of its window of 8 pixels
axes[1].imshow(
    chances, cmap=AMOUNT, vmin=0, vmax=1, extent=(first, last, 9.5, -0.5), aspect="auto", interpolation="none"
)
axes[1].set(yticks=range(10), xticks=range(0, 41, 8), xlabel=_("column"), ylabel=_("digit"))
axes[1].set_title(_("output: probabilities at {n} places").format(n=chances.shape[1]), color=GREEN)
for ax in axes:
    for column in range(8, 40, 8):
        ax.axvline(column, color=BLUE, linewidth=0.6)
describe(
    fig,
    _(
        "Five digits in a strip, 3 1 4 1 5, and below them ten rows of probabilities: in the middle of each "
        "digit the right row is dark; between two digits other rows are."
    ),
)

# %%
# Where the window covers exactly one digit, the answer is the one that the fully connected layer gives. In
# between it has to judge halves of two digits, and it never learned to say "no digit here".

assert chances[:, ::4].argmax(axis=0).tolist() == [3, 1, 4, 1, 5]
assert chances.shape == (10, 17)

plt.show()

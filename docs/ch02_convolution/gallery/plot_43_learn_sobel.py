"""
Can a layer find Sobel's kernel by itself?
==========================================

Show it pictures and the edges that Sobel's kernel finds in them, but not the kernel. Nine weights start at
random, and gradient descent does the rest.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.convolution import correlate
from cnnbook.data import photograph
from cnnbook.draw.figure import describe
from cnnbook.draw.images import show_kernel, show_signed
from cnnbook.draw.style import BLUE, MUTED, ORANGE, use_style
from cnnbook.i18n import _
from cnnbook.kernels import sobel
from cnnbook.learning import learn_kernel

use_style()

# %%
# Four pieces of a photograph, 40 x 40 pixels each. Grey counts as zero here: the steps then settle sooner.

corners = [(25, 165), (85, 185), (65, 245), (145, 225)]
images = np.stack([photograph("china")[r : r + 40, c : c + 40] for r, c in corners]) - 0.5
wanted = np.stack([correlate(image, sobel(axis=1), mode="valid") for image in images])

runs = []
for seed in range(3):
    start = np.random.default_rng(seed).normal(0, 0.5, (3, 3))
    runs.append(learn_kernel(images, wanted, start, steps=1000, rate=0.6))

# %%
# The first run, as it goes. The upper row is the kernel, the lower row what it makes of the second picture.

fig, axes = plt.subplots(2, 4, figsize=(6.4, 3.9))
limit = np.abs(wanted[1]).max()
shown = [(_("step {step}").format(step=n), runs[0][n]) for n in (0, 30, 1000)]
for (above, below), (title, weights) in zip(axes.T, [*shown, (_("wanted"), sobel(axis=1))], strict=True):
    show_kernel(above, weights.round(1) + 0.0, title=title, size=10)  # no minus before a zero
    output = correlate(images[1], weights, mode="valid")
    show_signed(below, output, limit=max(limit, np.abs(output).max()))
axes[0, 0].text(-0.35, 1.5, _("kernel"), rotation=90, ha="center", va="center")
axes[1, 0].set_ylabel(_("output"))
describe(
    fig,
    _(
        "A kernel before learning, after 30 and after 1000 steps, and Sobel's kernel, each above its output: "
        "from a random pattern to the edges of a roof."
    ),
)

# %%
# All three starts, weight by weight. The nine lines end on Sobel's numbers: −2, −1, 0, 1, 2.

fig, ax = plt.subplots(figsize=(5.6, 3.6))
for run, style in zip(runs, ["-", "--", ":"], strict=True):
    for weight, goal in zip(run.reshape(-1, 9).T, sobel(axis=1).ravel(), strict=True):
        color = {-1: BLUE, 0: MUTED, 1: ORANGE}[np.sign(goal)]
        ax.plot(np.arange(1, 1002), weight, style, color=color, linewidth=1.2)
ax.set(xscale="log", xlabel=_("step"), ylabel=_("weights"), yticks=[-2, -1, 0, 1, 2], xlim=(1, 1000))
describe(fig, _("27 curves over 1000 steps: three runs of nine weights, which gather at −2, −1, 0, 1 and 2."))
assert all(np.array_equal(run[-1].round(), sobel(axis=1)) for run in runs)

# %%
# Now teach it with stripes only, where all rows of the picture are the same. The output gets perfect, and yet
# the kernel is not Sobel's: such pictures cannot tell how a weight of 4 is shared among three rows.

stripes = np.tile(np.random.default_rng(0).random((1, 1, 40)) - 0.5, (1, 40, 1))
edges = correlate(stripes[0], sobel(axis=1), mode="valid")
learned = learn_kernel(stripes, edges[np.newaxis], np.zeros((3, 3)), steps=300, rate=0.5)[-1]
print(learned.round(3) + 0.0)
assert np.allclose(correlate(stripes[0], learned, mode="valid"), edges)
assert np.allclose(learned, [[-4 / 3, 0, 4 / 3]] * 3)

plt.show()

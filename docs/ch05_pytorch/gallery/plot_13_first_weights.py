"""
How large should the first weights be?
======================================

Ten layers in a row, with weights drawn at random. If they are a little too small, nothing arrives; a little
too large, and the numbers run away.
"""

import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn

from cnnbook.draw.curves import draw_curve
from cnnbook.draw.figure import describe
from cnnbook.draw.style import BLUE, GREEN, ORANGE, use_style
from cnnbook.i18n import _

use_style()

# %%
# Each layer is a 3 × 3 convolution with 32 channels, followed by ReLU. Its weights are normal numbers whose
# standard deviation is He's, the square root of 2 over the number of inputs of a unit, times a factor.

torch.manual_seed(0)
images = torch.randn(4, 32, 24, 24)
layers = range(11)
sizes = {}
for factor in (0.5, 1.0, 2.0):
    torch.manual_seed(0)  # the same weights each time, but for the factor
    x, sizes[factor] = images, [float(images.square().mean().sqrt())]
    for _layer in layers[1:]:
        convolution = nn.Conv2d(32, 32, 3, padding=1, padding_mode="circular", bias=False)
        nn.init.kaiming_normal_(convolution.weight, nonlinearity="relu")
        with torch.no_grad():
            x = torch.relu(convolution(x) * factor)
        sizes[factor].append(float(x.square().mean().sqrt()))

# %%
# Drawn is the typical size of the numbers after each layer, on a scale where every step is a factor of ten.

fig, ax = plt.subplots()
lines = {2.0: (_("twice He's"), ORANGE), 1.0: (_("He's"), GREEN), 0.5: (_("half of He's"), BLUE)}
for factor, (name, color) in lines.items():
    middle = (6.5, sizes[factor][6] * 6)
    draw_curve(ax, list(layers), sizes[factor], color=color, name=name, at=middle, marker="o")
ax.set(yscale="log", xlabel=_("layer"), ylabel=_("typical size of a number"))
ax.set_xticks(list(layers))
describe(
    fig,
    _(
        "Three curves over ten layers on a logarithmic scale. With He's weights the numbers keep their "
        "size; with half of it they shrink about a thousandfold, with twice they grow a thousandfold."
    ),
)

# %%
# Half the size in each of ten layers makes a factor of 2 to the power of 10, about a thousand, at the end.

ends = np.array([values[-1] / values[0] for values in sizes.values()])
print(_("after ten layers: {}").format(", ".join(f"{end:.2g}" for end in ends)))
assert 0.3 < ends[1] < 3
assert np.isclose(ends[1] / ends[0], 2**10, rtol=0.01)
assert np.isclose(ends[2] / ends[1], 2**10, rtol=0.01)

# %%
# PyTorch's own first weights are not He's. They are spread evenly between plus and minus one over the
# square root of the number of inputs, which is the size that this figure calls smaller than half.

weight = nn.Conv2d(32, 32, 3).weight.detach()
fan_in = 32 * 3 * 3
he = np.sqrt(2 / fan_in)
print(_("PyTorch's own, against He's: {:.2f}").format(float(weight.std()) / he))
assert float(weight.abs().max()) <= 1 / np.sqrt(fan_in)
assert np.isclose(float(weight.std()) / he, 1 / np.sqrt(6), rtol=0.05)

plt.show()

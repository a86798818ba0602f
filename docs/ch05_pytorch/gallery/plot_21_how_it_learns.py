"""
Does it help to bend the digits?
================================

The same two networks learn 55,000 digits twice: as they are, and bent a little differently in every pass.
"""

import matplotlib.pyplot as plt
import numpy as np

from cnnbook.draw.curves import draw_curve
from cnnbook.draw.figure import describe
from cnnbook.draw.style import BLUE, ORANGE, use_style
from cnnbook.i18n import _
from cnnbook.results import results

use_style()

# %%
# Training took minutes for each network and was done once; here its log is read. After each pass the
# network was judged by 5,000 digits that it did not learn from. A line is the mean over several beginnings.

recipes = results("mnist")["recipes"]
pairs = {_("LeNet"): ("lenet-plain", "lenet", BLUE), _("LeNet-5 of 1998"): ("lenet5-plain", "lenet5", ORANGE)}
fig, axes = plt.subplots(1, 2, figsize=(6.4, 3.6), sharey=True)
for ax, (name, (plain, bent, color)) in zip(axes, pairs.items(), strict=True):
    for which, style in ((plain, "--"), (bent, "-")):
        runs = [run["history"] for run in recipes[which]["runs"]]
        errors = 100 * (1 - np.array([[one["accuracy"] for one in run] for run in runs]))
        passes = np.arange(1, errors.shape[1] + 1)
        ax.fill_between(passes, errors.min(0), errors.max(0), color=color, alpha=0.18, linewidth=0)
        draw_curve(ax, passes, errors.mean(0), color=color, linestyle=style)
    ax.set(title=name, xlabel=_("passes"), yscale="log", ylim=(0.5, 12))
    ax.set_yticks([0.5, 1, 2, 5, 10], ["0.5", "1", "2", "5", "10"])
    ax.minorticks_off()
axes[0].set_ylabel(_("wrong, in percent"))
fig.legend(
    [plt.Line2D([], [], color="#636b76", linestyle=style) for style in ("--", "-")],
    [_("digits as they are"), _("bent digits")],
    loc="outside lower center",
    ncols=2,
    frameon=False,
)
describe(
    fig,
    _(
        "Two pairs of falling curves on a logarithmic scale, for LeNet and for LeNet-5. In each pair the "
        "curve for bent digits falls more slowly at first and ends lower."
    ),
)

# %%
# Bent digits are harder to learn: after the first pass more of the others are read wrong. In the end fewer
# are.

for plain, bent, _color in pairs.values():
    first = [
        np.mean([1 - run["history"][0]["accuracy"] for run in recipes[which]["runs"]])
        for which in (plain, bent)
    ]
    last = [recipes[which]["test_error"]["mean"] for which in (plain, bent)]
    print(
        _("{name}: {plain:.2%} wrong on the test digits, {bent:.2%} after bending").format(
            name=bent, plain=last[0], bent=last[1]
        )
    )
    assert first[1] > first[0]
    assert last[1] < last[0]

plt.show()

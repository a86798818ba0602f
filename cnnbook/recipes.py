"""The recipes that the package comes with, by network and data set."""

from functools import partial

import torch.nn.functional as F  # noqa: N812 (torch's own short name)

from cnnbook.augmentation import DISTORTIONS
from cnnbook.models import CompactNet, LeNet, LeNet5
from cnnbook.models.lenet5 import INK, discriminative_loss
from cnnbook.train.reader import DIGIT_READER
from cnnbook.train.recipe import Recipe, adamw, channels_last

_LENET = partial(Recipe, build=partial(channels_last, LeNet), batch=100, rate=3e-3, keep_best=False)
_LENET5 = partial(
    Recipe,
    build=partial(channels_last, LeNet5),
    batch=100,
    rate=4e-3,
    loss=discriminative_loss,
    smallest_wins=True,
    ink=INK,
    keep_best=False,
)
_COMPACT = partial(
    Recipe,
    build=partial(channels_last, CompactNet),
    batch=128,
    rate=6e-3,
    augment=DISTORTIONS["slight"],
    side=28,
    keep_best=False,
)
RECIPES: dict[tuple[str, str], Recipe] = {
    ("lenet", "digits"): DIGIT_READER,
    ("lenet5", "digits"): _LENET5(epochs=20, batch=32),
    ("compact", "digits"): _COMPACT(epochs=12, batch=32, augment=None, side=32),
    ("lenet", "mnist"): _LENET(epochs=20, augment=DISTORTIONS["drawing"]),
    ("lenet-plain", "mnist"): _LENET(epochs=12),
    ("lenet5", "mnist"): _LENET5(epochs=15, augment=DISTORTIONS["affine"]),
    ("lenet5-plain", "mnist"): _LENET5(epochs=12),
    # All 60,000 images, as in the paper: nothing is held out, since nothing is left to choose.
    ("lenet5-whole", "mnist"): _LENET5(epochs=12, optimizer=partial(adamw, decay=0.1), validation=0.0),
    # Chosen on 10,000 of the images for learning, then given all of them.
    ("compact", "mnist"): _COMPACT(epochs=20, augment=DISTORTIONS["elastic"], plain_epochs=2, validation=0.0),
    # Chosen on a sixth of the images for learning, which stays out: that saves a sixth of the minute.
    ("compact-minute", "mnist"): _COMPACT(
        epochs=3,
        plain_epochs=1,
        loss=partial(F.cross_entropy, label_smoothing=0.1),  # Szegedy et al., CVPR 2016, section 7
        validation=1 / 6,
    ),
    # Of 60,000 digits it sees 39,000, each once: enough for 99 %.
    ("compact-moment", "mnist"): _COMPACT(epochs=1, batch=64, augment=None, validation=0.35),
}


def recipe(model: str, data: str) -> Recipe:
    """Return the recipe of a network for a data set; Fashion-MNIST takes MNIST's where it has none.

    Raises
    ------
    ValueError
        If there is none.

    >>> recipe("lenet", "digits").epochs
    16
    """
    for name in (data, "mnist"):
        if (model, name) in RECIPES:
            return RECIPES[model, name]
    known = sorted({name for name, _ in RECIPES})
    raise ValueError(f"recipe: model is {model!r}, expected one of {', '.join(map(repr, known))}")

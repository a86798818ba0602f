"""The recipes that the package comes with, by network and data set."""

from cnnbook.models import LeNet
from cnnbook.train.recipe import Recipe

RECIPES: dict[tuple[str, str], Recipe] = {
    ("lenet", "digits"): Recipe(build=LeNet, epochs=20, batch=32, rate=6e-3),
    ("lenet", "mnist"): Recipe(build=LeNet, epochs=10, batch=64, rate=3e-3),
}


def recipe(model: str, data: str) -> Recipe:
    """Return the recipe of a network for a data set; Fashion-MNIST takes MNIST's where it has none.

    Raises
    ------
    ValueError
        If there is none.

    >>> recipe("lenet", "digits").epochs
    20
    """
    for name in (data, "mnist"):
        if (model, name) in RECIPES:
            return RECIPES[model, name]
    known = sorted({name for name, _ in RECIPES})
    raise ValueError(f"recipe: model is {model!r}, expected one of {', '.join(map(repr, known))}")

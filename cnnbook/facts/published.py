"""Results that others measured and published, each with the place where it stands.

They cannot be computed here. Errors on ImageNet are those of the yearly competition's test images, top-5, for
what the authors submitted: several networks together.
"""

from cnnbook.facts import fact

# name: (value, format, source)
PUBLISHED = {
    "lenet5-error": (0.0095, ".2%", "LeCun et al. 1998, section III.B, 60,000 training digits"),
    "lenet5-error-distorted": (
        0.008,
        ".1%",
        "LeCun et al. 1998, section III.B, with 540,000 distorted digits",
    ),
    "lecun1989-error": (
        0.05,
        ".1%",
        "LeCun et al. 1989, Neural Computation 1(4), results, 2007 test digits",
    ),
    "alexnet-top5": (0.153, ".1%", "Krizhevsky, Sutskever and Hinton 2012, abstract, ILSVRC-2012"),
    "alexnet-overlap-top1": (0.004, ".1%", "Krizhevsky, Sutskever and Hinton 2012, section 3.4, ILSVRC-2012"),
    "alexnet-overlap-top5": (0.003, ".1%", "Krizhevsky, Sutskever and Hinton 2012, section 3.4, ILSVRC-2012"),
    "runner-up-top5": (
        0.262,
        ".1%",
        "Krizhevsky, Sutskever and Hinton 2012, abstract, second in ILSVRC-2012",
    ),
    "vgg-top5": (0.073, ".1%", "Simonyan and Zisserman 2015, table 7, submission to ILSVRC-2014"),
    "googlenet-top5": (0.0667, ".2%", "Szegedy et al. 2015, table 2, ILSVRC-2014"),
    "resnet-top5": (0.0357, ".2%", "He et al. 2016, table 5, ILSVRC-2015"),
    "convnext-top1": (
        0.821,
        ".1%",
        "Liu et al. 2022, table 1, ConvNeXt-T, ImageNet-1K validation, 224 pixels",
    ),
    "resnet50-top1-old": (0.761, ".1%", "Liu et al. 2022, section 2.1, ResNet-50 trained as in 2015"),
    "resnet50-top1-new": (0.788, ".1%", "Liu et al. 2022, section 2.1, ResNet-50 with the newer training"),
}


def _register(name: str, value: float, spec: str) -> None:
    @fact(name, spec)
    def published() -> float:
        return value


for _name, (_value, _spec, _source) in PUBLISHED.items():
    _register(_name, _value, _spec)

"""Numbers of section 1.3, the networks since 1989; errors are in `cnnbook.facts.published`."""

from cnnbook.experiments.history import milestones
from cnnbook.facts import fact

_NAMES = {
    "lecun1989": "LeCun 1989",
    "lenet5": "LeNet-5",
    "alexnet": "AlexNet",
    "vgg16": "VGG-16",
    "googlenet": "GoogLeNet",
    "resnet50": "ResNet-50",
    "convnext": "ConvNeXt-T",
}


def _register(short: str, name: str) -> None:
    @fact(f"{short}-size")
    def size() -> int:
        return milestones()[name].parameters

    @fact(f"{short}-depth")
    def depth() -> int:
        return milestones()[name].depth


for _short, _name in _NAMES.items():
    _register(_short, _name)


@fact("vgg16-last-three", ".0%")
def _last_three() -> float:
    """The share of VGG-16's parameters that its three fully connected layers have."""
    sizes = ((512 * 7 * 7, 4096), (4096, 4096), (4096, 1000))
    return sum((inputs + 1) * outputs for inputs, outputs in sizes) / milestones()["VGG-16"].parameters


@fact("vgg16-times-googlenet")
def _times() -> int:
    return round(milestones()["VGG-16"].parameters / milestones()["GoogLeNet"].parameters)

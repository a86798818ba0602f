"""Receptive fields in the page, against `cnnbook` and the published sizes."""

import numpy as np
import pytest
import torch
from built_pages import NEEDS_BROWSER
from widget_texts import SCRIPTS

from cnnbook.models import AlexNet, LeNet5
from cnnbook.receptive_field import Conv, Pool, analyze

pytestmark = NEEDS_BROWSER


@pytest.fixture(scope="module")
def page(browser):
    page = browser.new_page()
    for name in ("stack", "networks"):
        page.add_script_tag(path=SCRIPTS / f"{name}.js")
    yield page
    page.close()


ANALYSE = "({input, layers}) => CNNBook.stack.analyze(input, layers)"
HULLS = """({input, layers}) => {
    const { analyze, hull, paths } = CNNBook.stack;
    const { levels } = analyze(input, layers);
    return levels.map((level, index) => Array.from({ length: level.units },
        (_, unit) => paths(levels, layers, index, unit).map(hull)));
}"""


def layer(kind: str, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1, ceil: bool = False):
    numbers = {"kernel": kernel, "stride": stride, "padding": padding, "dilation": dilation, "ceil": ceil}
    return {"kind": kind, "name": kind, **numbers}


def as_spec(one: dict):
    names = ("kernel", "stride", "padding", "dilation")
    numbers = {name: one[name] for name in names}
    return Pool(**numbers, ceil_mode=one["ceil"]) if one["kind"] == "pool" else Conv(**numbers)


def random_stacks(count: int) -> list[dict]:
    """Kernels smaller than strides, layers that leave pixels over, units that see nothing."""
    rng = np.random.default_rng(0)
    stacks = []
    while len(stacks) < count:
        layers = []
        for _ in range(rng.integers(1, 5)):
            kind = "pool" if rng.random() < 0.4 else "conv"
            kernel = int(rng.integers(1, 6))
            padding = int(rng.integers(0, kernel // 2 + 1 if kind == "pool" else 5))
            ceil = kind == "pool" and rng.random() < 0.5
            numbers = [int(rng.integers(1, high)) for high in (5, 4)]
            layers.append(layer(kind, kernel, numbers[0], padding, numbers[1], bool(ceil)))
        stack = {"input": int(rng.integers(4, 40)), "layers": layers}
        try:
            analyze([as_spec(one) for one in layers], (1, stack["input"]))
        except ValueError:
            continue
        stacks.append(stack)
    return stacks


def compare_levels(found: list[dict], field) -> None:
    fields = list(field.layers.values())
    assert len(found) == len(fields) + 1
    for level, expected in zip(found[1:], fields, strict=True):
        numbers = (level["units"], level["size"], level["stride"], level["padding"])
        assert numbers == (expected.units[0], expected.size[0], expected.stride[0], expected.padding[0])
        assert level["centre"] == expected.center([0] * len(expected.units))[0]


def test_random_stacks(page):
    for stack in random_stacks(120):
        field = analyze([as_spec(one) for one in stack["layers"]], (1, stack["input"]))
        result = page.evaluate(ANALYSE, stack)
        assert result["problem"] is None
        compare_levels(result["levels"], field)
        hulls = page.evaluate(HULLS, stack)
        for level, one in zip(hulls[1:], field.layers.values(), strict=True):
            for unit, cone in enumerate(level):
                seen = one.cone(unit)
                names = ["input", *field.layers][: len(cone)]
                expected = [seen.get(name, (None,))[0] for name in names]
                assert [tuple(ends) if ends else None for ends in cone] == expected, (stack, one.name, unit)


def test_positions_with_holes(page):
    """Two dilated layers: unit 4 sees every second pixel, and the middle one by most ways."""
    stack = {"input": 9, "layers": [layer("conv", 3, padding=2, dilation=2)] * 2}
    counts = page.evaluate(
        """({input, layers}) => {
            const { levels } = CNNBook.stack.analyze(input, layers);
            return Array.from(CNNBook.stack.paths(levels, layers, 2, 4)[0]);
        }""",
        stack,
    )
    assert counts == [1, 0, 2, 0, 3, 0, 2, 0, 1]


def vgg16():
    sizes = [64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0]
    layers, channels = [], 3
    for size in sizes:
        layers.append(torch.nn.Conv2d(channels, size, 3, padding=1) if size else torch.nn.MaxPool2d(2))
        channels = size or channels
    with torch.device("meta"):
        return torch.nn.Sequential(*layers)


NETWORKS = {
    "lenet-5": (LeNet5, (1, 32, 32), ["c1", "s2", "c3", "s4", "c5"], {"C5": 32}),
    "alexnet": (
        AlexNet,
        (3, 224, 224),
        [f"features.{n}" for n in ["conv1", "pool1", "conv2", "pool2", "conv3", "conv4", "conv5", "pool5"]],
        {"pool5": 195},
    ),
    "vgg-16": (vgg16, (3, 224, 224), [str(n) for n in range(18)], {"pool5": 212}),
}


@pytest.mark.parametrize("name", NETWORKS)
def test_published_networks(name, page):
    """Against the analysis of the torch modules, and the published sizes (Araujo, Norris, Sim 2019)."""
    build, shape, modules, published = NETWORKS[name]
    field = analyze(build(), shape)
    stack = page.evaluate("name => CNNBook.networks[name]", name)
    result = page.evaluate(ANALYSE, stack)
    named = dict(zip((one["name"] for one in stack["layers"]), result["levels"][1:], strict=True))
    for level, module in zip(named.values(), modules, strict=True):
        expected = field.layers[module]
        numbers = (level["units"], level["size"], level["stride"], level["padding"])
        assert numbers == tuple(getattr(expected, n)[0] for n in ("units", "size", "stride", "padding"))
        assert level["centre"] == expected.center((0, 0))[0]
    assert {layer: named[layer]["size"] for layer in published} == published
    hulls = page.evaluate(HULLS, stack)
    for level, module in zip(hulls[1:], modules, strict=True):
        for unit in {0, 1, len(level) // 2, len(level) - 1} & set(range(len(level))):
            assert tuple(level[unit][0]) == field.layers[module].region((unit, unit))[0], (module, unit)


@pytest.mark.parametrize(
    ("stack", "problem"),
    [
        ({"input": 0, "layers": []}, {"layer": -1, "reason": "input"}),
        ({"input": 1.5, "layers": []}, {"layer": -1, "reason": "input"}),
        ({"input": 9, "layers": [layer("conv", 0)]}, {"layer": 0, "reason": "kernel"}),
        ({"input": 9, "layers": [layer("conv", 3, 0)]}, {"layer": 0, "reason": "stride"}),
        ({"input": 9, "layers": [layer("conv", 3, 1, -1)]}, {"layer": 0, "reason": "padding"}),
        ({"input": 9, "layers": [layer("conv", 3, 1, 0, 0)]}, {"layer": 0, "reason": "dilation"}),
        ({"input": 9, "layers": [layer("pool", 3, 1, 2)]}, {"layer": 0, "reason": "half"}),
        (
            {"input": 9, "layers": [layer("conv", 3), layer("conv", 5, dilation=2)]},
            {"layer": 1, "reason": "fit", "window": 9, "room": 7},
        ),
    ],
)
def test_what_cannot_be_built(stack, problem, page):
    result = page.evaluate(ANALYSE, stack)
    assert result["problem"] == problem
    assert len(result["levels"]) == problem["layer"] + 1

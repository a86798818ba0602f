"""Random networks: for every unit, the analysis and the NaN probe must name the same pixels."""

from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

torch = pytest.importorskip("torch", reason="these tests run PyTorch models")

import torch.nn.functional as F  # noqa: E402, N812
from torch import nn  # noqa: E402

from cnnbook.receptive_field import analyze  # noqa: E402
from cnnbook.receptive_field.probing import probe, verify  # noqa: E402

CHANNELS, LARGEST = 4, 14


class Random(nn.Module):
    """A network that is a list of steps; each maps the values so far to the next one."""

    def __init__(self, steps):
        super().__init__()
        self.steps = steps
        self.layers = nn.ModuleList(step for step in steps if isinstance(step, nn.Module))

    def forward(self, x):
        values = [x]
        for step in self.steps:
            latest = step(values[-1]) if isinstance(step, nn.Module) else step(values)
            if min(latest.shape[2:]) > 0 and max(latest.shape[2:]) <= LARGEST:
                values.append(latest)
        return values[-1]

    def extra_repr(self):
        return "\n".join(map(described, self.steps))


def described(step):
    """A step in words, for the report of a failing example."""
    if isinstance(step, nn.Module):
        return step.extra_repr()
    settings = [cell.cell_contents for cell in step.__closure__ or ()]
    return f"{step.__qualname__.split('.')[0]} {settings}"


class Guarded(nn.Module):
    """A layer that is skipped where the value has become too small for it."""

    def __init__(self, layer, least, text):
        super().__init__()
        self.layer, self.least, self.text = layer, least, text

    def forward(self, x):
        return self.layer(x) if all(n >= m for n, m in zip(x.shape[2:], self.least, strict=True)) else x

    def extra_repr(self):
        return self.text


def crop(values):
    """The common part of several values, from the first position on."""
    sizes = [min(extents) for extents in zip(*(v.shape[2:] for v in values), strict=True)]
    return [v[(slice(None), slice(None), *(slice(n) for n in sizes))] for v in values]


def per_axis(draw, axes, low, high):
    return tuple(draw(st.integers(low, high)) for _ in range(axes))


@st.composite
def convolutions(draw, axes, modes=("zeros", "zeros", "zeros", "reflect", "replicate", "circular")):
    kernel, stride = per_axis(draw, axes, 1, 3), per_axis(draw, axes, 1, 3)
    dilation, padding = per_axis(draw, axes, 1, 3), per_axis(draw, axes, 0, 3)
    mode = draw(st.sampled_from(modes))
    groups = draw(st.sampled_from([1, 1, 2, CHANNELS]))
    make = [nn.Conv1d, nn.Conv2d, nn.Conv3d][axes - 1]
    layer = make(CHANNELS, CHANNELS, kernel, stride, padding, dilation, groups, padding_mode=mode)
    needed = [d * (k - 1) + 1 for d, k in zip(dilation, kernel, strict=True)]
    least = [max(n - 2 * p, 1, (p + 1) * (mode != "zeros")) for n, p in zip(needed, padding, strict=True)]
    return Guarded(layer, least, repr(layer))


@st.composite
def pools(draw, axes):
    kernel, stride = per_axis(draw, axes, 1, 3), per_axis(draw, axes, 1, 3)
    padding = tuple(draw(st.integers(0, k // 2)) for k in kernel)
    make = [(nn.MaxPool1d, nn.AvgPool1d), (nn.MaxPool2d, nn.AvgPool2d), (nn.MaxPool3d, nn.AvgPool3d)][
        axes - 1
    ]
    ceil = draw(st.booleans())
    if draw(st.booleans()):
        layer, needed = make[1](kernel, stride, padding, ceil_mode=ceil), kernel
    else:
        dilation = per_axis(draw, axes, 1, 2)
        layer = make[0](kernel, stride, padding, dilation, ceil_mode=ceil)
        needed = [d * (k - 1) + 1 for d, k in zip(dilation, kernel, strict=True)]
    return Guarded(layer, needed, repr(layer))


@st.composite
def transposed(draw, axes):
    kernel, stride = per_axis(draw, axes, 1, 3), per_axis(draw, axes, 1, 3)
    dilation = per_axis(draw, axes, 1, 2)
    padding = tuple(draw(st.integers(0, d * (k - 1) // 2)) for k, d in zip(kernel, dilation, strict=True))
    extra = tuple(draw(st.integers(0, max(s, d) - 1)) for s, d in zip(stride, dilation, strict=True))
    groups = draw(st.sampled_from([1, 2]))
    make = [nn.ConvTranspose1d, nn.ConvTranspose2d, nn.ConvTranspose3d][axes - 1]
    layer = make(CHANNELS, CHANNELS, kernel, stride, padding, extra, groups, dilation=dilation)
    return Guarded(layer, padding and tuple(1 for _ in padding), repr(layer))


@st.composite
def slices(draw, axes):
    cuts = [
        (draw(st.integers(-2, 2)), draw(st.sampled_from([None, -1])), draw(st.integers(1, 2)))
        for _ in range(axes)
    ]
    channels = draw(st.sampled_from([None, 1, 2]))

    def step(values):
        x = values[-1][(slice(None), slice(None), *(slice(a, b, s) for a, b, s in cuts))]
        return x if channels is None else x[:, -channels:].repeat_interleave(CHANNELS // channels, 1)

    return step


@st.composite
def joins(draw, axes):
    back, concat = draw(st.integers(1, 4)), draw(st.booleans())
    shuffled = draw(st.booleans())

    def step(values):
        a, b = crop([values[-1], values[max(len(values) - 1 - back, 0)]])
        if not concat:
            return a + b
        both = torch.cat([a, b], 1)
        both = both.unflatten(1, (2, CHANNELS)).transpose(1, 2).flatten(1, 2) if shuffled else both
        return both[:, CHANNELS // 2 : CHANNELS // 2 + CHANNELS]

    return step


@st.composite
def others(draw, axes):
    pads = [draw(st.integers(-1, 2)) for _ in range(2 * axes)]
    size = per_axis(draw, axes, 1, 6)
    kind = draw(st.sampled_from(["pad", "up", "bilinear", "adaptive", "squeeze", "shuffle", "roll", "norm"]))

    def step(values):
        x = values[-1]
        if kind == "pad":
            small = any(n + a + b < 1 for n, a, b in zip(x.shape[:1:-1], pads[::2], pads[1::2], strict=True))
            return x if small else F.pad(x, pads)
        if kind in ("up", "bilinear"):
            linear = {1: "linear", 2: "bilinear", 3: "trilinear"}[axes]
            return F.interpolate(x, scale_factor=1.5, mode="nearest" if kind == "up" else linear)
        if kind == "adaptive":
            return [F.adaptive_avg_pool1d, F.adaptive_avg_pool2d, F.adaptive_avg_pool3d][axes - 1](x, size)
        if kind == "squeeze":
            return x * torch.sigmoid(x.mean(tuple(range(2, 2 + axes)), keepdim=True))
        if kind == "shuffle" and axes == 2:
            return F.pixel_shuffle(x, 2).repeat(1, CHANNELS, 1, 1)
        if kind == "roll":
            return x.roll(1, dims=2)
        return F.normalize(x, dim=1)

    return step


def zero_padded(axes):
    return convolutions(axes, modes=("zeros",))


@st.composite
def networks(draw, kinds=(convolutions, convolutions, pools, transposed, slices, joins, joins, others)):
    axes = draw(st.sampled_from([1, 2, 2, 2, 3]))
    steps = [
        draw(draw(st.sampled_from(kinds))(axes)) for _ in range(draw(st.integers(1, 7 if axes < 3 else 4)))
    ]
    size = tuple(draw(st.integers(4, 9 if axes < 3 else 5)) for _ in range(axes))
    return Random(steps), (CHANNELS, *size)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(networks())
def test_every_unit_sees_what_the_probe_sees(case):
    model, shape = case
    assert verify(model, shape) == []


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(networks((zero_padded, pools, transposed, slices, joins)))
def test_borders_only_take_away(case):
    """With constant padding, what a unit sees lies inside the pattern that ignores borders."""
    model, shape = case
    field = analyze(model, shape)
    for unit in product(*map(range, field.units)):
        for inside, pattern in zip(field.region(unit), field.region(unit, clip=False), strict=True):
            assert inside is None or (pattern[0] <= inside[0] and inside[1] <= pattern[1])


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(networks((zero_padded, pools, transposed, joins)))
def test_gradients_never_see_more(case):
    """A gradient that is not zero comes from a pixel that the analysis names."""
    model, shape = case
    field, seen = analyze(model, shape), probe(model, shape, method="gradient")
    for unit in product(*map(range, field.units)):
        for felt, read in zip(seen.region(unit), field.region(unit), strict=True):
            assert felt is None or (read[0] <= felt[0] and felt[1] <= read[1])

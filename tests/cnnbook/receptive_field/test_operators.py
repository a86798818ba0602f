"""Every family of PyTorch's operators, unit by unit against the NaN probe; and what is refused."""

import gc

import pytest

torch = pytest.importorskip("torch", reason="these tests run PyTorch models")

import torch.nn.functional as F  # noqa: E402, N812
from torch import nn  # noqa: E402
from torch.nn import Conv2d  # noqa: E402

from cnnbook.receptive_field import DataDependentControlFlow, UnsupportedOperator, analyze, verify  # noqa: E402

SHAPE = (2, 12, 9)


class Calls(nn.Module):
    """A function of the input and of some modules."""

    def __init__(self, function, *modules):
        super().__init__()
        self.function = function
        self.inner = nn.ModuleList(modules)

    def forward(self, x):
        return self.function(x, *self.inner)


def uneven(join):
    """Two branches of unlike receptive fields, 3 and 5, with four channels each."""
    return Calls(lambda x, a, b: join(a(x), b(x)), Conv2d(2, 4, 3, padding=1), Conv2d(2, 4, 5, padding=2))


def cat(a, b):
    return torch.cat([a, b], 1)


def interpolated(**settings):
    return Calls(lambda x: F.interpolate(x, **settings))


ACTIVATIONS = [
    nn.PReLU(),
    nn.Hardswish(),
    nn.GELU(),
    nn.Softmax2d(),
    nn.Dropout(),
    nn.SELU(),
    nn.Tanhshrink(),
    nn.Hardtanh(),
    nn.ReLU6(inplace=True),
    nn.LeakyReLU(0.1, inplace=True),
    nn.CELU(),
    nn.Softplus(),
    nn.RReLU(),
    nn.Softshrink(),
    nn.Hardsigmoid(),
    nn.LogSigmoid(),
    nn.SiLU(),
    nn.Mish(),
    nn.Softsign(),
    nn.ELU(inplace=True),
    nn.GLU(1),
]

MODELS = {
    "same": Conv2d(2, 3, 3, padding="same", dilation=2),
    "circular": Conv2d(2, 2, 3, padding=1, padding_mode="circular"),
    "reflect": Conv2d(2, 2, 5, padding=2, padding_mode="reflect"),
    "replicate": Conv2d(2, 2, 5, padding=2, padding_mode="replicate", stride=2),
    "dilated": nn.Sequential(Conv2d(2, 2, 3, dilation=2), Conv2d(2, 2, 3, dilation=3, padding=4)),
    "padding beyond the kernel": nn.Sequential(Conv2d(2, 2, 1, padding=2), Conv2d(2, 2, 3, padding=1)),
    "ceil mode": nn.MaxPool2d(3, 2, 1, ceil_mode=True),
    "ceil mode within": nn.Sequential(nn.AvgPool2d(2, 3, ceil_mode=True), Conv2d(2, 2, 3, padding=1)),
    "power pooling": nn.LPPool2d(2, 3, stride=2),
    "adaptive": nn.AdaptiveAvgPool2d((5, 4)),
    "adaptive, one row": nn.AdaptiveMaxPool2d((1, 4)),
    "transposed": nn.ConvTranspose2d(2, 2, 3, 2, output_padding=1),
    "transposed, one tap": nn.Sequential(
        nn.ConvTranspose2d(2, 2, 1, 2), Conv2d(2, 2, (3, 1), dilation=2, padding=(2, 0))
    ),
    "transposed, dilated": nn.ConvTranspose2d(2, 2, 3, 3, padding=1, dilation=2),
    "holes that depend on both axes": Calls(
        lambda x, a, b, c: c(a(x) + b(x)),
        nn.ConvTranspose2d(2, 2, (1, 3), 2, (0, 1)),
        nn.ConvTranspose2d(2, 2, (5, 3), 2, (2, 1)),
        Conv2d(2, 2, (1, 3)),
    ),
    "nearest": nn.Upsample(size=(17, 9)),
    "nearest, scale": nn.Sequential(Conv2d(2, 2, 3), nn.Upsample(scale_factor=2), Conv2d(2, 2, 3)),
    "nearest, odd scales": interpolated(scale_factor=(1.07, 2.06)),
    "nearest along one axis": Calls(
        lambda x: F.interpolate(x.flatten(2), scale_factor=1.003).unflatten(2, (12, 9))
    ),
    "nearest exact": nn.Upsample(size=(17, 9), mode="nearest-exact"),
    "bilinear": nn.Upsample(scale_factor=2, mode="bilinear"),
    "bilinear, scale 1.5": nn.Upsample(scale_factor=1.5, mode="bilinear"),
    "bilinear, aligned": nn.Upsample(size=(17, 5), mode="bilinear", align_corners=True),
    "bilinear, down": nn.Upsample(scale_factor=0.37, mode="bilinear"),
    "bilinear, one axis kept": nn.Upsample(size=(12, 20), mode="bilinear"),
    "bicubic": nn.Upsample(size=(17, 9), mode="bicubic"),
    "area": interpolated(size=5, mode="area"),
    "trilinear": Calls(lambda x: F.interpolate(x.unsqueeze(1), size=(2, 5, 18), mode="trilinear")[:, 0]),
    "pixel shuffle": nn.Sequential(Conv2d(2, 8, 3), nn.PixelShuffle(2), Conv2d(2, 2, 2)),
    "pixel shuffle of unlike channels": nn.Sequential(uneven(cat), nn.PixelShuffle(2)),
    "pixel shuffle of mixed channels": nn.Sequential(
        uneven(lambda a, b: torch.stack([a, b], 2).flatten(1, 2)), nn.PixelShuffle(2), Conv2d(2, 2, 2)
    ),
    "pixel unshuffle": nn.Sequential(nn.PixelUnshuffle(3), Conv2d(18, 2, 2)),
    "cross": Calls(
        lambda x, a, b: cat(a(x), b(x)),
        Conv2d(2, 4, (1, 3), padding=(0, 1)),
        Conv2d(2, 4, (5, 1), padding=(2, 0)),
    ),
    "part of a concatenation": uneven(lambda a, b: torch.chunk(cat(a, b), 2, 1)[0]),
    "groups keep channels apart": nn.Sequential(
        uneven(cat), Conv2d(8, 16, 3, groups=2), Calls(lambda x: x[:, 7:8])
    ),
    "depthwise": nn.Sequential(uneven(cat), Conv2d(8, 16, 3, groups=8), Calls(lambda x: x[:, 7:8])),
    "channel shuffle": nn.Sequential(uneven(cat), nn.ChannelShuffle(2), Calls(lambda x: x[:, :1])),
    "channel shuffle by hand": nn.Sequential(
        uneven(cat), Calls(lambda x: x.view(1, 2, 4, 12, 9).transpose(1, 2).reshape(1, 8, 12, 9)[:, 2:3])
    ),
    "maxout": Calls(lambda x, a: a(x).view(1, 3, 2, 12, 9).max(2)[0], Conv2d(2, 6, 3, padding=1)),
    "group of channels": uneven(lambda a, b: cat(a, b).view(1, 2, 4, 12, 9)[:, 1]),
    "stack": Calls(lambda x, a: torch.stack([x, a(x)], 2).sum(2), Conv2d(2, 2, 3, padding=1)),
    "squeeze and excitation": Calls(
        lambda x, a, b: x * torch.sigmoid(b(a(x).mean((2, 3)))).view(1, 2, 1, 1),
        Conv2d(2, 4, 3, padding=1),
        nn.Linear(4, 2),
    ),
    "efficient channel attention": Calls(
        lambda x, a: x * a(x.mean((2, 3)).unsqueeze(1)).transpose(1, 2).unsqueeze(-1),
        nn.Conv1d(1, 1, 3, padding=1),
    ),
    "head": nn.Sequential(Conv2d(2, 3, 3, stride=2), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(3, 2)),
    "flatten and linear": nn.Sequential(Conv2d(2, 3, 1, stride=2), nn.Flatten(), nn.Linear(90, 2)),
    "flatten": nn.Sequential(Conv2d(2, 3, 3, stride=2), nn.Flatten()),
    "linear along a row": nn.Sequential(Conv2d(2, 2, 3), nn.Linear(7, 4)),
    "linear on channels": Calls(lambda x, a: a(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2), nn.Linear(2, 3)),
    "tokens": Calls(
        lambda x, a: a(x.flatten(2).transpose(1, 2)).transpose(1, 2).unflatten(2, (12, 9)), nn.Linear(2, 3)
    ),
    "einsum": Calls(lambda x: torch.einsum("nchw,ck->nkhw", x, torch.ones(2, 3))),
    "slices": Calls(lambda x: x[:, :, 1:-1:2, 3:]),
    "negative padding": Calls(lambda x: F.pad(x, (1, -2, 0, -1))),
    "cropped skip": Calls(lambda x, a: a(x) + x[:, :, 1:-1, 1:-1], Conv2d(2, 2, 3)),
    "focus": Calls(lambda x, a: a(cat(x[:, :, ::2, :8:2], x[:, :, 1::2, 1:8:2])), Conv2d(4, 2, 3, padding=1)),
    "concatenation along rows": Calls(lambda x: torch.cat([x, x[:, :, :4]], 2)),
    "constant channel": Calls(lambda x, a: a(cat(x, torch.zeros(1, 1, 12, 9))), Conv2d(3, 2, 3)),
    "broadcast over a constant": Calls(lambda x: x.mean((2, 3), keepdim=True) + torch.ones(1, 1, 5, 4)),
    "convolution of a broadcast": Calls(
        lambda x, a: a(x.mean((2, 3), keepdim=True) + torch.ones(1, 1, 5, 4)), Conv2d(2, 2, 1, padding=1)
    ),
    "list of channels": Calls(lambda x: x[:, [1, 0, 1]]),
    "roll": Calls(lambda x, a: a(x.roll((1, -2), (2, 3))), Conv2d(2, 2, 3)),
    "flip": Calls(lambda x, a: a(x.flip(2)), Conv2d(2, 2, 3, stride=2)),
    "repeat": Calls(lambda x, a: a(x.repeat(1, 2, 1, 2)), Conv2d(4, 2, 3)),
    "repeat interleave": Calls(lambda x, a: a(x.repeat_interleave(2, 2)), Conv2d(2, 2, 3)),
    "unbind": Calls(lambda x: x.unbind(1)[0].unsqueeze(1)),
    "batch norm": nn.BatchNorm2d(2),
    "batch norm of the batch": nn.BatchNorm2d(2, track_running_stats=False),
    "instance norm": nn.InstanceNorm2d(2),
    "group norm": nn.GroupNorm(2, 2),
    "layer norm": nn.LayerNorm(9),
    "response norm": nn.Sequential(Conv2d(2, 6, 3), nn.LocalResponseNorm(5)),
    "unit vectors": Calls(lambda x: F.normalize(x, dim=1)),
    "unit columns": Calls(lambda x: F.normalize(x, dim=2)),
    "softmax along a row": Calls(lambda x: x.softmax(3)),
    "activations": nn.Sequential(Conv2d(2, 4, 3), *ACTIVATIONS),
    "where": Calls(lambda x: torch.where(torch.ones(12, 9) > 0, x * 2, x)),
    "inception": Calls(
        lambda x, a, b, c: b(cat(a(x), c(F.max_pool2d(x, 3, 1, 1)))),
        Conv2d(2, 2, (1, 7), padding=(0, 3)),
        Conv2d(4, 2, 3, stride=2),
        Conv2d(2, 2, (3, 1), padding=(1, 0)),
    ),
    "weight norm": nn.utils.parametrizations.weight_norm(Conv2d(2, 2, 3)),
    "in place on a buffer": Calls(lambda x: torch.zeros(1, 2, 12, 9).add_(x)),
    "loop over shapes": Calls(lambda x, a: [x := a(x) for _ in range(x.shape[3] // 4)][-1], Conv2d(2, 2, 3)),
}


@pytest.mark.parametrize("name", MODELS)
def test_every_unit_sees_what_the_probe_sees(name):
    torch.manual_seed(0)
    assert verify(MODELS[name], SHAPE) == []


@pytest.mark.filterwarnings("ignore:Using padding='same'")
def test_same_padding_with_an_even_kernel():
    model = Conv2d(2, 3, 4, padding="same")
    field = analyze(model, SHAPE)
    assert (field.size, field.padding) == ((4, 4), (1, 1))
    assert verify(model, SHAPE) == []


def written_through_a_view(x):
    y = x * 1
    y[:, :, :2].mul_(2)
    return y + 1


REFUSED = {
    "sort": (lambda x: x.sort(2)[0], r"sort: operator aten\.sort"),
    "product of two": (lambda x: x @ x.transpose(2, 3), "both factors depend on the input"),
    "sampling": (
        lambda x: F.grid_sample(x, torch.zeros(1, 3, 3, 2), align_corners=False),
        r"grid_sampler_2d",
    ),
    "random windows": (lambda x: F.fractional_max_pool2d(x, 2, output_size=4), "fractional_max_pool2d"),
    "unpooling": (lambda x: F.max_unpool2d(*F.max_pool2d(x, 2, return_indices=True), 2), "max_unpool2d"),
    "chosen by values": (lambda x: x.index_select(2, x[0, 0, 0, :3].long()), "chosen by the input's values"),
    "weights from the input": (lambda x: F.conv2d(x, x[:, :, :3, :3]), "'weight' depends on the input"),
    "stale view": (lambda x: written_through_a_view(x), "changed in place through another"),
    "odd reshape": (
        lambda x: F.conv2d(x.reshape(1, 2, 9, 12), torch.ones(1, 2, 3, 3)),
        "cuts an axis|mixes axes",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_known_is_refused(name):
    function, message = REFUSED[name]
    with pytest.raises(UnsupportedOperator, match=message):
        analyze(Calls(function), SHAPE)


def test_refusal_names_node_operator_and_place():
    model = nn.Sequential(Conv2d(2, 2, 3), nn.Sequential(Calls(lambda x: x.cumsum(2))))
    with pytest.raises(UnsupportedOperator) as refusal:
        analyze(model, SHAPE)
    assert (refusal.value.node, refusal.value.where) == ("1.0.cumsum", "1.0")
    assert refusal.value.operator == "aten.cumsum.default"


@pytest.mark.parametrize(
    "function",
    [
        lambda x: x if x.sum() > 0 else -x,
        lambda x: x * float(x.max()),
        lambda x: x[x > 0],
        lambda x: x.nonzero(),
    ],
    ids=["branch", "number", "mask", "nonzero"],
)
def test_data_dependent_control_flow_is_refused(function):
    model = nn.Sequential(Conv2d(2, 2, 3), Calls(function))
    with pytest.raises((DataDependentControlFlow, UnsupportedOperator)) as refusal:
        analyze(model, SHAPE)
    assert refusal.value.where == "1"


def test_branches_on_shapes_are_followed():
    model = Calls(lambda x, a: a(x) if x.shape[2] > 10 else x, Conv2d(2, 2, 3))
    assert analyze(model, (2, 12, 9)).size == (3, 3)
    assert analyze(model, (2, 9, 9)).size == (1, 1)


def test_the_model_is_left_as_it_was():
    model = nn.Sequential(Conv2d(2, 2, 3), nn.BatchNorm2d(2), nn.Dropout())
    model[2].eval()
    before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    analyze(model, SHAPE)
    assert [module.training for module in model] == [True, True, False]
    assert all(torch.equal(before[name], tensor) for name, tensor in model.state_dict().items())


def test_the_garbage_collector_is_left_as_it_was():
    with pytest.raises(UnsupportedOperator):
        analyze(Calls(lambda x: x.cumsum(2)), SHAPE)
    assert gc.isenabled()
    gc.disable()
    try:
        analyze(nn.ReLU(), SHAPE)
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_weights_may_lie_on_the_meta_device():
    with torch.device("meta"):
        model = nn.Sequential(Conv2d(3, 1000, 3), nn.Flatten(), nn.Linear(1000 * 1022 * 1022, 1000))
    assert analyze(model, (3, 1024, 1024), output="0").size == (3, 3)


def test_exported_programs_are_read_too():
    model = nn.Sequential(Conv2d(2, 2, 3, dilation=2), nn.ReLU()).eval()
    program = torch.export.export(model, (torch.zeros(1, *SHAPE),))
    assert analyze(program, SHAPE).size == (5, 5)


def test_several_results_need_a_choice():
    model = Calls(lambda x, a, b: (a(x), b(x)), Conv2d(2, 2, 3), Conv2d(2, 2, 5))
    with pytest.raises(
        ValueError, match=r"2 results that depend on the input \('inner.0', 'inner.1'\): choose output"
    ):
        analyze(model, SHAPE)
    assert analyze(model, SHAPE, output="inner.1").size == (5, 5)

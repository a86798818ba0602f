import torch
import torch.nn.functional as F  # noqa: N812

from cnnbook.models import CompactNet, LeNet
from cnnbook.receptive_field import analyze

# Per layer: kernels, maps read, rows of a kernel, rows of the result.
LAYERS = {"c1": (16, 1, 5, 24), "c2": (32, 16, 3, 12), "c3": (32, 32, 3, 10), "c4": (64, 32, 3, 5)}
LAYERS["c5"] = (40, 64, 3, 3)


def count(module):
    return sum(parameter.numel() for parameter in module.parameters())


def test_parameters_by_hand():
    model = CompactNet()
    expected = {name: k * c * r * r + 2 * k for name, (k, c, r, _) in LAYERS.items()} | {
        "output": 40 * 10 + 10
    }
    assert {name: count(child) for name, child in model.named_children() if count(child)} == expected
    assert list(expected.values()) == [432, 4_672, 9_280, 18_560, 23_120, 410]
    assert count(model) == sum(expected.values()) == 56_474
    assert count(model) < count(LeNet()) == 61_706


def test_lenet_spends_its_parameters_where_nothing_is_spatial():
    model = LeNet()
    layers = {"f5": 48_120, "f6": 10_164}
    assert {name: count(getattr(model, name)) for name in layers} == layers
    assert sum(layers.values()) == 58_284


def test_shapes_by_hand():
    shapes, model = {}, CompactNet()
    for name, child in model.named_children():
        child.register_forward_hook(lambda *call, name=name: shapes.update({name: tuple(call[2].shape)}))
    model(torch.rand(2, 1, 28, 28))
    convolutions = {name: (2, k, rows, rows) for name, (k, _, _, rows) in LAYERS.items()}
    assert shapes == convolutions | {"pool1": (2, 16, 12, 12), "pool3": (2, 32, 5, 5), "output": (2, 10)}


def test_against_the_functional_operators():
    torch.manual_seed(0)
    model = CompactNet().eval()
    x = images = torch.rand(3, 1, 28, 28)
    for name in LAYERS:
        convolution, normalisation = getattr(model, name)
        x = F.conv2d(x, convolution.weight, padding=1 if name in ("c2", "c4") else 0)
        scale = normalisation.weight / (normalisation.running_var + 1e-5).sqrt()
        x = (x - normalisation.running_mean.view(-1, 1, 1)) * scale.view(-1, 1, 1)
        x = F.relu(x + normalisation.bias.view(-1, 1, 1))
        if name in ("c1", "c3"):
            x = F.max_pool2d(x, 2)
    x = F.avg_pool2d(x, 3).flatten(1) @ model.output.weight.T + model.output.bias
    torch.testing.assert_close(model(images), x)


def test_the_last_units_see_more_than_the_whole_image():
    """One behind the other: 5, 2, 3, 3, 2, 3 and 3 pixels, the later ones over steps of 2 and then 4."""
    size = 5 + 1 + 2 * (2 + 2 + 1) + 4 * (2 + 2)
    assert analyze(CompactNet().eval(), (1, 28, 28)).layers["c5.1"].size == (size, size) == (32, 32)

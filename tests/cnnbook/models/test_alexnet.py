import pytest
import torch

from cnnbook.models.alexnet import AlexNet, Overhang
from cnnbook.receptive_field import analyze
from cnnbook.summary import summarize


def on_meta(**options):
    with torch.device("meta"):
        return AlexNet(**options)


@pytest.mark.parametrize(
    ("groups", "parameters"), [(True, 60_965_224), (2, 60_965_224), (False, 62_378_344), (1, 62_378_344)]
)
def test_parameters(groups, parameters):
    assert sum(p.numel() for p in on_meta(groups=groups).parameters()) == parameters


def test_maps_are_the_papers_at_224_pixels():
    layers = {row.name.split(".")[-1]: row.shape for row in summarize(on_meta(), (3, 224, 224)).layers}
    expected = {
        "conv1": (96, 55, 55),
        "conv2": (256, 27, 27),
        "conv3": (384, 13, 13),
        "conv4": (384, 13, 13),
        "conv5": (256, 13, 13),
        "pool5": (256, 6, 6),
        "1": (4096,),
        "4": (4096,),
        "6": (1000,),
    }
    assert {name: layers[name] for name in expected} == expected


def test_both_readings_have_the_same_maps_and_weights():
    up, down = on_meta(), on_meta(rounding="floor")
    assert [row.shape for row in summarize(up, (3, 224, 224)).layers if row.parameters] == [
        row.shape for row in summarize(down, (3, 227, 227)).layers if row.parameters
    ]
    assert {n: p.shape for n, p in up.named_parameters()} == {n: p.shape for n, p in down.named_parameters()}


def test_rounding_up_is_rounding_down_on_three_more_rows_and_columns_of_zeros():
    images = torch.rand(1, 3, 224, 224)
    first = torch.nn.Conv2d(3, 96, 11, stride=4)
    assert first(images).shape[-1] == 54
    up, down = (AlexNet(classes=2, rounding=rounding).features[:2] for rounding in ("ceil", "floor"))
    down.load_state_dict(up.state_dict())
    assert up(images).shape[-1] == 55
    torch.testing.assert_close(up(images), down(torch.nn.functional.pad(images, (0, 3, 0, 3))))


def test_another_rounding_is_refused():
    with pytest.raises(ValueError, match="AlexNet: rounding is 'round', expected 'ceil' or 'floor'"):
        AlexNet(rounding="round")


def test_receptive_field_at_pool5():
    field = analyze(on_meta(), (3, 224, 224), output="features.pool5")
    assert (field.size, field.stride, field.padding) == ((195, 195), (32, 32), (64, 64))


def test_overhang_is_three_pixels_at_224_and_none_at_227():
    assert Overhang(11, 4)(torch.ones(1, 1, 224, 227)).shape == (1, 1, 227, 227)
    assert Overhang(11, 4)(torch.ones(1, 1, 224, 227))[0, 0, 224:].abs().sum() == 0


def test_response_normalisation_is_the_papers():
    """b = a / (2 + 1e-4 * sum of squares over 5 neighbouring maps) ** 0.75, without division by 5."""
    a = torch.full((1, 9, 1, 1), 30.0)
    expected = 30 / (2 + 1e-4 * 5 * 900) ** 0.75
    assert on_meta().features.norm1(a)[0, 4].item() == pytest.approx(expected, rel=1e-6)


def test_number_of_classes():
    assert AlexNet(classes=10, groups=1).eval()(torch.zeros(1, 3, 224, 224)).shape == (1, 10)

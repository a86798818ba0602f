"""The claims of section 2.6, pooling."""

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 (torch's own short name)

from cnnbook.data import photograph
from cnnbook.facts import text
from cnnbook.kernels import sobel

ROOF = torch.tensor(photograph("china")[25:153, 125:253])[None, None]
SOBEL = torch.tensor(sobel(axis=1) * 1.0)[None, None]
LAYERS = {
    "max": lambda x: F.max_pool2d(x, 2),
    "average": lambda x: F.avg_pool2d(x, 2),
    "convolution": lambda x: F.conv2d(F.pad(x, (1, 1, 1, 1), mode="circular"), SOBEL, stride=2),
}


def test_four_windows_by_hand():
    maps = torch.tensor([[[1.0, 3, 2, 0], [5, 1, 0, 2], [0, 2, 8, 4], [4, 2, 1, 3]]])
    assert F.max_pool2d(maps, 2)[0].tolist() == [[5, 2], [4, 8]]
    assert F.avg_pool2d(maps, 2)[0].tolist() == [[2.5, 1], [2, 4]]


def test_maximum_keeps_a_pixel_and_average_calms_noise():
    pixel = torch.zeros(1, 2, 2)
    pixel[0, 1, 0] = 8
    assert F.max_pool2d(pixel, 2).item() == 8
    assert F.avg_pool2d(pixel, 2).item() == 8 / 4
    noise = torch.randn(1, 200, 200, generator=torch.Generator().manual_seed(0))
    assert F.avg_pool2d(noise, 2).abs().mean() < noise.abs().mean() < F.max_pool2d(noise, 2).abs().mean()


def test_one_pixel_changes_most_outputs():
    shares = {}
    for name, layer in LAYERS.items():
        shares[name] = (~torch.isclose(layer(ROOF.roll(1, 3)), layer(ROOF))).double().mean().item()
        assert text(f"shift-{name}") == f"{shares[name]:.0%}"
    assert 0.5 < shares["max"] < min(shares["average"], shares["convolution"])


def test_even_moves_are_exact():
    for layer in LAYERS.values():
        for by in (2, 4, 6):
            torch.testing.assert_close(layer(ROOF.roll(by, 3)), layer(ROOF).roll(by // 2, 3))


def test_stride_1_is_equivariant_with_circular_padding_only():
    circular = F.conv2d(F.pad(ROOF, (1, 1, 1, 1), mode="circular"), SOBEL)
    moved = F.conv2d(F.pad(ROOF.roll(1, 3), (1, 1, 1, 1), mode="circular"), SOBEL)
    torch.testing.assert_close(moved, circular.roll(1, 3))
    zeros, moved = (F.conv2d(x, SOBEL, padding=1) for x in (ROOF, ROOF.roll(1, 3)))
    differs = ~torch.isclose(moved, zeros.roll(1, 3))
    assert differs.any()
    assert not differs[..., 2:-2].any()  # only at the border


def test_five_layers_need_32():
    x = torch.rand(1, 1, 128, 128, generator=torch.Generator().manual_seed(0))

    def deep(image):
        for _ in range(5):
            image = F.max_pool2d(image, 2)
        return image

    torch.testing.assert_close(deep(x.roll(32, 3)), deep(x).roll(1, 3))
    assert not torch.equal(deep(x.roll(16, 3)), deep(x))


def test_exercises():
    assert F.max_pool2d(torch.zeros(1, 27, 27), 3, 2).shape == (1, 13, 13)
    page = Path(__file__).parents[2] / "docs/ch02_convolution/06_pooling.md"
    names = {}
    exec(page.read_text(encoding="utf-8").split("```python\n")[1].split("```")[0], names)
    image = np.random.default_rng(0).integers(-9, 9, (5, 6))
    assert names["max_pool"](image.tolist()) == F.max_pool2d(torch.tensor(image * 1.0)[None], 2)[0].tolist()
    rows = torch.tensor([[0.0, 9, 0, 0, 0, 0], [9, 0, 0, 0, 0, 0], [0, 0, 9, 0, 0, 0]])
    assert F.max_pool1d(rows, 2).tolist() == [[9, 0, 0], [9, 0, 0], [0, 9, 0]]

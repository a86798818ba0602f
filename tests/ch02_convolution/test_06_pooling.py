"""The claims of section 2.6, pooling."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 (torch's own short name)

from cnnbook.data import photograph
from cnnbook.experiments import pooling
from cnnbook.facts import text, value
from cnnbook.kernels import sobel
from cnnbook.results import results

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


def test_overlapping_windows_by_hand():
    maps = torch.tensor([[[1.0, 3, 2, 0], [5, 1, 0, 2], [0, 2, 8, 4], [4, 2, 1, 3]]])
    assert F.max_pool2d(maps, 3, stride=2, padding=1)[0].tolist() == [[5, 3], [5, 8]]


def test_eight_numbers_by_hand():
    row = torch.tensor([[1.0, 3, 2, 0, 4, 4, 0, 1]])
    first, odd, even = (F.max_pool1d(row.roll(by, 1), 2)[0].tolist() for by in (0, 1, 2))
    assert (first, odd, even) == ([3, 2, 4, 1], [1, 3, 4, 4], [1, 3, 2, 4])
    assert even == first[-1:] + first[:-1]


def _spread(shares):
    return f"{100 * shares.mean():.0f} ± {100 * shares.std():.0f}%"


def test_one_pixel_changes_most_outputs_of_120_pictures():
    images = torch.tensor(pooling.pictures())[:, None]
    assert len(images) == value("shift-pictures") == 120
    shares, sizes = {}, {}
    for name, layer in {**LAYERS, "first": lambda x: x[..., ::2, ::2]}.items():
        before, after = layer(images)[:, 0], layer(images.roll(1, 3))[:, 0]
        shares[name] = (~torch.isclose(after, before)).double().mean((1, 2))
        sizes[name] = (after - before).flatten(1).std(1) / before.flatten(1).std(1)
        assert text(f"shift-{name}") == _spread(shares[name])
        assert text(f"shift-{name}-size") == _spread(sizes[name])
    assert 0.5 < shares["max"].mean() < min(shares["average"].mean(), shares["convolution"].mean())
    assert value("shift-max-changes-fewer") == (shares["max"] < shares["average"]).sum() > 0.9 * 120
    assert value("shift-max-changes-more") == (sizes["max"] > sizes["average"]).sum() > 0.75 * 120
    assert sizes["average"].mean() < sizes["max"].mean() < sizes["first"].mean()


def test_zeros_break_even_moves_in_one_column():
    for by in (2, 4, 6):
        assert not pooling.changed("both", by, "ring").any()
        wrong = ~np.isclose(pooling.differences("both", by, "zeros"), 0)
        assert wrong[..., -1].any()
        assert not wrong[..., :-1].any()
    assert text("shift-zeros") == f"{pooling.changed('both', 2, 'zeros').mean():.1%}"


def _runs(kind, what):
    return np.array([run[what] for run in results("pooling")[kind]])


def test_digits_as_stated():
    for kind, name in (
        ("max 2", "max-2"),
        ("max 3", "max-3"),
        ("average 2", "average-2"),
        ("first", "first"),
    ):
        right, same = (_runs(kind, what) for what in ("right", "same"))
        assert right.shape == (5, 5)
        stated = ((1 - right[:, 0], "wrong", 2), (right[:, 4], "right-4", 1), (same[:, 1], "same-1", 1))
        for shares, what, digits in stated:
            spread = f"{100 * shares.mean():.{digits}f} ± {100 * shares.std(ddof=1):.{digits}f}%"
            assert text(f"pooled-{name}-{what}") == spread


def test_overlap_reads_better_from_each_start_and_moved_digits_tell():
    right = {kind: _runs(kind, "right") for kind in pooling.POOLINGS}
    assert (right["max 3"][:, 0] > right["max 2"][:, 0]).all()
    order = [right[kind].mean(axis=0) for kind in ("max 3", "max 2", "average 2", "first")]
    for better, worse in pairwise(order):
        assert (better > worse).all()
    assert min(runs[:, 1].mean() for runs in right.values()) > 0.95
    assert max(runs[:, 4].mean() for runs in right.values()) < 0.8


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

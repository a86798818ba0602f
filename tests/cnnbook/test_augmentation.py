import math
import re

import numpy as np
import pytest
import scipy.ndimage
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from cnnbook.augmentation import DISTORTIONS, Distortion, change_thickness, displacements, random_affine

EVERYTHING = Distortion(
    shift=2, scale=0.1, squeeze=0.1, shear=0.2, rotation=10, elastic=1, smoothness=4, thickness=0.5
)


def seeded(seed=0):
    return torch.Generator().manual_seed(seed)


def blob(rows=32, columns=32):
    """A smooth, lopsided spot in the middle: interpolation hardly changes it."""
    y, x = np.mgrid[:rows, :columns] - np.array([(rows - 1) / 2, (columns - 1) / 2])[:, None, None]
    spot = np.exp(-(((x - 1) / 4) ** 2) - ((y + 1) / 3) ** 2)
    return torch.from_numpy(spot.astype(np.float32))[None, None]


def test_without_amounts_nothing_changes():
    images = torch.rand(3, 1, 32, 32)
    torch.testing.assert_close(Distortion()(images), images)


@pytest.mark.parametrize("shape", [(32, 32), (24, 40)])
@pytest.mark.parametrize("kind", ["shift", "scale", "squeeze", "shear", "rotation"])
def test_each_affine_amount_against_scipy(kind, shape, monkeypatch):
    """With the dice held at their largest value, the move is known, and SciPy makes it too."""
    monkeypatch.setattr(torch, "rand", lambda *size, **_: torch.ones(*size))
    amount = {"shift": 2.5, "scale": 0.2, "squeeze": 0.25, "shear": 0.3, "rotation": 20}[kind]
    rows, columns = shape
    angle = math.radians(20)
    # SciPy's matrices take (row, column) of the new image to the old one.
    matrix = {
        "shift": np.eye(2),
        "scale": np.eye(2) / 1.2,
        "squeeze": np.diag([1 / 1.25, 1.25]),
        "shear": np.array([[1, 0], [0.3, 1]]),
        "rotation": np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]]),
    }[kind]
    middle = np.array([(rows - 1) / 2, (columns - 1) / 2])
    offset = middle - matrix @ middle + (2.5 if kind == "shift" else 0)
    image = blob(*shape)
    expected = scipy.ndimage.affine_transform(image[0, 0].numpy(), matrix, offset, order=1)
    made = Distortion(**{kind: amount})(image)[0, 0].numpy()
    np.testing.assert_allclose(made[4:-4, 4:-4], expected[4:-4, 4:-4], atol=2e-5)


def test_matrices_stay_within_the_amounts():
    theta = random_affine(Distortion(shift=3), 1000, 20, 30, seeded())
    assert theta[:, 0, 2].abs().max() <= 3 * 2 / 30
    assert theta[:, 1, 2].abs().max() <= 3 * 2 / 20
    assert theta[:, 0, 2].abs().max() > 2.9 * 2 / 30
    assert theta[:, 0, 2].mean().abs() < 0.02


def test_elastic_fields_are_smoothed_noise_of_unit_variance():
    fields = displacements(500, 28, 28, 4.0, seeded())
    assert fields.square().mean().item() == pytest.approx(1, abs=0.05)
    # Noise smoothed by a Gaussian of deviation s correlates over a distance d as exp(-d^2 / 4 s^2).
    inner = fields[:, :, 10:18, 8:20]
    correlation = (inner[..., 4:] * inner[..., :-4]).mean() / inner.square().mean()
    assert correlation.item() == pytest.approx(math.exp(-(4**2) / (4 * 4**2)), abs=0.05)
    # The two axes move independently.
    assert (fields[:, 0] * fields[:, 1]).mean().abs() < 0.05


def test_elastic_moves_by_the_field_in_pixels(monkeypatch):
    one_right = torch.zeros(1, 2, 32, 32)
    one_right[:, 0] = 1
    monkeypatch.setattr("cnnbook.augmentation.displacements", lambda *_: one_right)
    image = torch.rand(1, 1, 32, 32)
    made = Distortion(elastic=3)(image)
    torch.testing.assert_close(made[..., :-3], image[..., 3:], atol=1e-4, rtol=0)
    assert made[..., -3:].abs().max() == 0


def test_thickness_by_hand(monkeypatch):
    image = torch.zeros(1, 1, 7, 7)
    image[..., 2:5, 3] = 1
    for value, rows, columns in ((1.0, slice(1, 6), slice(2, 5)), (0.0, slice(0), slice(0))):
        monkeypatch.setattr(torch, "rand", lambda *size, value=value, **_: torch.full(size, value))
        expected = torch.zeros(1, 1, 7, 7)
        expected[..., rows, columns] = 1
        torch.testing.assert_close(change_thickness(image, 1.0), expected)
        torch.testing.assert_close(change_thickness(image, 0.25), 0.75 * image + 0.25 * expected)


@pytest.mark.parametrize("distortion", [EVERYTHING, *DISTORTIONS.values()])
def test_the_seed_decides(distortion):
    images = torch.rand(4, 1, 32, 32)
    one, again, other = (distortion(images, seeded(seed)) for seed in (1, 1, 2))
    assert torch.equal(one, again)
    assert not torch.allclose(one, other)


def test_images_of_a_batch_are_distorted_each_in_its_own_way():
    made = EVERYTHING(blob().expand(3, 1, 32, 32), seeded())
    assert (made[0] - made[1]).abs().max() > 0.05
    assert (made[1] - made[2]).abs().max() > 0.05


@settings(deadline=None, max_examples=10)
@given(st.integers(1, 4), st.integers(1, 3), st.integers(8, 40), st.integers(8, 40), st.integers(0, 99))
def test_grey_values_stay_between_background_and_ink(count, channels, rows, columns, seed):
    images = torch.rand(count, channels, rows, columns, generator=seeded(seed))
    made = EVERYTHING(images, seeded(seed))
    assert made.shape == images.shape
    assert made.dtype == torch.float32
    assert made.min() >= 0
    assert made.max() <= 1


def test_torchs_own_generator_is_the_default():
    images = torch.rand(2, 1, 16, 16)
    made = []
    for _ in range(2):
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(5)
            made.append(EVERYTHING(images))
    assert torch.equal(*made)


@pytest.mark.parametrize(
    ("name", "amount", "expected"),
    [
        ("shift", -1, "a number from 0 up"),
        ("elastic", math.inf, "a number from 0 up"),
        ("thickness", math.nan, "a number from 0 up"),
        ("smoothness", 0, "a positive number"),
    ],
)
def test_amounts_without_meaning_are_refused(name, amount, expected):
    with pytest.raises(ValueError, match=re.escape(f"Distortion: {name} is {amount!r}, expected {expected}")):
        Distortion(**{name: amount})

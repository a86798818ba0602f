import math

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="probes run PyTorch models")

from torch import nn  # noqa: E402

from cnnbook.receptive_field import (  # noqa: E402
    analyze,
    effective,
    probe,
    probing,
    verify,
)


def constant(layers, value):
    model = nn.Sequential(*layers)
    for parameter in model.parameters():
        nn.init.constant_(parameter, value)
    return model


def test_nan_probe_by_hand():
    seen = probe(nn.Conv2d(1, 2, (3, 1), stride=2), (1, 7, 5))
    assert seen.units == (3, 3)
    assert seen.region((1, 2)) == ((2, 4), (4, 4))


def test_nan_sees_through_dead_units_and_cancelling_weights_and_gradients_do_not():
    dead = constant([nn.Conv1d(1, 1, 3), nn.ReLU(), nn.Conv1d(1, 1, 3)], -1.0)
    assert probe(dead, (1, 9)).region((2,)) == ((2, 6),)
    assert probe(dead, (1, 9), method="gradient").region((2,)) == (None,)
    zero = constant([nn.Conv1d(1, 1, 3)], 0.0)
    assert probe(zero, (1, 5)).region((0,)) == ((0, 2),)
    assert probe(zero, (1, 5), method="gradient").region((0,)) == (None,)


def test_gradient_probe_of_chosen_units():
    model = constant([nn.Conv2d(1, 1, 3)], 1.0)
    seen = probe(model, (1, 5, 5), method="gradient", units=[(1, 2)])
    assert seen.region((1, 2)) == ((1, 3), (2, 4))
    assert seen.region((0, 0)) == (None, None)


def test_verify_finds_a_wrong_analysis(monkeypatch):
    class Wrong(probing.ReceptiveField):
        def region(self, unit, clip=True):
            return ((0, 0),) if tuple(unit) == (1,) else super().region(unit, clip)

    monkeypatch.setattr(probing, "ReceptiveField", Wrong)
    (difference,) = verify(nn.Conv1d(1, 1, 3), (1, 6))
    assert difference == ((1,), ((0, 0),), ((1, 3),))


def test_refusals():
    with pytest.raises(ValueError, match="probe: method must be 'nan' or 'gradient', got 'guess'"):
        probe(nn.ReLU(), (1, 3), method="guess")
    with pytest.raises(ValueError, match="gives NaN for an ordinary input"):
        probe(constant([nn.Conv1d(1, 1, 1)], math.nan), (1, 3))
    with pytest.raises(ValueError, match="effective: samples must be at least 1, got 0"):
        effective(nn.ReLU(), (1, 3), samples=0)
    with pytest.raises(ValueError, match="effective: power must be 1 or 2, got 3"):
        effective(nn.ReLU(), (1, 3), power=3)
    with pytest.raises(ValueError, match=r"effective: no gradient of unit \(1,\) reaches the input"):
        effective(constant([nn.Conv1d(1, 1, 1)], 0.0), (1, 3))


@pytest.mark.parametrize(("layers", "share"), [(5, 66), (10, 49), (20, 36), (40, 26)])
def test_share_of_a_stack_of_equal_weights_shrinks_with_depth(layers, share):
    """Luo et al. (2016): standard deviation sqrt(2 L / 3) in a field of 2 L + 1 pixels."""
    model = constant([nn.Conv1d(1, 1, 3, padding=1, bias=False) for _ in range(layers)], 1 / 3)
    spread = effective(model, (1, 4 * layers + 1), samples=1, power=1)
    assert spread.unit == (2 * layers,)
    assert spread.deviation[0] == pytest.approx(math.sqrt(2 * layers / 3), rel=1e-3)
    assert spread.centre[0] == pytest.approx(2 * layers, abs=1e-3)
    assert round(100 * spread.share[0]) == share
    assert spread.fitted[0] == pytest.approx(spread.deviation[0], rel=0.05)


def test_energy_stays_inside_the_theoretical_field_and_adds_up_to_one():
    torch.manual_seed(0)
    model = nn.Sequential(
        nn.Conv2d(2, 4, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(4, 3, 3, padding=1)
    )
    spread = effective(model, (2, 16, 16), unit=(3, 5), samples=4)
    rows, columns = analyze(model, (2, 16, 16)).region((3, 5))
    inside = spread.energy[rows[0] : rows[1] + 1, columns[0] : columns[1] + 1]
    assert inside.sum() == pytest.approx(spread.energy.sum()) == pytest.approx(1)
    assert spread.energy.shape == (16, 16)
    assert 0 < spread.share[0] < 1.5


def test_a_unit_that_sees_one_pixel_has_no_share():
    spread = effective(nn.ReLU(), (1, 5), unit=(2,), samples=3)
    assert spread.share == (None,)
    assert np.flatnonzero(spread.energy).tolist() == [2]
    assert spread.fitted == (0.0,)


def test_the_same_seed_gives_the_same_energy():
    model = nn.Conv1d(1, 2, 3)
    first, again = (effective(model, (1, 9), samples=2, seed=5).energy for _ in range(2))
    assert np.array_equal(first, again)

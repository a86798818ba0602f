"""The effective receptive field: how much each pixel matters to a unit, not only whether it can.

W. Luo, Y. Li, R. Urtasun, R. Zemel, "Understanding the effective receptive field in deep convolutional neural
networks", NIPS 2016: the squared gradient of a unit with respect to the pixels, averaged over random inputs,
is close to a Gaussian that fills a shrinking share of the theoretical receptive field.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from scipy.optimize import curve_fit
from torch.utils._pytree import tree_leaves

from cnnbook.receptive_field.analyze import analyze
from cnnbook.receptive_field.trace import evaluating

__all__ = ["Effective", "effective"]


@dataclass(frozen=True)
class Effective:
    """Gradient energy of one unit over the input, and how far it spreads.

    Parameters
    ----------
    energy : ndarray of shape (*spatial)
        Gradient to the chosen power, summed over channels and averaged over samples, with sum 1.
    unit : tuple of int
        The unit.
    centre, deviation : tuple of float
        Mean position and standard deviation of the energy along each axis, in pixels.
    fitted : tuple of float
        Standard deviation of the Gaussian that fits the energy along each axis best (least squares).
    share : tuple of (float or None)
        Four standard deviations over the size of the theoretical receptive field, as it lies in the image;
        None where the unit sees a single pixel or nothing.
    """

    energy: np.ndarray
    unit: tuple[int, ...]
    centre: tuple[float, ...]
    deviation: tuple[float, ...]
    fitted: tuple[float, ...]
    share: tuple[float | None, ...]


def effective(
    model: torch.nn.Module,
    input_shape: Sequence[int],
    unit: Sequence[int] | None = None,
    *,
    samples: int = 32,
    power: int = 2,
    seed: int = 0,
) -> Effective:
    """Measure the effective receptive field of one unit.

    Parameters
    ----------
    model : torch.nn.Module
        The model, with weights; run in evaluation mode, one sample at a time.
    input_shape : sequence of int
        (C, *spatial), without the batch axis.
    unit : sequence of int or None, default None
        Position in the model's result; None means the middle one.
    samples : int, default 32
        Number of random inputs. In every one the unit's channels get random signs, so that gradients of
        channels do not cancel in the same way each time.
    power : {2, 1}, default 2
        2 measures energy, the squared gradient; 1 its magnitude.
    seed : int, default 0
        Seed of the inputs and signs.

    Returns
    -------
    Effective
        The energy map and its widths.

    Raises
    ------
    ValueError
        If `samples` is not positive, `power` is neither 1 nor 2, or no gradient reaches the input.

    Examples
    --------
    Five layers of three equal weights spread the gradient like the sum of five dice with three faces: the
    standard deviation is sqrt(5 * 2 / 3), and four of them span two thirds of the 11 pixels.

    >>> model = torch.nn.Sequential(*[torch.nn.Conv1d(1, 1, 3, padding=1, bias=False) for _ in range(5)])
    >>> for weight in model.parameters():
    ...     _ = torch.nn.init.constant_(weight, 1 / 3)
    >>> spread = effective(model, (1, 41), samples=1, power=1)
    >>> round(spread.deviation[0], 3), round(spread.share[0], 2)
    (1.826, 0.66)
    """
    if samples < 1:
        raise ValueError(f"effective: samples must be at least 1, got {samples}")
    if power not in (1, 2):
        raise ValueError(f"effective: power must be 1 or 2, got {power}")
    field = analyze(model, input_shape)
    unit = tuple(extent // 2 for extent in field.units) if unit is None else tuple(unit)
    region = field.region(unit)
    energy = _energy(model, tuple(input_shape), unit, samples, power, torch.Generator().manual_seed(seed))
    if not energy.sum() > 0:
        raise ValueError(f"effective: no gradient of unit {unit} reaches the input")
    energy /= energy.sum()
    profiles = [
        energy.sum(axis=tuple(a for a in range(energy.ndim) if a != axis)) for axis in range(energy.ndim)
    ]
    moments = [_moments(profile) for profile in profiles]
    sizes = [0 if ends is None else ends[1] - ends[0] + 1 for ends in region]
    share = tuple(4 * m[1] / size if size > 1 else None for m, size in zip(moments, sizes, strict=True))
    fitted = tuple(_fit(profile, *m) for profile, m in zip(profiles, moments, strict=True))
    return Effective(energy, unit, tuple(m[0] for m in moments), tuple(m[1] for m in moments), fitted, share)


def _energy(
    model: torch.nn.Module,
    shape: tuple[int, ...],
    unit: tuple[int, ...],
    samples: int,
    power: int,
    generator: torch.Generator,
) -> np.ndarray:
    dtype = next((p.dtype for p in model.parameters() if p.is_floating_point()), torch.float32)
    total = torch.zeros(shape[1:], dtype=torch.float64)
    with evaluating(model):
        for _ in range(samples):
            start = torch.randn((1, *shape), generator=generator).to(dtype).requires_grad_()
            result = next(leaf for leaf in tree_leaves(model(start)) if isinstance(leaf, torch.Tensor))
            place = (0, slice(None), *unit[: result.dim() - 2])
            signs = torch.randint(0, 2, result[place].shape, generator=generator) * 2 - 1
            (gradient,) = torch.autograd.grad((result[place] * signs).sum(), start)
            total += gradient[0].double().abs().pow(power).sum(0)
    return (total / samples).numpy()


def _moments(profile: np.ndarray) -> tuple[float, float]:
    """Return mean and standard deviation of a distribution over pixels."""
    pixels = np.arange(len(profile))
    centre = float(profile @ pixels)
    return centre, float(np.sqrt(profile @ (pixels - centre) ** 2))


def _fit(profile: np.ndarray, centre: float, deviation: float) -> float:
    """Return the standard deviation of the best Gaussian; that of the profile if it is a single pixel."""
    if deviation < 1e-6:
        return deviation

    def gaussian(pixel: np.ndarray, height: float, middle: float, width: float) -> np.ndarray:
        return height * np.exp(-((pixel - middle) ** 2) / (2 * width**2))

    start = (profile.max(), centre, deviation)
    (_, _, width), _ = curve_fit(gaussian, np.arange(len(profile)), profile, p0=start, maxfev=10_000)
    return abs(float(width))

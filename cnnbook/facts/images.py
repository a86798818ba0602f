"""Numbers of section 2.3, kernels on images."""

from fractions import Fraction
from functools import cache

import numpy as np

from cnnbook.convolution import correlate
from cnnbook.data import photograph
from cnnbook.facts import fact
from cnnbook.kernels import box, gaussian, sharpen, sobel


@fact("photo-rows")
def _photo_rows() -> int:
    return photograph("china").shape[0]


@fact("photo-columns")
def _photo_columns() -> int:
    return photograph("china").shape[1]


@fact("photo-pixels")
def _photo_pixels() -> int:
    return photograph("china").size


@cache
def _sharp() -> np.ndarray:
    """The dahlia of lab plot_34: softened, then sharpened."""
    flower = correlate(photograph("flower")[138:242, 253:357], gaussian(5, sigma=0.7), mode="valid")
    return correlate(flower, sharpen(), mode="valid")


@fact("sharpened-below", ".2f")
def _sharpened_below() -> float:
    return -float(_sharp().min())


@fact("sharpened-above", ".2f")
def _sharpened_above() -> float:
    return float(_sharp().max()) - 1


@fact("sobel-negative-share", ".0%")
def _sobel_negative_share() -> float:
    """The share of the edge strength in the roof of lab plot_32 that has a minus sign."""
    edges = correlate(photograph("china")[25:185, 125:285], sobel(axis=1), mode="valid")
    return float(-edges[edges < 0].sum() / np.abs(edges).sum())


@cache
def _rim() -> np.ndarray:
    """A white image after a 9 x 9 average with zeros around it, in exact fractions."""
    white, kernel = np.full((19, 19), Fraction(1)), np.full((9, 9), Fraction(1, 81))
    return correlate(white, kernel, mode="same")


@fact("rim-side")
def _rim_side() -> Fraction:
    return _rim()[9, 0]


@fact("rim-corner")
def _rim_corner() -> Fraction:
    return _rim()[0, 0]


@fact("rim-width")
def _rim_width() -> int:
    return int((_rim()[9, :9] < 1).sum())


@fact("sky-before", ".2f")
def _sky_before() -> float:
    return float(photograph("china")[0].mean())


@fact("sky-after", ".2f")
def _sky_after() -> float:
    """The top row of the photograph, nearly all sky, after a 9 x 9 average with zeros around it."""
    return float(correlate(photograph("china")[:9], box(9), mode="same")[0].mean())


@fact("multiplications-at-once")
def _multiplications_at_once() -> int:
    return photograph("china").size * 15 * 15


@fact("multiplications-in-two")
def _multiplications_in_two() -> int:
    return photograph("china").size * (15 + 15)


@fact("separable-gain", ".1f")
def _separable_gain() -> float:
    return _multiplications_at_once() / _multiplications_in_two()

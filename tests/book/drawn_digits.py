"""Digits as people draw them with a mouse: thick, thin, small, slanted, off-centre, shaky strokes."""

from itertools import pairwise
from math import cos, pi, sin
from typing import NamedTuple

import numpy as np

Stroke = list[tuple[float, float]]


class Drawing(NamedTuple):
    """A digit, the pen it is drawn with, and the strokes as points (x, y) from 0 to 1, y downwards."""

    digit: int
    pen: str
    strokes: list[Stroke]


def arc(x: float, y: float, rx: float, ry: float, start: float, end: float) -> Stroke:
    """Return points of an ellipse; angles in degrees, clockwise from the right."""
    angles = np.radians(np.linspace(start, end, max(3, int(abs(end - start) / 15))))
    return [(x + rx * cos(angle), y + ry * sin(angle)) for angle in angles]


# Two ways of writing each digit, in a box of 1 x 1.
WAYS = {
    0: [[arc(0.5, 0.5, 0.3, 0.48, -90, 275)], [arc(0.5, 0.5, 0.42, 0.46, -60, -420)]],
    1: [[[(0.5, 0.02), (0.5, 0.98)]], [[(0.28, 0.25), (0.55, 0.03), (0.52, 0.98)]]],
    2: [
        [[*arc(0.5, 0.28, 0.34, 0.26, 190, 380), (0.15, 0.95), (0.9, 0.95)]],
        [[*arc(0.48, 0.3, 0.36, 0.28, 200, 400), (0.4, 0.75), (0.12, 0.97), (0.5, 0.88), (0.92, 0.97)]],
    ],
    3: [
        [arc(0.45, 0.27, 0.34, 0.25, 205, 440) + arc(0.45, 0.73, 0.38, 0.26, 280, 510)],
        [[(0.15, 0.04), (0.82, 0.05), (0.45, 0.4), *arc(0.45, 0.7, 0.38, 0.28, 280, 515)]],
    ],
    4: [
        [[(0.55, 0.02), (0.1, 0.66), (0.95, 0.64)], [(0.68, 0.35), (0.66, 0.98)]],
        [[(0.2, 0.05), (0.17, 0.52), (0.82, 0.5)], [(0.8, 0.05), (0.78, 0.98)]],
    ],
    5: [
        [[(0.82, 0.03), (0.24, 0.04), (0.2, 0.45), *arc(0.47, 0.68, 0.37, 0.28, 225, 510)]],
        [[(0.28, 0.05), (0.24, 0.42), *arc(0.46, 0.67, 0.38, 0.3, 230, 500)], [(0.28, 0.05), (0.88, 0.03)]],
    ],
    6: [
        [[(0.72, 0.02), (0.42, 0.22), (0.2, 0.55), *arc(0.48, 0.7, 0.3, 0.27, 190, -165)]],
        [[(0.6, 0.02), (0.3, 0.3), *arc(0.5, 0.7, 0.32, 0.28, 180, -180)]],
    ],
    7: [
        [[(0.1, 0.05), (0.88, 0.05), (0.4, 0.98)]],
        [[(0.12, 0.08), (0.85, 0.04), (0.6, 0.45), (0.45, 0.98)]],
    ],
    8: [
        [
            arc(0.5, 0.26, 0.28, 0.24, -60, -270)
            + arc(0.5, 0.74, 0.33, 0.25, -90, 270)
            + arc(0.5, 0.26, 0.28, 0.24, 90, -60)
        ],
        [arc(0.5, 0.27, 0.27, 0.24, 90, 450), arc(0.5, 0.75, 0.34, 0.24, -90, 270)],
    ],
    9: [
        [[*arc(0.48, 0.3, 0.31, 0.27, -15, -370), (0.76, 0.5), (0.68, 0.98)]],
        [arc(0.47, 0.29, 0.3, 0.26, 0, 360), [(0.78, 0.28), (0.77, 0.98)]],
    ],
}

# Pen, height of the digit as a share of the sheet, its middle, slant, turn in degrees, width, shakiness.
STYLES = {
    "plain": ("medium", 0.68, (0.5, 0.5), 0.0, 0, 0.7, 0.0),
    "thick": ("thick", 0.7, (0.5, 0.5), 0.0, 0, 0.75, 0.01),
    "thin": ("thin", 0.72, (0.5, 0.5), 0.05, 0, 0.7, 0.01),
    "small": ("thin", 0.32, (0.5, 0.5), 0.05, 0, 0.7, 0.01),
    "large": ("medium", 0.9, (0.5, 0.5), 0.0, 0, 0.75, 0.01),
    "corner": ("medium", 0.45, (0.25, 0.27), 0.1, 0, 0.7, 0.015),
    "other corner": ("thin", 0.4, (0.74, 0.72), 0.0, 0, 0.75, 0.015),
    "slanted": ("medium", 0.68, (0.5, 0.5), 0.35, 0, 0.65, 0.01),
    "turned": ("medium", 0.66, (0.5, 0.5), 0.0, -10, 0.7, 0.01),
    "narrow": ("medium", 0.7, (0.5, 0.5), 0.1, 0, 0.5, 0.01),
    "wide": ("medium", 0.6, (0.5, 0.5), 0.05, 0, 0.95, 0.01),
    "shaky": ("medium", 0.68, (0.48, 0.53), 0.1, 5, 0.7, 0.025),
}


def drawings() -> dict[str, Drawing]:
    """Return every digit in every way and every style, by a name that says which."""
    rng = np.random.default_rng(0)
    return {
        f"{digit}, way {way}, {style}": Drawing(
            digit, STYLES[style][0], [_styled(one, style, rng) for one in strokes]
        )
        for digit, ways in WAYS.items()
        for way, strokes in enumerate(ways, 1)
        for style in STYLES
    }


def _styled(stroke: Stroke, style: str, rng: np.random.Generator) -> Stroke:
    """Bring a stroke into its place on the sheet, as a hand would: in many small steps that waver."""
    _, height, middle, slant, turn, narrow, shake = STYLES[style]
    points = _many(np.array(stroke)) - 0.5
    wave = sum(
        rng.normal(size=2) * np.sin(2 * pi * (np.linspace(0, k, len(points))[:, None] + rng.random(2))) / k
        for k in (1, 2, 3)
    )
    points = points * (narrow, 1) + shake * wave
    points[:, 0] -= slant * points[:, 1]
    angle = turn * pi / 180
    points = points @ np.array([[cos(angle), sin(angle)], [-sin(angle), cos(angle)]])
    return [tuple(point) for point in np.clip(points * height + middle, 0.02, 0.98).round(3)]


def _many(points: np.ndarray, step: float = 0.06) -> np.ndarray:
    """Return points along a line of straight pieces, not further apart than a step."""
    pieces = [
        np.linspace(a, b, max(1, int(np.hypot(*(b - a)) / step)), endpoint=False) for a, b in pairwise(points)
    ]
    return np.concatenate([*pieces, points[-1:]])

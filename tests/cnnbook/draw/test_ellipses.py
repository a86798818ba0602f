import numpy as np
import pytest
from matplotlib.figure import Figure

from cnnbook.draw.ellipses import draw_ellipses


def test_ellipse_contains_the_mass_of_a_normal_distribution():
    covariance = np.array([[2.0, 1.2], [1.2, 1.0]])
    wide, narrow = draw_ellipses(Figure().subplots(), [1, -1], covariance)
    points = np.random.default_rng(0).multivariate_normal([1, -1], covariance, 20_000)
    for ellipse, deviations in ((wide, 2), (narrow, 1)):
        within = ellipse.get_patch_transform().inverted().transform(points)
        share = (np.square(within).sum(axis=1) < 1).mean()
        assert share == pytest.approx(1 - np.exp(-(deviations**2) / 2), abs=0.01)


def test_a_line_is_refused():
    with pytest.raises(ValueError, match="draw_ellipses: covariance has the eigenvalue"):
        draw_ellipses(Figure().subplots(), [0, 0], [[1, 0], [0, 0]])

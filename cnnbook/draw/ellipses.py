"""Normal distributions over two numbers, as ellipses."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Ellipse
from numpy.typing import ArrayLike

from cnnbook.draw.style import BLUE


def draw_ellipses(
    ax: Axes,
    mean: ArrayLike,
    covariance: ArrayLike,
    *,
    color: str = BLUE,
    face: str = "none",
    deviations: tuple[float, ...] = (1, 2),
) -> list[Ellipse]:
    """Draw where a normal distribution over the plane keeps its mass.

    Parameters
    ----------
    ax : Axes
    mean : array_like of shape (2,)
    covariance : array_like of shape (2, 2)
        Symmetric, with two positive eigenvalues.
    color : Matplotlib color, default BLUE
        Of the lines.
    face : Matplotlib color, default "none"
        Between the lines.
    deviations : tuple of float, default (1, 2)
        How many standard deviations from the mean the ellipses lie.

    Returns
    -------
    list of Ellipse
        The widest first.

    Raises
    ------
    ValueError
        If the distribution has no width along some direction: it is then a line or a point.

    >>> from matplotlib.figure import Figure
    >>> [ellipse.width for ellipse in draw_ellipses(Figure().subplots(), [0, 0], [[1, 0], [0, 4]])]
    [4.0, 2.0]
    """
    variances, directions = np.linalg.eigh(np.asarray(covariance, float))
    if variances.min() <= 0:
        raise ValueError(
            f"draw_ellipses: covariance has the eigenvalue {variances.min():.3g}, expected none <= 0"
        )
    angle = np.degrees(np.arctan2(directions[1, 0], directions[0, 0]))
    ellipses = []
    for distance in sorted(deviations, reverse=True):
        width, height = (float(2 * distance * size) for size in np.sqrt(variances))
        ellipse = Ellipse(mean, width, height, angle=angle, facecolor=face, edgecolor=color, linewidth=1.2)
        ellipses.append(ax.add_patch(ellipse))
    return ellipses

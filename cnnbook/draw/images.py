"""Images as they are: grey ones within stated limits, signed ones with zero in white, kernels as numbers.

Nothing is clamped: a value outside the limits is refused, never drawn as the nearest colour.
"""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colorbar import Colorbar
from matplotlib.image import AxesImage
from numpy.typing import ArrayLike

from cnnbook.draw.grid import draw_grid
from cnnbook.draw.style import INK, SIGNED

__all__ = ["show_image", "show_kernel", "show_signed", "signed_colorbar"]


def show_image(
    ax: Axes, image: np.ndarray, *, limits: tuple[float, float] = (0, 1), title: str = ""
) -> AxesImage:
    """Show a grey image: the lower limit black, the upper one white.

    Parameters
    ----------
    ax : Axes
    image : ndarray of shape (H, W)
    limits : (float, float), default (0, 1)
        The values drawn black and white.
    title : str, default ""

    Returns
    -------
    AxesImage

    Raises
    ------
    ValueError
        If a value lies outside `limits`; it would be drawn as another.

    >>> from matplotlib.figure import Figure
    >>> show_image(Figure().subplots(), np.eye(3)).get_clim()
    (0.0, 1.0)
    """
    low, high = limits
    if image.min() < low or image.max() > high:
        span = f"{image.min():.3g} to {image.max():.3g}"
        raise ValueError(f"show_image: image runs from {span}, expected values within {limits}")
    return _show(ax, image, mpl.colormaps["gray"], low, high, title)


def show_signed(ax: Axes, image: np.ndarray, *, limit: float | None = None, title: str = "") -> AxesImage:
    """Show values of both signs: zero white, negative blue, positive orange, equal sizes equally strong.

    Parameters
    ----------
    ax : Axes
    image : ndarray of shape (H, W)
    limit : float, optional
        The size drawn in the strongest colour; without it, the largest size in `image`.
    title : str, default ""

    Returns
    -------
    AxesImage

    Raises
    ------
    ValueError
        If a value is larger in size than `limit`.

    >>> from matplotlib.figure import Figure
    >>> show_signed(Figure().subplots(), np.array([[-3.0, 1.0]])).get_clim()
    (-3.0, 3.0)
    """
    largest = np.abs(image).max()
    if limit is None:
        limit = largest or 1
    if largest > limit:
        raise ValueError(f"show_signed: image has a value of size {largest:.3g}, expected none above {limit}")
    return _show(ax, image, SIGNED, -limit, limit, title)


def signed_colorbar(picture: AxesImage, ax: Axes | Sequence[Axes], label: str) -> Colorbar:
    """Add a level bar under `ax` that says which colours are negative and which positive.

    Parameters
    ----------
    picture : AxesImage
        From `show_signed`.
    ax : Axes or sequence of Axes
        Whose room the bar takes.
    label : str
        What the values are.

    Returns
    -------
    Colorbar

    >>> from matplotlib.figure import Figure
    >>> ax = Figure().subplots()
    >>> signed_colorbar(show_signed(ax, np.array([[-3.0, 1.0]])), ax, "slope").get_ticks().tolist()
    [-3.0, 0.0, 3.0]
    """
    low, high = picture.get_clim()
    bar = picture.axes.figure.colorbar(picture, ax=ax, location="bottom", label=label, aspect=30, pad=0.02)
    bar.set_ticks([low, 0, high], labels=[f"{value:.3g}".replace("-", "−") for value in (low, 0, high)])
    bar.outline.set(edgecolor=INK, linewidth=0.6)
    return bar


def show_kernel(ax: Axes, kernel: ArrayLike, *, title: str = "", size: float = 14) -> None:
    """Show a kernel as a grid of its numbers, on the colours of `show_signed`.

    Parameters
    ----------
    ax : Axes
    kernel : array_like of shape (R, S)
    title : str, default ""
    size : float, default 14
        Of the numbers, in points.

    >>> from matplotlib.figure import Figure
    >>> ax = Figure().subplots()
    >>> show_kernel(ax, [[-1, 0, 1]])
    >>> [text.get_text() for text in ax.texts]
    ['−1', '0', '1']
    """
    kernel = np.asarray(kernel)
    rows, columns = kernel.shape
    largest = np.abs(kernel).max() or 1
    ax.set(xlim=(0, columns), ylim=(rows, 0), aspect="equal", title=title)
    ax.axis("off")
    draw_grid(ax, kernel, cmap=SIGNED, limits=(-largest, largest), size=size)


def _show(ax: Axes, image: np.ndarray, cmap, low: float, high: float, title: str) -> AxesImage:
    """Draw pixels as they are, one block of colour each, in a thin frame without ticks."""
    picture = ax.imshow(image, cmap=cmap, vmin=low, vmax=high, interpolation="none")
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set(visible=True, color=INK, linewidth=0.6)
    if title:
        ax.set_title(title)
    return picture

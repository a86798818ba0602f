"""Resizing an image by interpolation, one axis after the other.

Every output position looks at a few input positions, the taps, and weighs them: 1 for the nearest value,
2 for a straight line, 4 for a cubic. Where an output position lies among the input positions is a matter
of convention. With ``align_corners`` the first and last values of both coincide; otherwise the edges of
the first and last pixels do, and a value sits in the middle of its pixel.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from cnnbook.functional import _adaptive
from cnnbook.functional._checks import as_floats, as_integer, refuse_huge
from cnnbook.functional._gradients import as_gradient, widened
from cnnbook.functional._taps import MODES, Resizing
from cnnbook.functional.activation import as_real_number


def interpolate(
    input: ArrayLike,
    size: int | Sequence[int] | None = None,
    scale_factor: float | Sequence[float] | None = None,
    mode: str = "nearest",
    align_corners: bool | None = None,
    recompute_scale_factor: bool | None = None,
) -> np.ndarray:
    """Return the image with another number of rows and columns.

    Parameters
    ----------
    input : array_like of shape (N, C, L), (N, C, H, W) or (N, C, D, H, W)
        Floating-point numbers; also uint8 for the two nearest modes.
    size : int or sequence of int, optional
        Output size along each axis. Either this or `scale_factor` must be given.
    scale_factor : float or sequence of float, optional
        Output size divided by input size, rounded down.
    mode : str, default 'nearest'
        'nearest', 'nearest-exact' (which looks from the middle of the output pixel, 'nearest' from its
        corner), 'linear' for one axis, 'bilinear' for two, 'trilinear' for three, 'bicubic' for two, or
        'area', the mean of the pixels covered, which is adaptive average pooling.
    align_corners : bool, optional
        See the module; only for the linear and cubic modes, False by default.
    recompute_scale_factor : bool, optional
        Scale by the ratio of the rounded sizes instead of by `scale_factor`.

    Returns
    -------
    ndarray of shape (N, C, ...)
        In the input's dtype.

    Raises
    ------
    TypeError, ValueError
        On anything that PyTorch rejects, naming the argument. PyTorch's option `antialias` and its mode
        'lanczos' are not offered.

    References
    ----------
    Keys, "Cubic convolution interpolation for digital image processing", IEEE Transactions on Acoustics,
    Speech, and Signal Processing 29 (1981), with his a = -0.75.

    Examples
    --------
    >>> row = np.array([[[0.0, 10.0]]])
    >>> interpolate(row, size=4, mode="linear")
    array([[[ 0. ,  2.5,  7.5, 10. ]]])
    >>> interpolate(row, size=5, mode="linear", align_corners=True)
    array([[[ 0. ,  2.5,  5. ,  7.5, 10. ]]])
    >>> interpolate(row, scale_factor=2)
    array([[[ 0.,  0., 10., 10.]]])
    """
    arguments = (size, scale_factor, mode, align_corners, recompute_scale_factor)
    input, axes = _checked("interpolate", input, *arguments)
    if mode == "area":
        return _adaptive.averaged("interpolate", len(axes), input, [axis.count for axis in axes])
    output = widened(input)
    with np.errstate(all="ignore"):
        for axis, resizing in enumerate(axes, 2):
            output = resizing.forward(output, axis)
    return output.astype(input.dtype, copy=False)


def interpolate_backward(
    grad_output: ArrayLike,
    input: ArrayLike,
    size: int | Sequence[int] | None = None,
    scale_factor: float | Sequence[float] | None = None,
    mode: str = "nearest",
    align_corners: bool | None = None,
    recompute_scale_factor: bool | None = None,
) -> np.ndarray:
    """Return the gradient of `interpolate`: along each axis the transpose of the forward's matrix.

    PyTorch's gradient of 'nearest' is another one where a `scale_factor` other than 1 or 2 makes a size of
    just 1 or 2 times the input's: there its backward takes a shortcut that its forward does not.

    >>> interpolate_backward([[[1.0, 2.0, 3.0, 4.0]]], np.zeros((1, 1, 2)), scale_factor=2)
    array([[[3., 7.]]])
    """
    name = "interpolate_backward"
    arguments = (size, scale_factor, mode, align_corners, recompute_scale_factor)
    input, axes = _checked(name, as_floats(input, name), *arguments)
    counts = tuple(axis.count for axis in axes)
    if mode == "area":
        return _adaptive.averaged_backward(name, len(axes), grad_output, input, counts)
    gradient = widened(as_gradient(grad_output, name, (*input.shape[:2], *counts), input.dtype))
    with np.errstate(all="ignore"):
        for axis, resizing in reversed(list(enumerate(axes, 2))):
            gradient = resizing.backward(gradient, axis)
    return gradient.astype(input.dtype, copy=False)


def _checked(operator, input, size, scale_factor, mode, align_corners, recompute):
    """Return the input, and how to resize each of its last axes."""
    input = np.asarray(input)
    if not (input.dtype == np.uint8 and str(mode).startswith("nearest")):
        input = as_floats(input, operator)
    if mode not in MODES:
        raise ValueError(f"{operator}: mode must be one of {tuple(MODES)}, got {mode!r}")
    if input.ndim - 2 not in MODES[mode]:
        raise ValueError(
            f"{operator}: mode {mode!r} needs {' or '.join(str(n + 2) for n in MODES[mode])} dimensions, "
            f"got shape {input.shape}"
        )
    if 0 in input.shape[1:] and mode != "area":  # area pooling has its own rule
        raise ValueError(f"{operator}: input may be empty only along the batch axis, got {input.shape}")
    if align_corners is not None and mode in ("nearest", "nearest-exact", "area"):
        raise ValueError(f"{operator}: align_corners has no meaning for mode {mode!r}, got {align_corners!r}")
    if (size is None) == (scale_factor is None):
        raise ValueError(
            f"{operator}: exactly one of size and scale_factor must be given, got {size!r} and "
            f"{scale_factor!r}"
        )
    if recompute and size is not None:
        raise ValueError(f"{operator}: recompute_scale_factor needs scale_factor, got size {size!r}")
    counts, scales = _sizes(operator, input.shape[2:], size, scale_factor)
    if recompute:
        scales = [None] * len(counts)
    if min(counts) < 1:
        raise ValueError(f"{operator}: the output must have positive sizes, got {counts}")
    refuse_huge((*input.shape[:2], *counts), input.dtype, operator)
    axes = zip(input.shape[2:], counts, scales, strict=True)
    dtype = np.dtype(np.float64 if input.dtype == np.float64 else np.float32)
    return input, [Resizing(*axis, mode, bool(align_corners), dtype) for axis in axes]


def _sizes(operator, lengths, size, scale_factor) -> tuple[tuple[int, ...], list[float | None]]:
    """Return output sizes, and for each the scale factor if one was given."""
    given, name = (size, "size") if scale_factor is None else (scale_factor, "scale_factor")
    values = list(given) if isinstance(given, Sequence | np.ndarray) else [given] * len(lengths)
    if len(values) != len(lengths) or isinstance(given, str):
        raise ValueError(
            f"{operator}: {name} must be one number or {len(lengths)} of them, got {given!r}; "
            f"the axes to resize have {lengths} values"
        )
    if name == "size":
        return tuple(as_integer(value, operator, name) for value in values), [None] * len(values)
    scales = [as_real_number(value, operator, name) for value in values]
    if not all(0 < scale < math.inf for scale in scales):
        raise ValueError(f"{operator}: scale_factor must be positive and finite, got {given!r}")
    counts = tuple(int(length * scale) for length, scale in zip(lengths, scales, strict=True))
    return counts, scales

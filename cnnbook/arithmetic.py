"""The integer arithmetic of convolution and pooling: how long is the output, where does the padding go.

Everything here is about one axis. A two-dimensional layer asks twice, once for rows and once for columns.
The formulas are those of Dumoulin and Visin, "A guide to convolution arithmetic for deep learning",
arXiv:1603.07285, with the details that PyTorch's documentation adds.
"""

from __future__ import annotations

from functools import lru_cache

__all__ = ["effective_kernel", "output_length", "padding_pair", "same_padding", "transposed_length"]


@lru_cache(typed=True)
def effective_kernel(kernel: int, dilation: int = 1) -> int:
    """Return how many positions a dilated kernel spans, holes included.

    Parameters
    ----------
    kernel : int
        Number of weights along the axis, at least 1.
    dilation : int, default 1
        Distance between neighbouring weights; 1 means no holes.

    Returns
    -------
    int
        ``dilation * (kernel - 1) + 1``.

    Raises
    ------
    ValueError
        If `kernel` or `dilation` is smaller than 1.

    Examples
    --------
    >>> effective_kernel(3), effective_kernel(3, dilation=2)
    (3, 5)
    """
    _check("effective_kernel", kernel=(kernel, 1), dilation=(dilation, 1))
    return dilation * (kernel - 1) + 1


def padding_pair(padding: int | tuple[int, int]) -> tuple[int, int]:
    """Return padding as (before, after); one number means the same on both sides.

    Examples
    --------
    >>> padding_pair(2), padding_pair((0, 1))
    ((2, 2), (0, 1))
    """
    before, after = (padding, padding) if hasattr(padding, "__index__") else padding
    return before, after


@lru_cache(typed=True)
def output_length(
    length: int,
    kernel: int,
    stride: int = 1,
    padding: int | tuple[int, int] = 0,
    dilation: int = 1,
    ceil_mode: bool = False,
) -> int:
    """Return how many positions a sliding window takes along one axis.

    Parameters
    ----------
    length : int
        Number of input positions.
    kernel, stride, dilation : int
        The window's number of weights, its step, and the distance between its weights.
    padding : int or (int, int), default 0
        Positions added on each side, or (before, after).
    ceil_mode : bool, default False
        Round the number of steps up, so that a last window may hang over the end. A window that
        would start beyond the input and its left padding is dropped, as PyTorch does.

    Returns
    -------
    int
        ``floor((length + before + after - effective_kernel) / stride) + 1``, or with the ceiling.

    Raises
    ------
    ValueError
        If an argument is out of range, or if not even one window fits.

    Examples
    --------
    >>> output_length(28, kernel=5), output_length(32, kernel=3, stride=2, padding=1)
    (24, 16)

    AlexNet's first layer has 55 columns only if the division is rounded up:

    >>> output_length(224, kernel=11, stride=4), output_length(224, kernel=11, stride=4, ceil_mode=True)
    (54, 55)
    """
    before, after = padding_pair(padding)
    _check("output_length", length=(length, 0), kernel=(kernel, 1), stride=(stride, 1),
           padding=(min(before, after), 0), dilation=(dilation, 1))  # fmt: skip
    window = effective_kernel(kernel, dilation)
    travel = length + before + after - window
    steps = -(-travel // stride) if ceil_mode else travel // stride
    if ceil_mode and steps * stride >= length + before:
        steps -= 1
    if steps < 0:
        raise ValueError(
            f"output_length: a window of {window} (kernel {kernel}, dilation {dilation}) does not fit into "
            f"{length + before + after} positions (length {length}, padding {before} and {after})"
        )
    return steps + 1


@lru_cache(typed=True)
def transposed_length(
    length: int,
    kernel: int,
    stride: int = 1,
    padding: int = 0,
    output_padding: int = 0,
    dilation: int = 1,
) -> int:
    """Return the output length of a transposed convolution along one axis.

    It undoes `output_length`: with ``output_padding`` chosen between 0 and ``stride - 1`` it names one
    of the input lengths that a convolution with the same settings maps to `length`.

    Parameters
    ----------
    length, kernel, stride, padding, dilation : int
        As in `output_length`; `padding` is taken off both ends of the result.
    output_padding : int, default 0
        Positions added at the end only, smaller than `stride` or `dilation`.

    Returns
    -------
    int
        ``(length - 1) * stride - 2 * padding + effective_kernel + output_padding``.

    Raises
    ------
    ValueError
        If an argument is out of range, or if nothing is left after taking the padding off.

    Examples
    --------
    >>> transposed_length(16, kernel=3, stride=2, padding=1, output_padding=1)
    32
    >>> output_length(32, kernel=3, stride=2, padding=1), output_length(31, kernel=3, stride=2, padding=1)
    (16, 16)
    """
    _check("transposed_length", length=(length, 1), kernel=(kernel, 1), stride=(stride, 1),
           padding=(padding, 0), output_padding=(output_padding, 0), dilation=(dilation, 1))  # fmt: skip
    if output_padding >= max(stride, dilation):
        raise ValueError(
            f"transposed_length: output_padding must be smaller than stride or dilation, "
            f"got output_padding {output_padding}, stride {stride}, dilation {dilation}"
        )
    result = (length - 1) * stride - 2 * padding + effective_kernel(kernel, dilation) + output_padding
    if result < 1:
        raise ValueError(
            f"transposed_length: nothing is left: length {length}, kernel {kernel}, stride {stride}, "
            f"padding {padding}, output_padding {output_padding}, dilation {dilation} give {result}"
        )
    return result


def same_padding(kernel: int, dilation: int = 1) -> tuple[int, int]:
    """Return the padding (before, after) that keeps the length at stride 1.

    An odd total cannot be split evenly; the extra position goes at the end, as in PyTorch.

    Parameters
    ----------
    kernel, dilation : int
        As in `effective_kernel`.

    Returns
    -------
    (int, int)
        Positions to add before and after.

    Examples
    --------
    >>> same_padding(3), same_padding(4), same_padding(3, dilation=2)
    ((1, 1), (1, 2), (2, 2))
    """
    total = effective_kernel(kernel, dilation) - 1
    return total // 2, total - total // 2


def _check(function: str, **arguments: tuple[int, int]) -> None:
    """Refuse an argument that is not an integer or is below its smallest allowed value."""
    for name, (value, smallest) in arguments.items():
        if isinstance(value, bool) or not hasattr(value, "__index__"):
            raise TypeError(f"{function}: {name} must be an integer, got {value!r}")
        if value < smallest:
            raise ValueError(f"{function}: {name} must be at least {smallest}, got {value}")

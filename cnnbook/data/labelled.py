"""Images with their labels, and what is done to them before a network sees them."""

from typing import NamedTuple

import numpy as np


class Labelled(NamedTuple):
    """Images and what they show.

    Parameters
    ----------
    images : ndarray of shape (N, 1, H, W), float32
        Grey values from 0 (background) to 1 (ink).
    labels : ndarray of shape (N,), int64
        The digit that each image shows, or the number of its class.
    """

    images: np.ndarray
    labels: np.ndarray


class Split(NamedTuple):
    """A data set in three parts that share no image.

    Parameters
    ----------
    training : Labelled
        What a network learns from.
    validation : Labelled
        What every choice is made by: when to stop, which weights to keep, which settings. It can be empty.
    test : Labelled
        What is looked at once, when nothing is left to choose.
    """

    training: Labelled
    validation: Labelled
    test: Labelled


def divide(data: Labelled, share: float) -> tuple[Labelled, Labelled]:
    """Divide images into two parts that hold the same mixture of labels, always in the same way.

    Parameters
    ----------
    data : Labelled
    share : float
        How much of it goes into the second part, from 0 up to but not including 1.

    Returns
    -------
    tuple of Labelled
        The larger share is for learning; the rest is for judging what was learned.

    Raises
    ------
    ValueError
        If `share` is not in that range.

    >>> from cnnbook.data import digits
    >>> training, held_out = digits()
    >>> [len(part.labels) for part in divide(training, 0.2)]
    [1149, 288]
    """
    if not 0 <= share < 1:
        raise ValueError(f"divide: share is {share}, expected at least 0 and less than 1")
    if share == 0:
        return data, Labelled(data.images[:0], data.labels[:0])
    from sklearn.model_selection import train_test_split

    rows = np.arange(len(data.labels))
    parts = train_test_split(rows, test_size=share, stratify=data.labels, random_state=0)
    return tuple(Labelled(data.images[part], data.labels[part]) for part in parts)


def enlarge(images: np.ndarray, factor: int) -> np.ndarray:
    """Repeat every pixel in a block, so that nothing is added that the image did not hold.

    Parameters
    ----------
    images : ndarray of shape (..., H, W)
    factor : int
        Rows and columns of the block that each pixel becomes.

    Returns
    -------
    ndarray of shape (..., H * factor, W * factor)

    >>> enlarge(np.array([[1, 2]]), 2)
    array([[1, 1, 2, 2],
           [1, 1, 2, 2]])
    """
    return images.repeat(factor, axis=-2).repeat(factor, axis=-1)


def pad(images: np.ndarray, side: int) -> np.ndarray:
    """Put background round square images, as LeCun et al. (1998, section II.B) bring 28 pixels to 32.

    Parameters
    ----------
    images : ndarray of shape (..., H, H)
    side : int
        Rows and columns of the result. An odd pixel too many goes to the bottom and to the right.

    Returns
    -------
    ndarray of shape (..., side, side)

    Raises
    ------
    ValueError
        If the images are larger than that.

    >>> pad(np.ones((1, 1)), 3)
    array([[0., 0., 0.],
           [0., 1., 0.],
           [0., 0., 0.]])
    """
    extra = side - images.shape[-1]
    if extra < 0:
        raise ValueError(f"pad: side is {side}, expected at least the images' {images.shape[-1]}")
    before = (extra // 2, extra - extra // 2)
    return np.pad(images, [(0, 0)] * (images.ndim - 2) + [before, before])

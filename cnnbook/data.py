"""The pictures the book works on: two photographs, scikit-learn's digits, MNIST.

Everything comes from files on this machine, as NumPy arrays; nothing is fetched.
"""

import gzip
import os
from hashlib import md5
from pathlib import Path
from typing import NamedTuple

import numpy as np

PHOTOGRAPHS = ("china", "flower")

# The four files as LeCun, Cortes and Burges published them. Fashion-MNIST and others use the same names.
_MNIST = {
    "train-images-idx3-ubyte.gz": "f68b3c2dcbeaaa9fbdd348bbdeb94873",
    "train-labels-idx1-ubyte.gz": "d53e105ee54ea40749a09fcbcd1e9432",
    "t10k-images-idx3-ubyte.gz": "9fb629c4189551a2d022fa330f9573f3",
    "t10k-labels-idx1-ubyte.gz": "ec29112dd5afa0611ce80d1b7f02629c",
}


class Labelled(NamedTuple):
    """Images and what they show.

    Parameters
    ----------
    images : ndarray of shape (N, 1, H, W), float32
        Grey values from 0 (background) to 1 (ink).
    labels : ndarray of shape (N,), int64
        The digit that each image shows.
    """

    images: np.ndarray
    labels: np.ndarray


def photograph(name: str) -> np.ndarray:
    """Return one of scikit-learn's two sample photographs, in grey.

    Parameters
    ----------
    name : str
        ``"china"`` (a temple) or ``"flower"`` (a dahlia).

    Returns
    -------
    ndarray of shape (427, 640), float64
        Luma by ITU-R Recommendation BT.601 (0.299 R + 0.587 G + 0.114 B), from 0 (black) to 1 (white).

    Raises
    ------
    ValueError
        If `name` is neither.

    >>> photograph("china").shape
    (427, 640)
    """
    if name not in PHOTOGRAPHS:
        raise ValueError(f"photograph: name is {name!r}, expected one of {', '.join(map(repr, PHOTOGRAPHS))}")
    from sklearn.datasets import load_sample_image

    return load_sample_image(f"{name}.jpg") @ np.array([0.299, 0.587, 0.114]) / 255


def digits(factor: int = 1) -> tuple[Labelled, Labelled]:
    """Return scikit-learn's handwritten digits, split into a training and a held-out part.

    The 1797 images are the test part of the UCI "optical recognition of handwritten digits" data (Alpaydin
    and Kaynak, 1998): bitmaps of 32 x 32 pixels, of which every block of 4 x 4 was counted into one grey
    value. 13 people wrote them; the split does not keep their digits apart.

    Parameters
    ----------
    factor : int, default 1
        Rows and columns of the block that `enlarge` makes of each grey value; 4 gives back the bitmaps' size.

    Returns
    -------
    training : Labelled
        1437 images of shape (1, 8 * factor, 8 * factor).
    held_out : Labelled
        The other 360, chosen once and for all: a fifth of each digit's images, by scikit-learn's
        ``train_test_split`` with ``random_state=0``.

    >>> training, held_out = digits()
    >>> training.images.shape, held_out.images.shape
    ((1437, 1, 8, 8), (360, 1, 8, 8))
    """
    from sklearn.datasets import load_digits

    counts, labels = load_digits(return_X_y=True)
    images = (counts / 16).astype(np.float32).reshape(-1, 1, 8, 8)
    return divide(Labelled(enlarge(images, factor), labels.astype(np.int64)), 0.2)


def divide(data: Labelled, share: float) -> tuple[Labelled, Labelled]:
    """Divide images into two parts that hold the same mixture of labels, always in the same way.

    Parameters
    ----------
    data : Labelled
    share : float
        How much of it goes into the second part, between 0 and 1.

    Returns
    -------
    tuple of Labelled
        The larger share is for learning; the rest is for judging what was learned.

    >>> training, held_out = digits()
    >>> [len(part.labels) for part in divide(training, 0.2)]
    [1149, 288]
    """
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


def mnist(folder: str | os.PathLike | None = None) -> tuple[Labelled, Labelled]:
    """Return the MNIST digits (LeCun, Bottou, Bengio and Haffner, 1998, section III.A).

    Parameters
    ----------
    folder : path, optional
        Where the four original ``.gz`` files are; without it, ``mnist`` in the folder that the environment
        variable ``CNNBOOK_DATA`` names.

    Returns
    -------
    training : Labelled
        60,000 images of shape (1, 28, 28).
    test : Labelled
        10,000 images of the same shape.

    Raises
    ------
    ValueError
        If no folder is named, or if a file is not the original: cut short, repacked, or of another data set.
    FileNotFoundError
        If a file is not there.
    """
    data = os.environ.get("CNNBOOK_DATA")
    if not folder and not data:
        raise ValueError("mnist: folder is not given, expected a path there or in the variable CNNBOOK_DATA")
    folder = folder or Path(data, "mnist")
    images, labels, test_images, test_labels = (_original(Path(folder, name)) for name in _MNIST)
    return _labelled(images, labels), _labelled(test_images, test_labels)


def _original(path: Path) -> np.ndarray:
    """Read an IDX file of bytes: a magic number whose last byte counts the axes, their lengths, values."""
    if not path.is_file():
        raise FileNotFoundError(f"mnist: {path} is not there, expected the four files {', '.join(_MNIST)}")
    packed = path.read_bytes()
    found = md5(packed, usedforsecurity=False).hexdigest()
    if found != _MNIST[path.name]:
        raise ValueError(
            f"mnist: {path} has {len(packed)} bytes and the MD5 sum {found}, expected {_MNIST[path.name]}: "
            "it was cut short or changed, or it belongs to another data set"
        )
    content = gzip.decompress(packed)
    axes = content[3]
    shape = np.frombuffer(content, ">i4", count=axes, offset=4)
    return np.frombuffer(content, np.uint8, offset=4 + 4 * axes).reshape(shape)


def _labelled(images: np.ndarray, labels: np.ndarray) -> Labelled:
    return Labelled((images / np.float32(255))[:, np.newaxis], labels.astype(np.int64))

"""The pictures that come with scikit-learn: two photographs and its handwritten digits."""

import numpy as np

from cnnbook.data.labelled import Labelled, divide, enlarge

PHOTOGRAPHS = ("china", "flower")


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

"""Every data set by its name, in three parts."""

import os

from cnnbook.data.bundled import digits
from cnnbook.data.labelled import Labelled, Split, divide, pad
from cnnbook.data.published import SOURCES, published

NAMES = ("digits", *SOURCES)
VALIDATION = {"digits": 1 / 5, "mnist": 1 / 12, "fashion-mnist": 1 / 12}  # shares kept apart for choosing


def load(
    name: str = "digits",
    *,
    side: int = 32,
    validation: float | None = None,
    folder: str | os.PathLike | None = None,
) -> Split:
    """Return a data set, divided into training, validation and test images.

    ==================  ===========  ==========  ======  =======================================
    name                training     validation  test    images
    ==================  ===========  ==========  ======  =======================================
    ``digits``          1,149        288         360     8 x 8 grey values, each a block of 4 x 4
    ``mnist``           55,000       5,000       10,000  28 x 28, two pixels of background all round
    ``fashion-mnist``   55,000       5,000       10,000  28 x 28, two pixels of background all round
    ==================  ===========  ==========  ======  =======================================

    Parameters
    ----------
    name : str, default "digits"
        The digits come with scikit-learn; the other two are read from files, see
        `cnnbook.data.published.published`.
    side : int, default 32
        Rows and columns of the images; 28 leaves MNIST as it was published. Digits are 32 at least.
    validation : float, optional
        The share of the images for learning that is kept apart for choosing, the same mixture of labels in
        it; by default a fifth of the digits, a twelfth of the others. With 0 everything is for learning, and
        nothing can be chosen.
    folder : path, optional
        Where the files of MNIST or Fashion-MNIST are.

    Returns
    -------
    Split
        Images of shape (N, 1, side, side), float32, from 0 (background) to 1 (ink), and labels of shape (N,),
        int64, from 0 to 9. The same call gives the same arrays.

    Raises
    ------
    ValueError
        If there is no such data set, `side` is too small, `validation` is no share, or a file is damaged.
    OSError
        If a file is missing and cannot be fetched.

    >>> training, validation, test = load("digits")
    >>> training.images.shape, validation.images.shape, test.images.shape
    ((1149, 1, 32, 32), (288, 1, 32, 32), (360, 1, 32, 32))
    """
    if name not in NAMES:
        raise ValueError(f"load: name is {name!r}, expected one of {', '.join(map(repr, NAMES))}")
    learning, test = digits(4) if name == "digits" else published(name, folder)
    if validation is None:
        validation = VALIDATION[name]
    parts = *divide(learning, validation), test
    return Split(*(Labelled(pad(part.images, side), part.labels) for part in parts))


def class_names(name: str) -> tuple[str, ...]:
    """Return what the labels 0 to 9 of a data set mean.

    >>> class_names("fashion-mnist")[9]
    'ankle boot'
    """
    return tuple("0123456789") if name == "digits" else SOURCES[name].classes

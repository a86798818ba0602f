"""Four tasks made of the same digits: for each the right prior is another one (section 4.2)."""

from functools import cache

import numpy as np

from cnnbook.data import Labelled, digits

SIDE = 12  # rows and columns of the images; a digit has 8
CORNERS = (0, SIDE - 8)


@cache
def four_tasks() -> dict[str, tuple[Labelled, Labelled]]:
    """Return the tasks by name, each as images to learn from and images held out.

    Returns
    -------
    dict of str to (Labelled, Labelled)
        All images have the shape (1, 12, 12). There are 719 to learn from, every second of `digits`, and 360
        held out.

        ``"centred"``: which digit is it? All of them stand in the middle.
        ``"anywhere"``: which digit is it? Each stands somewhere, at a place drawn once.
        ``"shuffled"``: the same images, all their pixels moved by one permutation.
        ``"corner"``: in which of the four corners does the digit stand?

    >>> {name: int(training.labels.max()) + 1 for name, (training, _) in four_tasks().items()}
    {'centred': 10, 'anywhere': 10, 'shuffled': 10, 'corner': 4}
    """
    rng = np.random.default_rng(0)
    order = rng.permutation(SIDE * SIDE)
    tasks = {name: [] for name in ("centred", "anywhere", "shuffled", "corner")}
    training, held_out = digits()
    half = Labelled(training.images[::2], training.labels[::2])
    for images, labels in (half, held_out):
        count = len(labels)
        anywhere = placed(images, rng.integers(0, SIDE - 7, (count, 2)))
        corners = rng.integers(0, 2, (count, 2))
        tasks["centred"].append(Labelled(placed(images, np.full((count, 2), 2)), labels))
        tasks["anywhere"].append(Labelled(anywhere, labels))
        tasks["shuffled"].append(Labelled(shuffled(anywhere, order), labels))
        tasks["corner"].append(
            Labelled(placed(images, np.array(CORNERS)[corners]), 2 * corners[:, 0] + corners[:, 1])
        )
    return {name: tuple(parts) for name, parts in tasks.items()}


def placed(images: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Put each image on an empty one of 12 x 12.

    Parameters
    ----------
    images : ndarray of shape (N, 1, 8, 8)
    places : ndarray of shape (N, 2), int
        Row and column of the upper left corner, from 0 to 4.

    Returns
    -------
    ndarray of shape (N, 1, 12, 12), float32

    >>> placed(np.ones((1, 1, 8, 8)), np.array([[4, 0]]))[0, 0].sum(axis=1).tolist()[:5]
    [0.0, 0.0, 0.0, 0.0, 8.0]
    """
    paper = np.zeros((len(images), 1, SIDE, SIDE), np.float32)
    for sheet, image, (top, left) in zip(paper, images, places, strict=True):
        sheet[:, top : top + 8, left : left + 8] = image
    return paper


def shuffled(images: np.ndarray, order: np.ndarray) -> np.ndarray:
    """Move the pixels of all images in the same way.

    Parameters
    ----------
    images : ndarray of shape (N, 1, H, W)
    order : ndarray of shape (H * W,), int
        Which pixel comes to each place.

    Returns
    -------
    ndarray of shape (N, 1, H, W)

    >>> shuffled(np.array([[[[1, 2], [3, 4]]]]), np.array([3, 2, 1, 0])).tolist()
    [[[[4, 3], [2, 1]]]]
    """
    return images.reshape(len(images), -1)[:, order].reshape(images.shape)

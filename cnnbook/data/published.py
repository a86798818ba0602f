"""MNIST and Fashion-MNIST: the original files, from a folder or fetched once and kept.

A file is used only if its size and SHA-256 sum are those of the published one.
"""

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import numpy as np

from cnnbook.data.idx import read_idx
from cnnbook.data.labelled import Labelled


class Original(NamedTuple):
    """A file as it was published.

    Parameters
    ----------
    size : int
        Bytes of the gzipped file.
    sha256 : str
        Its sum.
    shape : tuple of int
        Of the array inside.
    """

    size: int
    sha256: str
    shape: tuple[int, ...]


class Source(NamedTuple):
    """Where a data set comes from.

    Parameters
    ----------
    mirrors : tuple of str
        Addresses that the files' names are appended to, tried in this order.
    files : dict of str to Original
        Training images, training labels, test images, test labels.
    classes : tuple of str
        What the labels 0 to 9 mean.
    """

    mirrors: tuple[str, ...]
    files: dict[str, Original]
    classes: tuple[str, ...]


_NAMES = (
    "train-images-idx3-ubyte.gz",
    "train-labels-idx1-ubyte.gz",
    "t10k-images-idx3-ubyte.gz",
    "t10k-labels-idx1-ubyte.gz",
)
_SHAPES = ((60_000, 28, 28), (60_000,), (10_000, 28, 28), (10_000,))


def _originals(*sizes_and_sums: tuple[int, str]) -> dict[str, Original]:
    return {
        name: Original(size, digest, shape)
        for name, (size, digest), shape in zip(_NAMES, sizes_and_sums, _SHAPES, strict=True)
    }


SOURCES = {
    # LeCun, Cortes and Burges; the first two mirrors are PyTorch's and Google's.
    "mnist": Source(
        (
            "https://ossci-datasets.s3.amazonaws.com/mnist/",
            "https://storage.googleapis.com/cvdf-datasets/mnist/",
            "http://yann.lecun.com/exdb/mnist/",
        ),
        _originals(
            (9_912_422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
            (28_881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
            (1_648_877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
            (4_542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
        ),
        tuple("0123456789"),
    ),
    # Xiao, Rasul and Vollgraf, arXiv:1708.07747; sizes and sums as TensorFlow Datasets lists them.
    "fashion-mnist": Source(
        (
            "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/",
            "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
        ),
        _originals(
            (26_421_880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
            (29_515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
            (4_422_102, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
            (5_148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"),
        ),
        (
            "T-shirt",
            "trousers",
            "pullover",
            "dress",
            "coat",
            "sandal",
            "shirt",
            "trainer",
            "bag",
            "ankle boot",
        ),
    ),
}


def mnist(folder: str | os.PathLike | None = None) -> tuple[Labelled, Labelled]:
    """Return the MNIST digits (LeCun, Bottou, Bengio and Haffner, 1998, section III.A).

    Parameters
    ----------
    folder : path, optional
        Where the four original ``.gz`` files are; see `published` for what happens without it.

    Returns
    -------
    training : Labelled
        60,000 images of shape (1, 28, 28).
    test : Labelled
        10,000 images of the same shape.

    Raises
    ------
    FileNotFoundError
        If a file is not there.
    ValueError
        If a file is not the original: cut short, damaged, repacked, or of another data set.
    OSError
        If it has to be fetched and no mirror gives it.
    """
    return published("mnist", folder)


def published(name: str, folder: str | os.PathLike | None = None) -> tuple[Labelled, Labelled]:
    """Return MNIST or Fashion-MNIST as it was published.

    Parameters
    ----------
    name : str
        ``"mnist"`` or ``"fashion-mnist"``.
    folder : path, optional
        Where the four original ``.gz`` files are. Without it they are read from the folder `name` inside the
        one that the environment variable ``CNNBOOK_DATA`` names; where there is none they are fetched, once,
        into the platform's folder for caches.

    Returns
    -------
    training, test : Labelled
        60,000 and 10,000 images of shape (1, 28, 28).

    Raises
    ------
    FileNotFoundError, ValueError, OSError
        As `mnist`.
    """
    arrays = [_read(name, path) for path in _paths(name, folder)]
    images, labels, test_images, test_labels = arrays
    return _labelled(images, labels), _labelled(test_images, test_labels)


def _paths(name: str, folder: str | os.PathLike | None) -> Iterator[Path]:
    from cnnbook.data.fetching import fetch  # what speaks to the network is slow to import

    source = SOURCES[name]
    data = os.environ.get("CNNBOOK_DATA")
    if folder is None and data and Path(data, name).is_dir():
        folder = Path(data, name)
    for file, original in source.files.items():
        if folder is None:
            yield fetch([mirror + file for mirror in source.mirrors], original.sha256, Path(name, file))
        else:
            yield Path(folder, file)


def _read(name: str, path: Path) -> np.ndarray:
    """Read one of the four files, if it is the one that was published."""
    original = SOURCES[name].files[path.name]
    remedy = f"get it from {SOURCES[name].mirrors[0]}{path.name}"
    if not path.is_file():
        raise FileNotFoundError(f"{name}: {path} is not there, expected the four files {', '.join(_NAMES)}")
    size = path.stat().st_size
    if size != original.size:
        raise ValueError(
            f"{name}: {path} has {size:,} bytes, expected {original.size:,}: it was cut short, repacked, or "
            f"belongs to another data set; {remedy}"
        )
    found = sha256(path.read_bytes()).hexdigest()
    if found != original.sha256:
        raise ValueError(
            f"{name}: {path} has the SHA-256 sum {found}, expected {original.sha256}: it was damaged, or "
            f"belongs to another data set; {remedy}"
        )
    values = read_idx(path)
    if values.shape != original.shape:
        raise ValueError(f"{name}: {path} holds an array {values.shape}, expected {original.shape}; {remedy}")
    return values


def _labelled(images: np.ndarray, labels: np.ndarray) -> Labelled:
    return Labelled((images / np.float32(255))[:, np.newaxis], labels.astype(np.int64))

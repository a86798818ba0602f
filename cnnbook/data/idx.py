"""The file format of MNIST: a magic number, the lengths of the axes, and one byte for each value.

Described by its authors, LeCun, Cortes and Burges, on the page of "The MNIST database of handwritten digits".
"""

import gzip
import math
import os
import zlib
from pathlib import Path
from typing import BinaryIO

import numpy as np

# A byte of a deflate stream unfolds into at most this many (RFC 1951: 258 of them for a bit pair).
_MOST_FROM_ONE_BYTE = 1032


def read_idx(path: str | os.PathLike) -> np.ndarray:
    """Return the array in a gzipped IDX file of bytes; nothing in the file is believed before it is checked.

    Parameters
    ----------
    path : path

    Returns
    -------
    ndarray of uint8
        Of shape (N,) for labels, (N, H, W) for images.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If it is not gzipped, cut short, or damaged; if its magic number is not that of an array of bytes; if
        the file cannot hold what the header promises, or holds more.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "labels.gz")
    ...     _ = path.write_bytes(gzip.compress(bytes([0, 0, 8, 1, 0, 0, 0, 3, 5, 0, 4])))
    ...     read_idx(path)
    array([5, 0, 4], dtype=uint8)
    """
    path = Path(path)
    if not path.is_file():
        raise FileNotFoundError(f"read_idx: {path} is not there")
    try:
        with gzip.open(path) as stream:
            shape = _header(stream, path)
            count = math.prod(shape)
            values = stream.read(count)
            rest = stream.read(1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise ValueError(f"read_idx: {path} is not a whole gzip file ({error}); get it again") from None
    if len(values) != count or rest:
        found = "more" if rest else f"{len(values):,}"
        raise ValueError(f"read_idx: {path} promises {count:,} values and holds {found}; get it again")
    return np.frombuffer(values, np.uint8).reshape(shape)


def _header(stream: BinaryIO, path: Path) -> tuple[int, ...]:
    """Read the magic number (two zeros, the type, how many axes) and the axes' lengths, big end first."""
    magic = stream.read(4)
    if len(magic) < 4 or magic[:3] != b"\0\0\x08" or not 1 <= magic[3] <= 4:
        raise ValueError(
            f"read_idx: {path} begins with {magic.hex(' ') or 'nothing'}, "
            "expected 00 00 08 and 1 to 4 axes (IDX, unsigned bytes); it is another kind of file"
        )
    lengths = stream.read(4 * magic[3])
    if len(lengths) < 4 * magic[3]:
        raise ValueError(f"read_idx: {path} ends inside its header; get it again")
    shape = tuple(np.frombuffer(lengths, ">u4").tolist())
    most = _MOST_FROM_ONE_BYTE * path.stat().st_size
    if math.prod(shape) > most:
        raise ValueError(
            f"read_idx: {path} promises {' x '.join(map(str, shape))} values, "
            f"expected no more than the {most:,} that a file of its size can hold; get it again"
        )
    return shape

"""Heavy results, computed once: for both languages of the book, and until the code that made them changes.

A result is found again only under the same function, the same arguments, the same source of this whole
package and the same versions of the libraries that compute it. Nothing stale can come back.
"""

import hashlib
import os
import platform
from collections.abc import Callable
from functools import cache, wraps
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from filelock import FileLock
from joblib import Memory

_LIBRARIES = ("numpy", "scipy", "torch", "scikit-learn")


@cache
def code_digest() -> str:
    """Return a digest of this package's source, of Python and of the libraries that compute.

    >>> len(code_digest())
    16
    """
    digest = hashlib.sha256(platform.python_version().encode())
    for library in _LIBRARIES:
        try:
            digest.update(f"{library} {version(library)}".encode())
        except PackageNotFoundError:
            digest.update(f"{library} absent".encode())
    package = Path(__file__).parent
    for path in sorted(package.rglob("*.py")):
        digest.update(path.relative_to(package).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def stored(function: Callable) -> Callable:
    """Return `function` with its results kept on disk, under the folder named by ``CNNBOOK_STORE``.

    Parameters
    ----------
    function : callable
        A function of this package without side effects; its result and arguments can be pickled.

    Returns
    -------
    callable
        The same function; where ``CNNBOOK_STORE`` is not set it computes every time.

    Examples
    --------
    >>> from math import comb
    >>> stored(comb)(5, 2)
    10
    """
    folder = os.environ.get("CNNBOOK_STORE")
    if not folder:
        return function
    location = Path(folder, code_digest())
    location.mkdir(parents=True, exist_ok=True)
    kept = Memory(location, verbose=0).cache(function)

    @wraps(function)
    def once(*args, **kwargs):
        # Both books are built at the same time: the second to ask waits for the first one's result.
        with FileLock(location / f"{function.__module__}.{function.__qualname__}.lock"):
            return kept(*args, **kwargs)

    return once

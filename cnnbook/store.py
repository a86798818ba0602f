"""Heavy results, computed once: for both languages of the book, and until the code that made them changes.

A result is found again only under the same function, the same arguments, the same source of every module that
the function can reach, and the same versions of the libraries that compute it. Nothing stale can come back.
"""

import ast
import hashlib
import os
import platform
from collections.abc import Callable, Iterable
from functools import cache, wraps
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from filelock import FileLock
from joblib import Memory

_MEASURED = Path(__file__).parent.parent / "benchmarks" / "results"
_MEASURED_IN_WHEEL = Path(__file__).parent / "benchmark_results"  # where an installed package carries them
_LIBRARIES = ("numpy", "scipy", "torch", "scikit-learn")


@cache
def code_digest(module: str = "") -> str:
    """Return a digest of Python, of the libraries that compute, and of this package's source.

    Parameters
    ----------
    module : str, default ""
        Only the sources that this module of the package uses, directly or not; without it, all.

    >>> len(code_digest())
    16
    """
    package = Path(__file__).parent
    if module.startswith(f"{package.name}."):
        return _digest(used_sources(module))
    return _digest({*package.rglob("*.py"), *result_files()})


def script_digest(script: Path) -> str:
    """Return a digest of what a script uses of this package; the script's own text has no part in it.

    Parameters
    ----------
    script : Path

    Returns
    -------
    str
        It changes with Python, with the libraries that compute, and with every source that it reaches.

    >>> len(script_digest(Path(__file__)))
    16
    """
    names = _imports(script, Path(__file__).parent.name)
    return _digest({path for name in names for path in used_sources(name)})


def result_files() -> list[Path]:
    """Return the files of results that were measured once and committed (see `cnnbook.results`).

    >>> "receptive_field.json" in [path.name for path in result_files()]
    True
    """
    return sorted((_MEASURED if _MEASURED.is_dir() else _MEASURED_IN_WHEEL).glob("*.json"))


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256(platform.python_version().encode())
    for library in _LIBRARIES:
        try:
            digest.update(f"{library} {version(library)}".encode())
        except PackageNotFoundError:
            digest.update(f"{library} absent".encode())
    for path in sorted(paths):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def used_sources(module: str) -> set[Path]:
    """Return the files of this package that a module of it imports, directly or not, and its own.

    Whoever reads results that were measured once (`cnnbook.results`) uses those files too.

    >>> sorted(path.name for path in used_sources("cnnbook.i18n"))
    ['__init__.py', 'i18n.py']
    """
    package = Path(__file__).parent
    found: set[Path] = set()
    wanted = [module]
    while wanted:
        parts = wanted.pop().split(".")[1:]
        # importing a.b.c runs the __init__ of a and of a.b too
        folders = [package.joinpath(*parts[:depth], "__init__.py") for depth in range(len(parts) + 1)]
        for path in (*folders, package.joinpath(*parts).with_suffix(".py")):
            if path.is_file() and path not in found:
                found.add(path)
                wanted += _imports(path, package.name)
    return found | set(result_files()) if package / "results.py" in found else found


@cache
def _imports(path: Path, package: str) -> list[str]:
    """Return the modules of the package that a file imports, and the names it takes from them."""
    names = []
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return [name for name in names if name.startswith(f"{package}.")]


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
    location = Path(folder, code_digest(function.__module__))
    location.mkdir(parents=True, exist_ok=True)
    kept = Memory(location, verbose=0).cache(function)

    @wraps(function)
    def once(*args, **kwargs):
        # Both books are built at the same time: the second to ask waits for the first one's result.
        with FileLock(location / f"{function.__module__}.{function.__qualname__}.lock"):
            return kept(*args, **kwargs)

    return once

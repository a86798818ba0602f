"""Files from the network: fetched once, checked, and kept in the platform's folder for caches."""

import logging
from pathlib import Path

import pooch
from filelock import FileLock
from requests import RequestException
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn


def fetch(addresses: list[str], sha256: str, path: Path) -> Path:
    """Return the file, fetched from the first address that gives the right one unless it was fetched before.

    A file arrives under another name and gets its own only when its sum is right: whatever is interrupted
    leaves nothing that could be taken for the file.

    Parameters
    ----------
    addresses : list of str
        Where the same file can be had, in the order in which they are tried.
    sha256 : str
        The file's sum, in hexadecimal.
    path : Path
        Where to keep it, inside the folder for caches; see `cache_folder`.

    Returns
    -------
    Path

    Raises
    ------
    OSError
        If no address gives the file; the reasons are named.
    """
    kept = cache_folder() / path
    kept.parent.mkdir(parents=True, exist_ok=True)
    pooch.get_logger().setLevel(logging.ERROR)
    reasons = []
    with FileLock(kept.with_name(f"{kept.name}.lock")):  # several processes may want it at once
        for address in addresses:
            try:
                pooch.retrieve(address, f"sha256:{sha256}", kept.name, kept.parent, downloader=_download)
                return kept
            except (RequestException, ValueError, OSError) as error:
                reasons.append(f"{address} ({type(error).__name__})")
    raise OSError(
        f"fetch: no mirror gave {path}: {', '.join(reasons)}; try again with a network, or set CNNBOOK_DATA "
        f"to a folder that holds {path}"
    )


def cache_folder() -> Path:
    """Return where fetched files are kept; ``XDG_CACHE_HOME`` moves it on Linux.

    >>> cache_folder().name
    'cnnbook'
    """
    return Path(pooch.os_cache("cnnbook"))


def _download(address: str, output_file: str, _pooch: pooch.Pooch) -> None:
    """Fetch a file with a progress bar; give up after half a minute of silence."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, transient=True) as progress:
        bar = _Bar(progress, address.rsplit("/", 1)[-1])
        pooch.HTTPDownloader(progressbar=bar, timeout=30)(address, output_file, _pooch)


class _Bar:
    """What pooch asks of a progress bar, done by rich."""

    def __init__(self, progress: Progress, description: str) -> None:
        self._progress, self._task = progress, progress.add_task(description, total=None)
        self.total = None

    def update(self, amount: int) -> None:
        self._progress.update(self._task, advance=amount, total=self.total)

    def reset(self) -> None:
        self._progress.reset(self._task, total=self.total)

    def close(self) -> None:
        self._progress.stop_task(self._task)

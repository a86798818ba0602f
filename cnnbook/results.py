"""Results that took long to measure: run once with a written-down command, committed as JSON, read here."""

import json
from typing import Any

from cnnbook.store import result_files


def results(name: str) -> Any:
    """Return what a benchmark wrote.

    Parameters
    ----------
    name : str
        The file in ``benchmarks/results``, without its ending.

    Returns
    -------
    dict or list
        As the script in ``benchmarks`` describes it.

    Raises
    ------
    ValueError
        If there is no such result.

    >>> sorted(results("receptive_field"))[:2]
    ['chain', 'chain_1000_sizes']
    """
    found = {path.stem: path for path in result_files()}
    if name not in found:
        raise ValueError(f"results: name is {name!r}, expected one of {', '.join(map(repr, found))}")
    return json.loads(found[name].read_text(encoding="utf-8"))

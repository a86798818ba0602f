"""Numbers of section 2.4, convolution as a layer."""

from functools import cache

import numpy as np

from cnnbook.convolution import correlate
from cnnbook.data import photograph
from cnnbook.facts import fact
from cnnbook.kernels import prewitt, sobel
from cnnbook.learning import learn_kernel

_ROWS, _COLUMNS = 427, 640  # of the photograph
_OUTPUTS = (_ROWS - 2) * (_COLUMNS - 2)


@fact("layer-photo-outputs")
def _outputs() -> int:
    return _OUTPUTS


@fact("layer-photo-dense")
def _dense() -> int:
    return _OUTPUTS * _ROWS * _COLUMNS


@fact("layer-photo-local")
def _local() -> int:
    return _OUTPUTS * 9


def _pieces() -> np.ndarray:
    """The four pieces of the photograph in lab plot_43."""
    corners = [(25, 165), (85, 185), (65, 245), (145, 225)]
    return np.stack([photograph("china")[r : r + 40, c : c + 40] for r, c in corners]) - 0.5


def _answers(kernel: np.ndarray) -> np.ndarray:
    return np.stack([correlate(piece, kernel, mode="valid") for piece in _pieces()])


@cache
def _runs() -> np.ndarray:
    """The three runs of lab plot_43, of shape (runs, steps + 1, 3, 3)."""
    images, wanted = _pieces(), _answers(sobel(axis=1))
    starts = [np.random.default_rng(seed).normal(0, 0.5, (3, 3)) for seed in range(3)]
    return np.stack([learn_kernel(images, wanted, start, steps=1000, rate=0.6) for start in starts])


def _largest_errors(step: int) -> np.ndarray:
    return np.abs(_runs()[:, step] - sobel(axis=1)).max(axis=(1, 2))


@fact("learned-error-start", ".1f")
def _error_at_the_start() -> float:
    return float(_largest_errors(0).mean())


@fact("learned-error-hundred", ".2f")
def _error_after_a_hundred() -> float:
    return float(_largest_errors(100).mean())


@fact("learned-error-end", ".3f")
def _error_at_the_end() -> float:
    return float(_largest_errors(1000).mean())


@fact("learned-error-end-spread", ".3f")
def _spread_at_the_end() -> float:
    return float(_largest_errors(1000).std(ddof=1))


@fact("stripes-disagree", ".0%")
def _disagreement() -> float:
    """Between Sobel's kernel and the one that stripes teach, on the same pieces."""
    wanted = _answers(sobel(axis=1))
    return float(np.abs(_answers(4 / 3 * prewitt(axis=1)) - wanted).mean() / np.abs(wanted).mean())

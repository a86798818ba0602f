"""The parameters of LeNet as a script that a page can load from a file: 18 bits each, three characters.

Half floats would take 16 bits, and the scores would differ by 0.008 from torch's. Fixed-point numbers, scaled
to the largest of each tensor, waste no bits on exponents: with 18 they differ by 0.0002.
"""

import json
from pathlib import Path

import numpy as np
from staging import write_if_changed

from cnnbook.models.weights import arrays

_LETTERS = np.frombuffer(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", np.uint8)
_MOST = 2**17 - 1


def packed(values: np.ndarray) -> dict:
    """Return a tensor as its largest size and text: value times 131071 over it, plus 131072, in base 64."""
    largest = float(np.abs(values).max())
    codes = np.rint(values.ravel().astype(float) * _MOST / largest).astype(int) + _MOST + 1
    digits = np.stack([codes >> 12, codes >> 6 & 63, codes & 63], axis=-1)
    return {"largest": largest, "text": _LETTERS[digits].tobytes().decode()}


def script(tensors: dict[str, np.ndarray]) -> str:
    """Return the script that leaves the parameters where ``draw_digit.js`` looks for them."""
    content = json.dumps({name: packed(values) for name, values in tensors.items()})
    return f'"use strict";\nvar CNNBook = CNNBook || {{}};\nCNNBook.lenetParameters = {content};\n'


def _write_script(app) -> None:
    """Write the script beside the others of the page's language."""
    if app.builder.name == "html":
        folder = Path(app.srcdir).parent.parent / "static" / app.config.language / "widgets"
        write_if_changed(folder / "lenet_parameters.js", script(arrays("lenet")))


def setup(app) -> dict[str, bool]:
    """Connect the part."""
    app.connect("builder-inited", _write_script)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

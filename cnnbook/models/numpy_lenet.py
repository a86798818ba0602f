"""LeNet's forward pass in NumPy, operator by operator from `cnnbook.functional`, without PyTorch."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from cnnbook import functional as F  # noqa: N812 (torch's own short name)

__all__ = ["forward", "steps"]


def steps(weights: Mapping[str, np.ndarray], images: np.ndarray) -> dict[str, np.ndarray]:
    """Return what every layer makes of the images, in order, by the layer's name.

    Parameters
    ----------
    weights : mapping of str to ndarray
        Under the names that `cnnbook.models.LeNet` gives them: ``"c1.weight"`` of shape (6, 1, 5, 5),
        ``"c1.bias"``, and so on for c3, f5, f6 and output. `cnnbook.models.weights.arrays` returns trained
        ones.
    images : ndarray of shape (N, 1, 32, 32)

    Returns
    -------
    dict of str to ndarray
        As `cnnbook.models.LeNet.steps`.

    Raises
    ------
    KeyError
        If `weights` lacks one of the ten arrays.

    Examples
    --------
    >>> shapes = dict(c1=(6, 1, 5, 5), c3=(16, 6, 5, 5), f5=(120, 400), f6=(84, 120), output=(10, 84))
    >>> weights = {f"{name}.weight": np.zeros(shape) for name, shape in shapes.items()}
    >>> weights |= {f"{name}.bias": np.zeros(shape[0]) for name, shape in shapes.items()}
    >>> steps(weights, np.zeros((2, 1, 32, 32)))["s4"].shape
    (2, 16, 5, 5)
    """
    made = {}
    for convolution, relu, pooling in (("c1", "relu1", "s2"), ("c3", "relu3", "s4")):
        images = made[convolution] = F.conv2d(images, *_of(weights, convolution))
        images = made[relu] = F.relu(images)
        images = made[pooling] = F.max_pool2d(images, 2)
    images = made["flatten"] = images.reshape(len(images), -1)
    for layer, relu in (("f5", "relu5"), ("f6", "relu6")):
        images = made[layer] = F.linear(images, *_of(weights, layer))
        images = made[relu] = F.relu(images)
    made["output"] = F.linear(images, *_of(weights, "output"))
    made["probabilities"] = F.softmax(made["output"], dim=1)
    return made


def forward(weights: Mapping[str, np.ndarray], images: np.ndarray) -> np.ndarray:
    """Return a score for each digit (N, 10) of images (N, 1, 32, 32); see `steps` for the arguments."""
    return steps(weights, images)["output"]


def _of(weights: Mapping[str, np.ndarray], layer: str) -> tuple[np.ndarray, np.ndarray]:
    return weights[f"{layer}.weight"], weights[f"{layer}.bias"]

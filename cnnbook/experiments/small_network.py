"""A network small enough to be trained in a second: eight kernels, one pooling, one row of weights each."""

from functools import cache

import numpy as np
import torch
from torch import Tensor, nn

from cnnbook.data import digits
from cnnbook.store import stored
from cnnbook.train import train

MAPS = (8, 3, 3)  # what is flattened: channels, rows, columns


class ChannelsLast(nn.Module):
    """Move the channels behind rows and columns, so that flattening puts the channels of a pixel together."""

    def forward(self, maps: Tensor) -> Tensor:
        """Turn (N, C, H, W) into (N, H, W, C)."""
        return maps.permute(0, 2, 3, 1)


def small_network(*, channels_last: bool = False) -> nn.Sequential:
    """Return an untrained network for scikit-learn's digits of 8 x 8 pixels.

    Parameters
    ----------
    channels_last : bool, default False
        Flatten in the order (H, W, C) instead of (C, H, W).

    Returns
    -------
    Sequential
        From images (N, 1, 8, 8) to scores (N, 10); its last layer reads the 72 flattened values.

    >>> small_network()[:-1](torch.zeros(2, 1, 8, 8)).shape
    torch.Size([2, 72])
    """
    order = [ChannelsLast()] if channels_last else []
    return nn.Sequential(
        nn.Conv2d(1, 8, 3), nn.ReLU(), nn.MaxPool2d(2), *order, nn.Flatten(), nn.Linear(72, 10)
    )


def small_reader(seed: int = 0, *, channels_last: bool = False) -> nn.Sequential:
    """Return a `small_network` that has learned scikit-learn's digits; trained once, then found in the store.

    Parameters
    ----------
    seed : int, default 0
    channels_last : bool, default False
        As in `small_network`.

    Returns
    -------
    Sequential
        In evaluation mode.

    >>> scores = small_reader()(torch.from_numpy(digits()[1].images))
    >>> bool((scores.argmax(1).numpy() == digits()[1].labels).mean() > 0.9)
    True
    """
    model = small_network(channels_last=channels_last)
    weights = _weights(seed, channels_last)
    model.load_state_dict({name: torch.from_numpy(values) for name, values in weights.items()})
    return model.eval()


@cache  # where there is no store, once for each process at least
@stored
def _weights(seed: int, channels_last: bool) -> dict[str, np.ndarray]:
    model = train(
        lambda: small_network(channels_last=channels_last),
        *digits(),
        epochs=10,
        batch=128,
        rate=4e-2,
        seed=seed,
    ).model
    return {name: values.numpy() for name, values in model.state_dict().items()}

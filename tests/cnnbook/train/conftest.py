"""Small data that one weight tells apart, and small networks of every kind that has to go on after a stop."""

import numpy as np
import pytest
from torch import nn

from cnnbook.data import Labelled


@pytest.fixture
def bright_or_dark():
    """Make images whose label is 1 where the mean is above a half."""

    def make(count, *, seed=0):
        images = np.random.default_rng(seed).random((count, 1, 4, 4), dtype=np.float32) ** 9
        labels = np.arange(count) % 2
        images[labels == 1] = 1 - images[labels == 1]
        return Labelled(images, labels)

    return make


@pytest.fixture
def linear():
    """Make a linear network for these images."""
    return lambda: nn.Sequential(nn.Flatten(), nn.Linear(16, 2))


@pytest.fixture
def every_kind():
    """Make a network with dropout, which draws, and batch normalisation, which remembers."""
    return lambda: nn.Sequential(
        nn.Conv2d(1, 3, 3), nn.BatchNorm2d(3), nn.ReLU(), nn.Dropout(), nn.Flatten(), nn.Linear(12, 2)
    )

"""Numbers of section 5.1, the interfaces of PyTorch."""

import math

from torch import nn

from cnnbook.facts import fact
from cnnbook.train import one_thread


@fact("torch-against-he", ".0%")
@one_thread()
def _torch_against_he() -> float:
    """The spread of PyTorch's first weights in a layer of 288 inputs a unit, as a share of He's."""
    bound = 1 / math.sqrt(nn.Conv2d(32, 32, 3).weight[0].numel())
    return bound / math.sqrt(3) / math.sqrt(2 / 288)

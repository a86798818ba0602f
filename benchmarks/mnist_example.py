"""The network and the loop that PyTorch's examples repository shows for MNIST, written afresh as a baseline.

After https://github.com/pytorch/examples/tree/main/mnist: two convolutions of 3 x 3 with 32 and 64 maps, one
pooling, dropout of 0.25 and 0.5, layers 9216-128-10; Adadelta with a rate of 1.0 that falls to 0.7 of itself
after each pass, batches of 64; every image is turned into a tensor and normalised when its turn comes. The
images are shuffled, which the example does only beside a graphics card.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from PIL import Image
from torch import Tensor, nn
from torch.utils.data import DataLoader, Dataset

from cnnbook.data import Labelled


class ExampleNet(nn.Module):
    """1,199,882 parameters, nearly all of them between 9216 and 128 units."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, 3)
        self.conv2 = nn.Conv2d(32, 64, 3)
        self.dropout1 = nn.Dropout(0.25)
        self.dropout2 = nn.Dropout(0.5)
        self.fc1 = nn.Linear(9216, 128)
        self.fc2 = nn.Linear(128, 10)

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu(self.conv1(x))
        x = F.relu(self.conv2(x))
        x = self.dropout1(F.max_pool2d(x, 2)).flatten(1)
        x = self.dropout2(F.relu(self.fc1(x)))
        return F.log_softmax(self.fc2(x), dim=1)


class Pictures(Dataset):
    """Images one by one: a Pillow picture, then a tensor, then its normalised values."""

    def __init__(self, data: Labelled) -> None:
        self.pixels = np.rint(data.images[:, 0] * 255).astype(np.uint8)
        self.labels = data.labels

    def __len__(self) -> int:
        return len(self.labels)

    def __getitem__(self, index: int) -> tuple[Tensor, int]:
        picture = Image.fromarray(self.pixels[index])
        tensor = torch.from_numpy(np.array(picture)).unsqueeze(0).float().div(255)
        return tensor.sub(0.1307).div(0.3081), int(self.labels[index])


def passes(training: Labelled, test: Labelled, seed: int) -> Iterator[tuple[float, float, float]]:
    """Train; after each pass, yield seconds so far, processor seconds so far, and the test accuracy.

    The seconds are those of training alone.
    """
    torch.manual_seed(seed)
    model = ExampleNet()
    optimizer = torch.optim.Adadelta(model.parameters(), lr=1.0)
    schedule = torch.optim.lr_scheduler.StepLR(optimizer, step_size=1, gamma=0.7)
    loader = DataLoader(Pictures(training), batch_size=64, shuffle=True)
    wall = processor = 0.0
    while True:
        start = time.perf_counter(), time.process_time()
        model.train()
        for images, labels in loader:
            optimizer.zero_grad()
            F.nll_loss(model(images), labels).backward()
            optimizer.step()
        schedule.step()
        wall, processor = wall + time.perf_counter() - start[0], processor + time.process_time() - start[1]
        yield wall, processor, _accuracy(model, test)


def _accuracy(model: nn.Module, test: Labelled) -> float:
    model.eval()
    with torch.inference_mode():
        right = [
            (model(images).argmax(1) == labels).sum().item()
            for images, labels in DataLoader(Pictures(test), batch_size=1000)
        ]
    return sum(right) / len(test.labels)

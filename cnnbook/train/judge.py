"""What a network says about images, and how often it is right."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
import torch
from torch import Tensor, nn

from cnnbook.data import Labelled


@contextmanager
def one_thread() -> Iterator[None]:
    """Let torch use one thread, so that a sum is rounded in the same way on machines with more.

    >>> with one_thread():
    ...     torch.get_num_threads()
    1
    """
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def outputs(model: nn.Module, images: np.ndarray, *, batch: int = 1000) -> Tensor:
    """Return what a network makes of images, on whatever device it is.

    Parameters
    ----------
    model : Module
        It is left in evaluation mode.
    images : ndarray of shape (N, C, H, W), float32
    batch : int, default 1000
        Images at a time.

    Returns
    -------
    Tensor of shape (N, classes)
        In main memory.

    >>> from cnnbook.models import LeNet
    >>> outputs(LeNet(), np.zeros((3, 1, 32, 32), np.float32)).shape
    torch.Size([3, 10])
    """
    model.eval()
    device = next((parameter.device for parameter in model.parameters()), None)
    with torch.inference_mode():
        return torch.cat([model(part.to(device)).cpu() for part in torch.from_numpy(images).split(batch)])


@one_thread()
def predict(model: nn.Module, images: np.ndarray) -> np.ndarray:
    """Return how probable the network finds each class, for each image.

    Parameters
    ----------
    model : Module
        It is left in evaluation mode.
    images : ndarray of shape (N, C, H, W), float32

    Returns
    -------
    ndarray of shape (N, classes)
        The softmax of the scores; each row sums to 1.

    >>> from cnnbook.data import digits
    >>> from cnnbook.models import LeNet
    >>> predict(LeNet(), digits(4)[1].images).shape
    (360, 10)
    """
    return outputs(model, images).softmax(1).numpy()


def accuracy(
    model: nn.Module, data: Labelled, answer: Callable[[Tensor], Tensor] = lambda scores: scores.argmax(1)
) -> float:
    """Return the share of images that are read correctly; NaN if there are none.

    Parameters
    ----------
    model : Module
        It is left in evaluation mode.
    data : Labelled
    answer : callable, default the largest score
        From what the network makes, (N, classes), to the classes (N,).

    >>> from cnnbook.data import digits
    >>> from cnnbook.models import LeNet
    >>> 0 <= accuracy(LeNet(), digits(4)[1]) <= 1
    True
    """
    if not len(data.labels):
        return float("nan")
    return float((answer(outputs(model, data.images)).numpy() == data.labels).mean())


def confusion(answers: np.ndarray, labels: np.ndarray, classes: int = 10) -> np.ndarray:
    """Count how often each class was taken for each.

    Parameters
    ----------
    answers, labels : ndarray of shape (N,), int
    classes : int, default 10

    Returns
    -------
    ndarray of shape (classes, classes), int64
        The row is the class that an image shows, the column what it was taken for.

    >>> confusion(np.array([0, 1, 1]), np.array([0, 0, 1]), 2)
    array([[1, 1],
           [0, 1]])
    """
    return np.bincount(labels * classes + answers, minlength=classes**2).reshape(classes, classes)


def pairs_of_half(confusion: np.ndarray) -> int:
    """Return how few pairs of classes (shown, read) make up half of all mistakes.

    Parameters
    ----------
    confusion : ndarray of shape (classes, classes), int
        From `confusion`; added up over several runs, or of one.

    >>> pairs_of_half(np.array([[9, 1, 0], [3, 9, 1], [0, 1, 9]]))
    1
    """
    largest = np.sort(confusion[~np.eye(len(confusion), dtype=bool)])[::-1]
    return int(np.searchsorted(np.cumsum(largest), largest.sum() / 2) + 1)

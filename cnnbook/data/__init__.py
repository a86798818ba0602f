"""The pictures the book works on: two photographs, scikit-learn's digits, MNIST and Fashion-MNIST.

Everything comes as NumPy arrays. The photographs and the digits are on this machine already.
"""

from cnnbook.data.bundled import PHOTOGRAPHS, digits, photograph
from cnnbook.data.labelled import Labelled, Split, divide, enlarge, pad
from cnnbook.data.loading import NAMES, class_names, load
from cnnbook.data.published import mnist

__all__ = [
    "NAMES",
    "PHOTOGRAPHS",
    "Labelled",
    "Split",
    "class_names",
    "digits",
    "divide",
    "enlarge",
    "load",
    "mnist",
    "pad",
    "photograph",
]

"""PyTorch's CNN operators in NumPy: the same names, arguments and answers, with nothing hidden.

>>> import numpy as np
>>> from cnnbook import functional as F
>>> F.conv2d(np.ones((1, 3, 5, 5)), np.ones((2, 3, 3, 3)), padding=1).shape
(1, 2, 5, 5)
"""

# convolution
from cnnbook.functional.convolution import conv2d as conv2d
from cnnbook.functional.methods.im2col import conv2d_im2col as conv2d_im2col
from cnnbook.functional.methods.loop import conv2d_loop as conv2d_loop

"""PyTorch's CNN operators in NumPy: the same names, arguments and answers, with nothing hidden.

>>> import numpy as np
>>> from cnnbook import functional as F
>>> F.conv2d(np.ones((1, 3, 5, 5)), np.ones((2, 3, 3, 3)), padding=1).shape
(1, 2, 5, 5)
"""

# convolution
from cnnbook.functional.columns import fold as fold
from cnnbook.functional.columns import fold_backward as fold_backward
from cnnbook.functional.columns import unfold as unfold
from cnnbook.functional.columns import unfold_backward as unfold_backward
from cnnbook.functional.convolution import conv1d as conv1d
from cnnbook.functional.convolution import conv1d_backward as conv1d_backward
from cnnbook.functional.convolution import conv2d as conv2d
from cnnbook.functional.convolution import conv2d_backward as conv2d_backward
from cnnbook.functional.convolution import conv3d as conv3d
from cnnbook.functional.convolution import conv3d_backward as conv3d_backward
from cnnbook.functional.linear import linear as linear
from cnnbook.functional.linear import linear_backward as linear_backward
from cnnbook.functional.methods.im2col import conv2d_im2col as conv2d_im2col
from cnnbook.functional.methods.loop import conv2d_loop as conv2d_loop
from cnnbook.functional.transposed import conv_transpose1d as conv_transpose1d
from cnnbook.functional.transposed import conv_transpose1d_backward as conv_transpose1d_backward
from cnnbook.functional.transposed import conv_transpose2d as conv_transpose2d
from cnnbook.functional.transposed import conv_transpose2d_backward as conv_transpose2d_backward
from cnnbook.functional.transposed import conv_transpose3d as conv_transpose3d
from cnnbook.functional.transposed import conv_transpose3d_backward as conv_transpose3d_backward

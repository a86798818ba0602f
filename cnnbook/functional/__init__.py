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
from cnnbook.functional.convolution import choose_method as choose_method
from cnnbook.functional.convolution import conv1d as conv1d
from cnnbook.functional.convolution import conv1d_backward as conv1d_backward
from cnnbook.functional.convolution import conv2d as conv2d
from cnnbook.functional.convolution import conv2d_backward as conv2d_backward
from cnnbook.functional.convolution import conv3d as conv3d
from cnnbook.functional.convolution import conv3d_backward as conv3d_backward
from cnnbook.functional.convolution import method_costs as method_costs
from cnnbook.functional.linear import linear as linear
from cnnbook.functional.linear import linear_backward as linear_backward
from cnnbook.functional.methods.depthwise import conv2d_depthwise as conv2d_depthwise
from cnnbook.functional.methods.direct import conv2d_direct as conv2d_direct
from cnnbook.functional.methods.fft import conv2d_fft as conv2d_fft
from cnnbook.functional.methods.im2col import conv2d_im2col as conv2d_im2col
from cnnbook.functional.methods.loop import conv2d_loop as conv2d_loop
from cnnbook.functional.methods.pointwise import conv2d_pointwise as conv2d_pointwise
from cnnbook.functional.methods.pointwise import conv2d_whole as conv2d_whole
from cnnbook.functional.methods.winograd import conv2d_winograd as conv2d_winograd
from cnnbook.functional.transposed import conv_transpose1d as conv_transpose1d
from cnnbook.functional.transposed import conv_transpose1d_backward as conv_transpose1d_backward
from cnnbook.functional.transposed import conv_transpose2d as conv_transpose2d
from cnnbook.functional.transposed import conv_transpose2d_backward as conv_transpose2d_backward
from cnnbook.functional.transposed import conv_transpose3d as conv_transpose3d
from cnnbook.functional.transposed import conv_transpose3d_backward as conv_transpose3d_backward

# isort: split
# activation, loss, pooling, normalisation, resizing
from cnnbook.functional.activation import gelu as gelu
from cnnbook.functional.activation import gelu_backward as gelu_backward
from cnnbook.functional.activation import leaky_relu as leaky_relu
from cnnbook.functional.activation import leaky_relu_backward as leaky_relu_backward
from cnnbook.functional.activation import relu as relu
from cnnbook.functional.activation import relu_backward as relu_backward
from cnnbook.functional.activation import sigmoid as sigmoid
from cnnbook.functional.activation import sigmoid_backward as sigmoid_backward
from cnnbook.functional.activation import tanh as tanh
from cnnbook.functional.activation import tanh_backward as tanh_backward
from cnnbook.functional.adaptive_pooling import adaptive_avg_pool1d as adaptive_avg_pool1d
from cnnbook.functional.adaptive_pooling import adaptive_avg_pool1d_backward as adaptive_avg_pool1d_backward
from cnnbook.functional.adaptive_pooling import adaptive_avg_pool2d as adaptive_avg_pool2d
from cnnbook.functional.adaptive_pooling import adaptive_avg_pool2d_backward as adaptive_avg_pool2d_backward
from cnnbook.functional.adaptive_pooling import adaptive_avg_pool3d as adaptive_avg_pool3d
from cnnbook.functional.adaptive_pooling import adaptive_avg_pool3d_backward as adaptive_avg_pool3d_backward
from cnnbook.functional.adaptive_pooling import adaptive_max_pool1d as adaptive_max_pool1d
from cnnbook.functional.adaptive_pooling import adaptive_max_pool1d_backward as adaptive_max_pool1d_backward
from cnnbook.functional.adaptive_pooling import adaptive_max_pool2d as adaptive_max_pool2d
from cnnbook.functional.adaptive_pooling import adaptive_max_pool2d_backward as adaptive_max_pool2d_backward
from cnnbook.functional.adaptive_pooling import adaptive_max_pool3d as adaptive_max_pool3d
from cnnbook.functional.adaptive_pooling import adaptive_max_pool3d_backward as adaptive_max_pool3d_backward
from cnnbook.functional.avg_pooling import avg_pool1d as avg_pool1d
from cnnbook.functional.avg_pooling import avg_pool1d_backward as avg_pool1d_backward
from cnnbook.functional.avg_pooling import avg_pool2d as avg_pool2d
from cnnbook.functional.avg_pooling import avg_pool2d_backward as avg_pool2d_backward
from cnnbook.functional.avg_pooling import avg_pool3d as avg_pool3d
from cnnbook.functional.avg_pooling import avg_pool3d_backward as avg_pool3d_backward
from cnnbook.functional.batch_normalisation import batch_norm as batch_norm
from cnnbook.functional.batch_normalisation import batch_norm_backward as batch_norm_backward
from cnnbook.functional.batch_normalisation import updated_running_statistics as updated_running_statistics
from cnnbook.functional.interpolation import interpolate as interpolate
from cnnbook.functional.interpolation import interpolate_backward as interpolate_backward
from cnnbook.functional.likelihood import cross_entropy as cross_entropy
from cnnbook.functional.likelihood import cross_entropy_backward as cross_entropy_backward
from cnnbook.functional.likelihood import nll_loss as nll_loss
from cnnbook.functional.likelihood import nll_loss_backward as nll_loss_backward
from cnnbook.functional.max_pooling import max_pool1d as max_pool1d
from cnnbook.functional.max_pooling import max_pool1d_backward as max_pool1d_backward
from cnnbook.functional.max_pooling import max_pool2d as max_pool2d
from cnnbook.functional.max_pooling import max_pool2d_backward as max_pool2d_backward
from cnnbook.functional.max_pooling import max_pool3d as max_pool3d
from cnnbook.functional.max_pooling import max_pool3d_backward as max_pool3d_backward
from cnnbook.functional.max_unpooling import max_unpool1d as max_unpool1d
from cnnbook.functional.max_unpooling import max_unpool1d_backward as max_unpool1d_backward
from cnnbook.functional.max_unpooling import max_unpool2d as max_unpool2d
from cnnbook.functional.max_unpooling import max_unpool2d_backward as max_unpool2d_backward
from cnnbook.functional.max_unpooling import max_unpool3d as max_unpool3d
from cnnbook.functional.max_unpooling import max_unpool3d_backward as max_unpool3d_backward
from cnnbook.functional.padding import pad as pad
from cnnbook.functional.padding import pad_backward as pad_backward
from cnnbook.functional.probability import log_softmax as log_softmax
from cnnbook.functional.probability import log_softmax_backward as log_softmax_backward
from cnnbook.functional.probability import softmax as softmax
from cnnbook.functional.probability import softmax_backward as softmax_backward
from cnnbook.functional.rearrangement import flatten as flatten
from cnnbook.functional.rearrangement import flatten_backward as flatten_backward
from cnnbook.functional.rearrangement import pixel_shuffle as pixel_shuffle
from cnnbook.functional.rearrangement import pixel_shuffle_backward as pixel_shuffle_backward
from cnnbook.functional.rearrangement import pixel_unshuffle as pixel_unshuffle
from cnnbook.functional.rearrangement import pixel_unshuffle_backward as pixel_unshuffle_backward
from cnnbook.functional.response_normalisation import local_response_norm as local_response_norm
from cnnbook.functional.response_normalisation import (
    local_response_norm_backward as local_response_norm_backward,
)
from cnnbook.functional.squared_error import mse_loss as mse_loss
from cnnbook.functional.squared_error import mse_loss_backward as mse_loss_backward

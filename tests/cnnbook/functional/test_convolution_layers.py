"""Convolution, transposed convolution and their gradients against values by hand and against PyTorch."""

import numpy as np
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from cnnbook import functional

TOLERANCE = {np.float32: 1e-5, np.float64: 1e-12}


def close(ours, theirs, magnitude, dtype=np.float64):
    """Compare norm-wise, against the size of what was added up.

    A sum whose terms cancel is as uncertain as its terms are large (Higham, Accuracy and Stability of
    Numerical Algorithms, 2002, section 3.1), so the scale is the same sum without signs.
    """
    ours, theirs = np.asarray(ours), np.asarray(theirs)
    assert ours.shape == theirs.shape
    assert ours.dtype == theirs.dtype
    scale = np.linalg.norm(magnitude.ravel().astype(np.float64)) + 1e-300
    return np.linalg.norm((ours - theirs).ravel().astype(np.float64)) <= TOLERANCE[dtype] * scale


def with_gradients(operator, arrays, grad, **options):
    """Return PyTorch's output and the gradients of the arrays for an output gradient."""
    tensors = [torch.tensor(a, requires_grad=True) for a in arrays]
    output = operator(*tensors, **options)
    grads = torch.autograd.grad(output, tensors, torch.from_numpy(grad))
    return [output.detach().numpy(), *(g.numpy() for g in grads)]


def agrees_with_pytorch(name, arrays, options, dtype):
    """Compare an operator and its gradients with PyTorch's."""
    theirs = getattr(torch.nn.functional, name)
    ours = getattr(functional, name)(*arrays, **options)
    grad = np.random.default_rng(1).normal(size=ours.shape).astype(dtype)
    back = getattr(functional, f"{name}_backward")(grad, *arrays, **options)
    expected = with_gradients(theirs, arrays, grad, **options)
    magnitudes = with_gradients(theirs, [abs(a) for a in arrays], abs(grad), **options)
    assert (back[2] is None) == (len(arrays) == 2)
    for one, other, magnitude in zip([ours, *back], expected, magnitudes, strict=False):
        assert close(one, other, magnitude, dtype)


def test_the_first_example_of_every_course():
    """Nine ones on a counting image: each output is the sum of a 3 x 3 window."""
    image = np.arange(16.0).reshape(1, 1, 4, 4)
    for method in ("loop", "im2col", "auto"):
        sums = functional.conv2d(image, np.ones((1, 1, 3, 3)), method=method)
        assert sums.tolist() == [[[[45, 54], [81, 90]]]]


def test_the_kernel_is_not_flipped():
    impulse = np.zeros((1, 5))
    impulse[0, 2] = 1
    assert functional.conv1d(impulse, np.array([[[1.0, 2.0, 3.0]]]), padding=1).tolist() == [[0, 3, 2, 1, 0]]


def test_same_padding_puts_the_odd_zero_at_the_end():
    assert functional.conv1d(np.ones((1, 3)), np.ones((1, 1, 2)), padding="same").tolist() == [[2, 2, 1]]


DTYPES = st.sampled_from([np.float32, np.float64])


@st.composite
def layers(draw, transposed=False):
    """Draw a layer in one to three dimensions that PyTorch accepts: (n, arrays, options, dtype)."""
    n = draw(st.integers(1, 3))
    dtype = draw(DTYPES)
    groups = draw(st.integers(1, 3))
    c, k = draw(st.integers(1, 3)), draw(st.integers(1, 3))

    def axes(low, high):
        return tuple(draw(st.integers(low, high)) for _ in range(n))

    kernel, stride, dilation = axes(1, 4), axes(1, 3), axes(1, 3)
    padding = axes(0, 4)
    length = [max(1, d * (r - 1) + 1 - 2 * p) for r, d, p in zip(kernel, dilation, padding, strict=True)]
    size = tuple(a + b for a, b in zip(length, axes(0, 6), strict=True))
    options = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
    if transposed:
        extra = [draw(st.integers(0, max(s, d) - 1)) for s, d in zip(stride, dilation, strict=True)]
        options["output_padding"] = tuple(extra)
        size = axes(1, 5)
        axis = zip(size, kernel, stride, dilation, strict=True)
        reach = [(a - 1) * s + (k - 1) * d for a, k, s, d in axis]  # what is left after padding is at least 1
        options["padding"] = tuple(min(p, r // 2) for p, r in zip(padding, reach, strict=True))
    rng = np.random.default_rng(draw(st.integers(0, 99)))
    batch = draw(st.integers(0 if groups == 1 else 1, 3))
    shape = (groups * c, k, *kernel) if transposed else (groups * k, c, *kernel)
    arrays = [rng.normal(size=(batch, groups * c, *size)), rng.normal(size=shape)]
    if draw(st.booleans()):
        arrays.append(rng.normal(size=groups * k))
    return n, [a.astype(dtype) for a in arrays], options, dtype


@settings(deadline=None, max_examples=120)
@given(layers())
def test_convolution_is_pytorchs(layer):
    n, arrays, options, dtype = layer
    agrees_with_pytorch(f"conv{n}d", arrays, options, dtype)


@settings(deadline=None, max_examples=120)
@given(layers(transposed=True))
def test_transposed_convolution_is_pytorchs(layer):
    n, arrays, options, dtype = layer
    agrees_with_pytorch(f"conv_transpose{n}d", arrays, options, dtype)

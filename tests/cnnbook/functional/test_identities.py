"""Laws that hold between the operators, whatever the numbers; and the small members of the family."""

import numpy as np
import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cnnbook import functional
from cnnbook.arithmetic import output_length
from cnnbook.convolution import convolution_matrix, convolve, correlate

RNG = np.random.default_rng(0)
SMALL = st.integers(1, 3)
PAIR = st.tuples(SMALL, SMALL)


def test_unfold_writes_patches_as_columns():
    columns = functional.unfold(np.arange(9.0).reshape(1, 1, 3, 3), 2)
    assert columns[0].T.tolist() == [[0, 1, 3, 4], [1, 2, 4, 5], [3, 4, 6, 7], [4, 5, 7, 8]]


def test_linear_by_hand():
    assert functional.linear([1.0, 2.0], [[3.0, 4.0]], [0.5]).tolist() == [11.5]
    assert functional.linear(np.array([[1.0, 2.0]]), np.array([3.0, 4.0])).tolist() == [11]


@settings(deadline=None, max_examples=60)
@given(PAIR, PAIR, st.tuples(st.integers(0, 2), st.integers(0, 2)), PAIR, st.integers(0, 2), st.data())
def test_unfold_and_fold_are_pytorchs(kernel, dilation, padding, stride, batch, data):
    size = tuple(data.draw(st.integers(1, 7)) for _ in "HW")
    axes = list(zip(size, kernel, stride, padding, dilation, strict=True))
    assume(all(length + 2 * p > d * (k - 1) for length, k, _, p, d in axes))
    x = RNG.normal(size=(batch, 2, *size))
    options = {"dilation": dilation, "padding": padding, "stride": stride}
    tensor = torch.from_numpy(x).requires_grad_()
    theirs = torch.nn.functional.unfold(tensor, kernel, **options)
    ours = functional.unfold(x, kernel, **options)
    np.testing.assert_array_equal(ours, theirs.detach().numpy())
    assert ours.shape[2] == np.prod([output_length(*axis) for axis in axes])
    grad = RNG.normal(size=ours.shape)
    (expected,) = torch.autograd.grad(theirs, tensor, torch.from_numpy(grad))
    np.testing.assert_allclose(functional.unfold_backward(grad, x, kernel, **options), expected, atol=1e-12)
    folded = functional.fold(grad, size, kernel, **options)
    if batch:  # PyTorch's fold has no empty batches
        theirs = torch.nn.functional.fold(torch.from_numpy(grad), size, kernel, **options)
        np.testing.assert_allclose(folded, theirs, atol=1e-12)
    back = functional.fold_backward(x, grad, size, kernel, **options)
    np.testing.assert_array_equal(back, functional.unfold(x, kernel, **options))


@pytest.mark.parametrize("shape", [(3,), (2, 3), (2, 4, 3), (0, 3)])
@pytest.mark.parametrize("row", [False, True])
def test_linear_is_pytorchs(shape, row):
    arrays = [RNG.normal(size=shape), RNG.normal(size=3 if row else (5, 3))]
    if not row:
        arrays.append(RNG.normal(size=5))
    tensors = [torch.tensor(a, requires_grad=True) for a in arrays]
    output = torch.nn.functional.linear(*tensors)
    np.testing.assert_allclose(functional.linear(*arrays), output.detach().numpy(), atol=1e-12)
    grad = RNG.normal(size=output.shape)
    expected = torch.autograd.grad(output, tensors, torch.from_numpy(np.asarray(grad)))
    for ours, theirs in zip(functional.linear_backward(grad, *arrays), expected, strict=not row):
        np.testing.assert_allclose(ours, theirs.numpy(), atol=1e-12)


@settings(deadline=None, max_examples=40)
@given(PAIR, PAIR, PAIR, st.tuples(st.integers(0, 2), st.integers(0, 2)), st.sampled_from([1, 2]))
def test_transposed_convolution_is_the_adjoint(kernel, stride, dilation, padding, groups):
    """<conv(x), y> = <x, conv_transpose(y)>, with the output padding that gives x its size back."""
    x, w = RNG.normal(size=(2, 4, 9, 8)), RNG.normal(size=(6, 4 // groups, *kernel))
    options = {"stride": stride, "dilation": dilation, "padding": padding, "groups": groups}
    forward = functional.conv2d(x, w, **options)
    y = RNG.normal(size=forward.shape)
    axes = zip(x.shape[2:], kernel, stride, padding, dilation, strict=True)
    left_over = tuple((length + 2 * p - d * (k - 1) - 1) % s for length, k, s, p, d in axes)
    back = functional.conv_transpose2d(y, w, output_padding=left_over, **options)
    np.testing.assert_allclose((forward * y).sum(), (x * back).sum(), atol=1e-9)


@given(st.integers(1, 3), st.integers(1, 3))
@settings(deadline=None)
def test_a_strided_layer_is_its_toeplitz_matrix(down, right):
    image, kernel = RNG.normal(size=(6, 7)), RNG.normal(size=(3, 2))
    layer = functional.conv2d(image[None, None], kernel[None, None], stride=(down, right))
    T = convolution_matrix(np.flip(kernel), image.shape, "valid", stride=(down, right))
    np.testing.assert_allclose(layer.ravel(), T @ image.ravel(), atol=1e-12)


def test_a_layer_correlates():
    signal, kernel = RNG.normal(size=9), RNG.normal(size=3)
    layer = functional.conv1d(signal[None], kernel[None, None])[0]
    np.testing.assert_allclose(layer, correlate(signal, kernel, "valid"))
    np.testing.assert_allclose(layer, convolve(signal, kernel[::-1], "valid"))


@given(st.integers(-9, 9), st.integers(-9, 9))
@settings(deadline=None, max_examples=20)
def test_circular_padding_makes_layers_commute_with_shifts(down, right):
    image, kernel = RNG.normal(size=(1, 2, 8, 9)), RNG.normal(size=(3, 2, 3, 3))

    def layer(x):
        return functional.conv2d(np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)), mode="wrap"), kernel)

    moved = np.roll(image, (down, right), axis=(2, 3))
    np.testing.assert_allclose(layer(moved), np.roll(layer(image), (down, right), axis=(2, 3)), atol=1e-12)


def test_a_convolution_over_the_whole_image_is_a_linear_layer():
    x, w = RNG.normal(size=(4, 3, 5, 5)), RNG.normal(size=(7, 3, 5, 5))
    layer = functional.conv2d(x, w)
    np.testing.assert_allclose(layer[:, :, 0, 0], functional.linear(x.reshape(4, -1), w.reshape(7, -1)))

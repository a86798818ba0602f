"""What the convolution family refuses, in which words; and what it leaves alone."""

import subprocess
import sys

import numpy as np
import pytest
import torch

from cnnbook import functional

IMAGE, KERNEL = np.ones((1, 3, 8, 8)), np.ones((6, 3, 3, 3))


@pytest.mark.parametrize(
    ("arguments", "options", "message"),
    [
        (
            (IMAGE, np.ones((6, 4, 3, 3))),
            {},
            r"^conv2d: input has 3 channels but weight expects 4 \(groups=1\); "
            r"shapes \(1, 3, 8, 8\) and \(6, 4, 3, 3\)$",
        ),
        ((IMAGE[0, 0], KERNEL), {}, r"conv2d: input must have 4 dimensions .* or 3 .*, got shape \(8, 8\)"),
        ((IMAGE, KERNEL[0]), {}, r"conv2d: weight must have 4 dimensions, got shape \(3, 3, 3\)"),
        (
            (IMAGE, KERNEL, np.ones(5)),
            {},
            r"conv2d: bias must have shape \(6,\), one value a kernel, got \(5,\)",
        ),
        ((IMAGE, KERNEL), {"stride": 0}, "conv2d: stride must be at least 1, got 0"),
        ((IMAGE, KERNEL), {"stride": (1, 2, 3)}, "conv2d: stride must be one integer or 2 of them"),
        ((IMAGE, KERNEL), {"padding": -1}, "conv2d: padding must be at least 0, got -1"),
        ((IMAGE, KERNEL), {"padding": "full"}, "padding must be integers, 'same' or 'valid', got 'full'"),
        ((IMAGE, KERNEL), {"padding": "same", "stride": 2}, r"'same' needs stride 1, got stride \(2, 2\)"),
        ((IMAGE, KERNEL), {"dilation": 4}, "it spans 9 .kernel 3, dilation 4., the input 8 plus padding 0"),
        ((IMAGE, KERNEL), {"groups": 0}, "conv2d: groups must be at least 1, got 0"),
        ((IMAGE, np.ones((5, 1, 3, 3))), {"groups": 3}, "5 kernels cannot be dealt out to 3 groups evenly"),
        ((IMAGE, np.ones((0, 3, 3, 3))), {}, r"weight must not be empty, got shape \(0, 3, 3, 3\)"),
        ((IMAGE[:, :, :0], KERNEL), {}, r"input must not be empty along a spatial axis, got \(1, 3, 0, 8\)"),
        ((IMAGE, KERNEL), {"padding": 2**40}, r"conv2d: output of shape .* would need [\d,]+ GiB"),
    ],
)
def test_values_that_make_no_layer(arguments, options, message):
    with pytest.raises(ValueError, match=message):
        functional.conv2d(*arguments, **options)


@pytest.mark.parametrize(
    ("arguments", "options", "message"),
    [
        ((IMAGE, KERNEL.astype(np.float32)), {}, "one dtype, got input float64, weight float32"),
        ((IMAGE.astype(bool), KERNEL), {}, "input must hold numbers, got dtype bool"),
        ((IMAGE, KERNEL), {"stride": 1.0}, "stride must be an integer, got 1.0"),
        ((IMAGE, KERNEL), {"padding": True}, "padding must be an integer, got True"),
        ((IMAGE, KERNEL), {"groups": "3"}, "groups must be an integer, got '3'"),
    ],
)
def test_types_that_make_no_layer(arguments, options, message):
    with pytest.raises(TypeError, match=f"conv2d: .*{message}"):
        functional.conv2d(*arguments, **options)


def test_the_operator_that_was_called_is_the_one_that_is_named():
    for n in (1, 2, 3):
        size = (4,) * n
        with pytest.raises(ValueError, match=f"^conv{n}d: "):
            getattr(functional, f"conv{n}d")(np.ones((1, 2, *size)), np.ones((1, 1, *size)))
        with pytest.raises(ValueError, match=f"^conv_transpose{n}d: "):
            getattr(functional, f"conv_transpose{n}d")(np.ones((1, 2, *size)), np.ones((1, 1, *size)))
        backward = getattr(functional, f"conv{n}d_backward")
        with pytest.raises(ValueError, match=f"^conv{n}d_backward: grad_output must have shape"):
            backward(np.ones((1, 1, *size)), np.ones((1, 1, *size)), np.ones((1, 1, *size)))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda f: f.conv_transpose2d(IMAGE, KERNEL), "input has 3 channels but weight expects 6"),
        (lambda f: f.conv_transpose1d(np.ones((1, 1, 1)), np.ones((1, 1, 1)), padding=1), "nothing is left"),
        (
            lambda f: f.conv_transpose1d(np.ones((1, 1, 4)), np.ones((1, 1, 3)), output_padding=1),
            "output_padding must be smaller than stride or dilation",
        ),
        (lambda f: f.unfold(IMAGE, 9), "unfold: .* a window of 9 .* does not fit into 8 positions"),
        (lambda f: f.unfold(IMAGE[:, :0], 3), "unfold: only the batch may be empty"),
        (lambda f: f.unfold(IMAGE, (3, 0)), "unfold: kernel_size must be at least 1, got"),
        (lambda f: f.fold(np.ones((1, 5, 4)), 3, 2), r"fold: input must have a multiple of 4 rows"),
        (lambda f: f.fold(np.ones((1, 4, 5)), 3, 2), r"and 4 columns .window positions in \(3, 3\)"),
        (lambda f: f.fold_backward(np.ones((1, 3, 4)), np.ones((4, 4)), 3, 2), "must end in output_size"),
        (lambda f: f.unfold_backward(np.ones((4, 4)), np.ones((2, 3, 3)), 2), "grad_output fits an input of"),
        (lambda f: f.linear(np.ones((2, 3)), np.ones((4, 2))), "linear: input must end in the weight's 2"),
        (lambda f: f.linear(np.ones(2), np.ones((4, 2)), np.ones(3)), r"bias must have shape \(4,\)"),
        (lambda f: f.linear(np.ones(2), np.ones((4, 2, 2))), "weight must have shape"),
        (lambda f: f.linear_backward(np.ones(3), np.ones(2), np.ones((4, 2))), "grad_output must have shape"),
    ],
)
def test_the_rest_of_the_family_refuses_too(call, message):
    with pytest.raises(ValueError, match=message):
        call(functional)


def test_gradients_must_be_floating_point():
    with pytest.raises(TypeError, match="conv2d_backward: grad_output must hold floating-point numbers"):
        functional.conv2d_backward(np.ones((1, 6, 6, 6), int), IMAGE, KERNEL)


def test_dtypes_are_kept_and_inputs_left_alone():
    for dtype in (np.float16, np.float32, np.float64, np.int64, np.int32, np.complex64):
        x, w = np.ones((2, 3, 6, 6), dtype), np.ones((4, 3, 3, 3), dtype)
        x.flags.writeable = w.flags.writeable = False
        result = functional.conv2d(x, w, np.ones(4, dtype))
        assert result.dtype == dtype
        assert (result == 28).all()
        assert functional.conv_transpose2d(result, w).dtype == dtype


def test_float16_sums_are_made_in_float32():
    x, w = np.ones((1, 64, 9, 9), np.float16), np.full((1, 64, 9, 9), 0.1, np.float16)
    theirs = torch.nn.functional.conv2d(torch.from_numpy(x), torch.from_numpy(w)).numpy()
    np.testing.assert_array_equal(functional.conv2d(x, w), theirs)
    gradients = functional.conv2d_backward(theirs, x, w)
    assert [g.dtype for g in gradients[:2]] == [np.float16, np.float16]


def test_views_work_like_copies():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(9, 8, 3, 2)).transpose(3, 2, 0, 1)[..., ::-1]
    w = rng.normal(size=(3, 3, 3, 4)).T[:, ::-1]
    for method in ("auto", "im2col", "direct", "fft", "winograd"):
        same = functional.conv2d(np.ascontiguousarray(x), np.ascontiguousarray(w), method=method)
        np.testing.assert_allclose(functional.conv2d(x, w, method=method), same, rtol=1e-12, atol=1e-12)


def test_empty_batches_and_single_images():
    assert functional.conv2d(IMAGE[:0], KERNEL).shape == (0, 6, 6, 6)
    assert functional.conv2d(IMAGE[0], KERNEL).shape == (6, 6, 6)
    gradients = functional.conv2d_backward(np.ones((0, 6, 6, 6)), IMAGE[:0], KERNEL, np.ones(6))
    assert [g.shape for g in gradients] == [(0, 3, 8, 8), (6, 3, 3, 3), (6,)]
    assert not gradients[1].any()
    assert not gradients[2].any()


def test_no_warning_comes_from_infinities():
    x = np.full((1, 1, 4, 4), np.inf)
    x[0, 0, 0, 0] = -np.inf
    assert np.isnan(functional.conv2d(x, np.ones((1, 1, 2, 2)))[0, 0, 0, 0])
    functional.conv2d_backward(x[:, :, :3, :3], x, np.ones((1, 1, 2, 2)))
    functional.conv_transpose2d(x, np.zeros((1, 1, 2, 2)))


def test_neither_torch_nor_matplotlib_is_needed():
    code = "import cnnbook.functional, sys; sys.exit('torch' in sys.modules or 'matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

"""The methods of `conv2d`: they agree, they are accurate, they say no, and `auto` chooses well."""

import contextlib
import itertools
import tracemalloc

import numpy as np
import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cnnbook import functional
from cnnbook.functional.methods.choose import METHODS, WORKSPACE

RNG = np.random.default_rng(0)
ONES = {"input": np.ones((1, 2, 5, 5)), "weight": np.ones((4, 2, 3, 3))}


def distance(ours, theirs):
    """Return the norm-wise relative difference."""
    ours, theirs = np.asarray(ours, np.float64), np.asarray(theirs, np.float64)
    return np.linalg.norm(ours - theirs) / (np.linalg.norm(theirs) + 1e-300)


def truth(x, w, **options):
    """Return PyTorch's answer in float64."""
    tensors = (torch.from_numpy(np.ascontiguousarray(a, np.float64)) for a in (x, w))
    return torch.nn.functional.conv2d(*tensors, **options).numpy()


def can(method, x, w, **options):
    """Return whether a method takes a layer; a refusal must name those that do."""
    with contextlib.suppress(ValueError):
        functional.conv2d(x, w, method=method, **options)
        return True
    with pytest.raises(ValueError, match="im2col and direct can"):
        functional.conv2d(x, w, method=method, **options)
    return False


@pytest.mark.parametrize("method", ["loop", "im2col", "direct", "fft", "winograd", "winograd2x2"])
def test_every_method_sums_nine_ones(method):
    image = np.arange(16.0).reshape(1, 1, 4, 4)
    sums = functional.conv2d(image, np.ones((1, 1, 3, 3)), method=method)
    np.testing.assert_allclose(sums, [[[[45, 54], [81, 90]]]], rtol=1e-12)


def test_special_methods_by_hand():
    pixels = np.array([1.0, 2.0, 3.0, 4.0]).reshape(1, 2, 1, 2)
    kernels = np.array([[10.0, 1.0]]).reshape(1, 2, 1, 1)
    assert functional.conv2d(pixels, kernels, method="pointwise").ravel().tolist() == [13, 24]
    assert functional.conv2d(pixels, np.ones((1, 2, 1, 2)), method="whole").ravel().tolist() == [10]
    twice = np.array([1.0, 2.0]).reshape(2, 1, 1, 1)
    assert functional.conv2d(pixels, twice, groups=2, method="depthwise").ravel().tolist() == [1, 2, 6, 8]


@settings(deadline=None, max_examples=100)
@given(st.data())
def test_all_methods_agree_with_the_loop(data):
    """Random layers of every kind, with the kinds that special methods need among them."""
    draw = data.draw
    kernel = draw(st.sampled_from([(1, 1), (3, 3), (3, 3), (5, 5), (2, 3), (5, 4)]))
    plain = draw(st.booleans())
    stride = (1, 1) if plain else (draw(st.integers(1, 3)), draw(st.integers(1, 3)))
    dilation = (1, 1) if plain else (draw(st.integers(1, 2)), draw(st.integers(1, 3)))
    padding = (draw(st.integers(0, 2)), draw(st.integers(0, 2)))
    groups, c, k = draw(st.sampled_from([(1, 3, 4), (1, 2, 1), (2, 1, 3), (3, 2, 1)]))
    size = tuple(draw(st.integers(1, 9)) for _ in "HW")
    spans = [d * (r - 1) + 1 - 2 * p for d, r, p in zip(dilation, kernel, padding, strict=True)]
    assume(all(length >= span for length, span in zip(size, spans, strict=True)))
    x = RNG.normal(size=(draw(st.integers(1, 3)), groups * c, *size))
    w = RNG.normal(size=(groups * k, c, *kernel))
    options = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
    expected = functional.conv2d(x, w, method="loop", **options)
    tolerance = 1e-13 * np.linalg.norm(x) * np.linalg.norm(w)
    np.testing.assert_allclose(expected, truth(x, w, **options), atol=tolerance)
    able = [method for method in METHODS if can(method, x, w, **options)]
    assert {"im2col", "direct", "fft"} <= set(able)
    for method in [*able, "auto"]:
        result = functional.conv2d(x, w, method=method, **options)
        np.testing.assert_allclose(result, expected, atol=tolerance, err_msg=method)


@pytest.mark.parametrize(
    "method", [m for m in METHODS if m not in ("loop", "pointwise", "whole", "depthwise")]
)
@pytest.mark.parametrize(("C", "H", "K"), [(3, 32, 16), (64, 28, 64), (256, 14, 256)])
def test_float32_is_accurate(method, C, H, K):
    x = RNG.normal(size=(2, C, H, H)).astype(np.float32)
    w = RNG.normal(size=(K, C, 3, 3)).astype(np.float32)
    result = functional.conv2d(x, w, padding=1, method=method)
    assert result.dtype == np.float32
    assert distance(result, truth(x, w, padding=1)) < (1e-4 if method == "winograd" else 1e-5)


def test_blocks_meet_at_their_seams(monkeypatch):
    """With blocks of a few rows, images and kernels, every method still gives the same answer."""
    for module in ("blocks", "direct", "winograd"):
        monkeypatch.setattr(f"cnnbook.functional.methods.{module}.BLOCK_BYTES", 2**12)
    for module in ("depthwise", "winograd"):
        monkeypatch.setattr(f"cnnbook.functional.methods.{module}.CACHE_BYTES", 2**11)
    monkeypatch.setattr("cnnbook.functional.methods.fft.SPECTRUM_BYTES", 2**12)
    x, w = RNG.normal(size=(5, 6, 21, 19)), RNG.normal(size=(8, 6, 3, 3))
    for method in ("im2col", "direct", "fft", "winograd", "winograd2x2"):
        assert distance(functional.conv2d(x, w, padding=1, method=method), truth(x, w, padding=1)) < 1e-12
    w = RNG.normal(size=(12, 1, 3, 3))
    for method in ("im2col", "direct", "fft", "depthwise"):
        options = {"padding": 1, "groups": 6}
        assert distance(functional.conv2d(x, w, method=method, **options), truth(x, w, **options)) < 1e-12
    gradient = RNG.normal(size=truth(x, w, **options).shape)
    sizes = {"conv2d_backward": (gradient, x, w), "conv_transpose2d": (gradient, w)}
    back, there = (getattr(functional, name)(*arrays, **options) for name, arrays in sizes.items())
    np.testing.assert_allclose(back[0], there, atol=1e-12)
    np.testing.assert_allclose((back[0] * x).sum(), (back[1] * w).sum())


@pytest.mark.parametrize(
    ("method", "change", "message"),
    [
        ("winograd", {"stride": 2}, r"'winograd' computes 3 x 3 .* got kernel \(3, 3\), .* stride \(2, 2\)"),
        ("winograd", {"weight": np.ones((4, 2, 3, 2))}, r"got kernel \(3, 2\)"),
        ("pointwise", {}, r"'pointwise' computes 1 x 1 kernels without padding, got kernel \(3, 3\)"),
        ("whole", {}, r"'whole' computes kernels of the image's size .* got kernel \(3, 3\) on \(5, 5\)"),
        ("depthwise", {}, r"'depthwise' needs one channel a group, got 2 \(groups=1\)"),
        (
            "fft",
            {k: v.astype(int) for k, v in ONES.items()},
            "'fft' rounds, so it takes floating-point arrays",
        ),
        ("gemm", {}, "method must be one of auto, loop, im2col, .* got 'gemm'"),
    ],
)
def test_a_method_that_cannot_says_which_can(method, change, message):
    with pytest.raises(ValueError, match=message):
        functional.conv2d(**{**ONES, **change}, method=method)


def test_auto_is_the_cheapest_that_the_model_knows():
    shapes = itertools.product([1, 16, 256], [8, 28, 224], [1, 3, 7])
    for C, size, kernel in shapes:
        layer = ((1, C, size, size), (64, C, kernel, kernel))
        costs = functional.method_costs(*layer, padding=kernel // 2)
        assert functional.choose_method(*layer, padding=kernel // 2) == min(costs, key=costs.get)
        exact = functional.choose_method(*layer, padding=kernel // 2, exact=True)
        assert exact not in ("fft", "winograd")


def test_exact_keeps_whole_numbers_whole():
    x = RNG.integers(-9, 9, size=(2, 256, 28, 28)).astype(np.float32)
    w = RNG.integers(-9, 9, size=(256, 256, 3, 3)).astype(np.float32)
    assert functional.choose_method(x.shape, w.shape, padding=1) == "winograd"
    np.testing.assert_array_equal(functional.conv2d(x, w, padding=1, exact=True), truth(x, w, padding=1))


def test_one_infinity_stays_where_it_is_seen():
    x = RNG.normal(size=(2, 256, 28, 28)).astype(np.float32)
    w = RNG.normal(size=(64, 256, 3, 3)).astype(np.float32)
    x[0, 0, 10, 10] = np.inf
    result = functional.conv2d(x, w, padding=1)
    seen = np.zeros((28, 28), bool)
    seen[9:12, 9:12] = True
    np.testing.assert_array_equal(
        np.isfinite(result), np.broadcast_to(~seen, result.shape) | (np.arange(2) == 1)[:, None, None, None]
    )
    assert distance(result[1], truth(x[1], w, padding=1)) < 1e-5


def test_auto_drops_winograd_where_sums_cancel():
    """An edge filter on a bright flat image: everything cancels, and only rounding would be left."""
    x = 1000 + RNG.normal(size=(2, 256, 28, 28)).astype(np.float32)
    w = np.repeat(RNG.normal(size=(256, 256, 1, 1)), 9, axis=1).reshape(256, 256, 3, 3).astype(np.float32)
    w -= w.mean(axis=(2, 3), keepdims=True)
    w[:, :, 0, 0], w[:, :, 2, 2] = 1, -1
    assert functional.choose_method(x.shape, w.shape) == "winograd"
    expected = truth(x, w)
    assert distance(functional.conv2d(x, w, method="winograd"), expected) > 1e-4
    assert distance(functional.conv2d(x, w), expected) < 1e-4


@pytest.mark.parametrize(
    ("x", "w", "options"),
    [
        ((1, 64, 300, 301), (64, 64, 3, 3), {"padding": 1}),
        ((1, 512, 14, 14), (512, 512, 3, 3), {"padding": 1}),
        ((64, 3, 64, 64), (256, 3, 5, 5), {}),
        ((1, 2, 40, 60000), (2, 2, 11, 11), {"padding": 5}),
        ((2, 4, 40, 40), (8, 4, 3, 3), {"padding": 2000, "dilation": 2000, "stride": 100}),
        ((1, 1, 2500, 2500), (1, 1, 3, 3), {}),
        ((8, 64, 33, 33), (64, 64, 31, 31), {"padding": 15}),
    ],
)
def test_auto_stays_within_its_workspace(x, w, options):
    x, w = RNG.normal(size=x).astype(np.float32), np.ones(w, np.float32)
    tracemalloc.start()
    result = functional.conv2d(x, w, **options)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak - result.nbytes <= WORKSPACE

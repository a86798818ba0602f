import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnbook import functional


def test_values_done_by_hand():
    channels = np.arange(8).reshape(1, 8, 1, 1)
    np.testing.assert_array_equal(
        functional.pixel_shuffle(channels, 2), [[[[0, 1], [2, 3]], [[4, 5], [6, 7]]]]
    )
    np.testing.assert_array_equal(functional.flatten([[1, 2], [3, 4]]), [1, 2, 3, 4])
    assert functional.flatten(np.zeros(())).shape == (1,)


def test_refusals():
    image = np.zeros((1, 3, 3))
    for name, arguments, message in [
        (
            "pixel_shuffle",
            (image, 2),
            r"input must have a multiple of upscale_factor\*\*2 = 4 channels, got 1",
        ),
        ("pixel_shuffle", (image, 0), "upscale_factor must be at least 1, got 0"),
        ("pixel_shuffle", (image[0], 1), r"input must have at least 3 dimensions, got shape \(3, 3\)"),
        ("pixel_unshuffle", (image, 2), "downscale_factor 2 must divide the input's rows and columns"),
        ("pixel_unshuffle", (image, 1.0), "downscale_factor must be an integer, got 1.0"),
        ("flatten", (image, 1, 0), "start_dim must not come after end_dim, got 1 and 0"),
        ("flatten", (image, 0, 3), "end_dim must be from -3 to 2, got 3"),
    ]:
        with pytest.raises((ValueError, TypeError), match=f"^{name}: {message}"):
            getattr(functional, name)(*arguments)


@given(st.lists(st.integers(0, 3), max_size=4), st.data())
def test_flatten_agrees_with_pytorch(against_torch, numbers, shape, data):
    axes = max(1, len(shape))
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, axes - 1)] * 2)))
    against_torch("flatten", numbers(0, shape), start, end - axes)


@given(
    st.lists(st.integers(1, 2), max_size=2),
    st.integers(1, 3),
    st.integers(1, 3),
    st.integers(1, 3),
    st.integers(1, 3),
)
def test_shuffling_agrees_with_pytorch_and_undoes_itself(against_torch, numbers, leading, C, H, W, r):
    channels, pixels = (*leading, C * r * r, H, W), (*leading, C, H * r, W * r)
    x = numbers(0, channels)
    shuffled = against_torch("pixel_shuffle", x, r)
    assert shuffled.shape == pixels
    np.testing.assert_array_equal(against_torch("pixel_unshuffle", shuffled, r), x)


def test_empty_batches_and_any_dtype(against_torch):
    empty = np.zeros((0, 4, 3, 3))
    against_torch("pixel_shuffle", empty, 2, gradients="")  # PyTorch's own gradient has the wrong shape here
    assert functional.pixel_shuffle_backward(np.zeros((0, 1, 6, 6)), empty, 2).shape == empty.shape
    against_torch("pixel_shuffle", np.arange(4, dtype=np.uint8).reshape(4, 1, 1), 2, gradients="")
    assert functional.pixel_unshuffle(np.zeros((0, 1, 4, 4)), 2).shape == (0, 4, 2, 2)

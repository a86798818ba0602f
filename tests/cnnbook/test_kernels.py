import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import ndimage

from cnnbook.convolution import convolve, correlate
from cnnbook.kernels import box, emboss, gaussian, identity, laplacian, prewitt, separate, sharpen, sobel

IMAGE = np.random.default_rng(3).random((7, 9))


def test_box_averages_a_speck_by_hand():
    speck = np.zeros((3, 3))
    speck[0, 2] = 9
    assert correlate(speck, box(3), mode="valid") == pytest.approx(1)


def test_sharpen_triples_a_step_by_hand():
    step = np.tile([3, 3, 3, 6, 6, 6], (3, 1))
    assert correlate(step, sharpen(), mode="valid").tolist() == [[3, 0, 9, 6]]


def test_laplacian_of_a_slope_is_zero():
    slope = np.add.outer(2 * np.arange(4), 3 * np.arange(5))
    assert not correlate(slope, laplacian(), mode="valid").any()


def test_identity_changes_nothing():
    assert np.array_equal(correlate(IMAGE, identity(5), mode="same"), IMAGE)


def test_emboss_keeps_flat_areas_and_lights_the_upper_left():
    bump = np.ones((7, 7))
    bump[2:5, 2:5] = 2
    lit = correlate(bump, emboss(), mode="same")
    assert lit[3, 3] == 2
    assert lit[2, 2] > 2 > lit[4, 4]


@pytest.mark.parametrize("axis", [0, 1])
@pytest.mark.parametrize(("kernel", "oracle"), [(sobel, ndimage.sobel), (prewitt, ndimage.prewitt)])
def test_edges_are_scipys(kernel, oracle, axis):
    ours = correlate(IMAGE, kernel(axis), mode="same")
    np.testing.assert_allclose(ours, oracle(IMAGE, axis=axis, mode="constant"), atol=1e-12)


def test_laplacian_is_scipys():
    np.testing.assert_allclose(
        correlate(IMAGE, laplacian(), mode="same"), ndimage.laplace(IMAGE, mode="constant"), atol=1e-12
    )


@pytest.mark.parametrize("size", [1, 3, 5])
def test_box_is_scipys(size):
    blurred = ndimage.uniform_filter(IMAGE, size, mode="constant")
    np.testing.assert_allclose(correlate(IMAGE, box(size), mode="same"), blurred, atol=1e-12)


@pytest.mark.parametrize(("size", "sigma"), [(3, 0.5), (5, 1.0), (7, 2.5)])
def test_gaussian_is_scipys(size, sigma):
    blurred = ndimage.gaussian_filter(IMAGE, sigma, mode="constant", radius=size // 2)
    np.testing.assert_allclose(correlate(IMAGE, gaussian(size, sigma), mode="same"), blurred, atol=1e-12)


@pytest.mark.parametrize("function", [identity, box])
@pytest.mark.parametrize("size", [0, 4, -3])
def test_sizes_without_a_middle_are_refused(function, size):
    with pytest.raises(ValueError, match=f"{function.__name__}: size is {size}, expected a positive"):
        function(size)


def test_gaussian_refuses():
    with pytest.raises(ValueError, match="gaussian: size is 6"):
        gaussian(6, 1)
    for sigma in (0, -1, float("nan")):
        with pytest.raises(ValueError, match=f"gaussian: sigma is {sigma}"):
            gaussian(5, sigma)


@pytest.mark.parametrize("function", [sobel, prewitt])
def test_axes_are_refused(function):
    with pytest.raises(ValueError, match=f"{function.__name__}: axis is 2, expected 0"):
        function(2)


@pytest.mark.parametrize("kernel", [laplacian(), sharpen()])
def test_separate_refuses_rank_two(kernel):
    with pytest.raises(ValueError, match="separate: kernel has rank 2, expected rank one"):
        separate(kernel)


@pytest.mark.parametrize("shape", [(3,), (0, 3), (1, 3, 3)])
def test_separate_refuses_what_is_no_grid(shape):
    with pytest.raises(ValueError, match=r"separate: kernel has shape .*, expected rows and columns"):
        separate(np.ones(shape))


@pytest.mark.parametrize("kernel", [identity(), box(), gaussian(5, 1), laplacian(), sharpen()])
def test_half_turn_symmetric_kernels_do_not_care_about_the_flip(kernel):
    np.testing.assert_allclose(convolve(IMAGE, kernel), correlate(IMAGE, kernel), atol=1e-12)


@given(
    arrays(np.int64, st.integers(1, 6), elements=st.integers(-9, 9)),
    arrays(np.int64, st.integers(1, 6), elements=st.integers(-9, 9)),
)
def test_every_outer_product_is_separated(column, row):
    kernel = np.outer(column, row)
    assert np.allclose(np.outer(*separate(kernel)), kernel)


@given(st.integers(0, 5).map(lambda n: 2 * n + 1), st.floats(0.2, 5))
def test_blurs_keep_the_total(size, sigma):
    assert box(size).sum() == pytest.approx(1)
    assert gaussian(size, sigma).sum() == pytest.approx(1)

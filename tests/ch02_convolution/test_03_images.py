"""The claims of section 2.3, on images."""

from fractions import Fraction

import numpy as np
import pytest
import torch
from scipy import signal
from sklearn.datasets import load_sample_image

from cnnbook.convolution import convolve, correlate
from cnnbook.data import photograph
from cnnbook.facts import text
from cnnbook.functional import conv2d
from cnnbook.kernels import box, emboss, gaussian, identity, laplacian, prewitt, separate, sharpen, sobel

PICTURE = np.zeros((5, 6), int)
PICTURE[:, 4:] = 9
PICTURE[1, 1] = 9

ROOF = photograph("china")[25:185, 125:285]
FLOWER = photograph("flower")[100:260, 225:385]
SOFT_FLOWER = signal.correlate2d(photograph("flower")[138:242, 253:357], gaussian(5, sigma=0.7), mode="valid")


def test_the_average_of_nine_by_hand():
    assert PICTURE[2:5, 2:5].tolist() == [[0, 0, 9]] * 3
    averages = correlate(PICTURE, np.ones((3, 3), int), mode="valid") / 9
    assert averages.tolist() == [[1, 1, 3, 6], [1, 1, 3, 6], [0, 0, 3, 6]]
    np.testing.assert_allclose(convolve(PICTURE, box(3), mode="valid"), averages)


def test_the_photograph_has_the_size_stated():
    rows, columns, channels = load_sample_image("china.jpg").shape
    assert channels == 3
    assert [text(f"photo-{name}") for name in ("rows", "columns")] == [f"{rows}", f"{columns}"]
    assert text("photo-pixels") == f"{rows * columns:,}"
    assert photograph("china").min() >= 0
    assert photograph("china").max() <= 1


def test_both_strong_blurs_spread_equally_far():
    def spread(kernel):
        distance = np.arange(len(kernel)) - len(kernel) // 2
        return np.sqrt(kernel.sum(axis=0) @ distance**2)

    assert spread(box(9)) == pytest.approx(spread(gaussian(17, sigma=2.6)), rel=0.01)


def test_a_bright_point_becomes_a_square_or_a_round_spot():
    point = np.zeros((17, 17))
    point[8, 8] = 1
    square = correlate(point, box(9), mode="same")
    assert set(square.round(9).ravel()) == {0, round(1 / 81, 9)}
    spot = correlate(point, gaussian(17, sigma=2.6), mode="same")
    assert spot[8, 8 + 5] == pytest.approx(spot[8 + 3, 8 + 4])  # 5 away, along the row and at a slant


def test_sharpening_a_step_by_hand():
    step = np.tile([3, 3, 3, 6, 6, 6], (3, 1))
    assert signal.correlate2d(step, sharpen(), mode="valid").tolist() == [[3, 0, 9, 6]]
    assert sharpen().sum() == 1


def test_sharpening_overshoots_as_stated():
    sharp = signal.correlate2d(SOFT_FLOWER, sharpen(), mode="valid")
    assert SOFT_FLOWER.min() > 0
    assert SOFT_FLOWER.max() < 1
    assert text("sharpened-below") == f"{-sharp.min():.2f}" == "0.21"
    assert text("sharpened-above") == f"{sharp.max() - 1:.2f}" == "0.03"


def test_sobel_on_an_edge_by_hand():
    assert correlate([[3, 3, 6]] * 3, sobel(axis=1), mode="valid") == 12
    assert correlate([[6, 3, 3]] * 3, sobel(axis=1), mode="valid") == -12
    assert sobel(axis=1).sum() == sobel(axis=0).sum() == prewitt(axis=0).sum() == laplacian().sum() == 0


def test_half_of_the_edge_strength_is_negative():
    edges = signal.correlate2d(ROOF, sobel(axis=1), mode="valid")
    share = np.abs(edges[edges < 0]).sum() / np.abs(edges).sum()
    assert text("sobel-negative-share") == f"{share:.0%}"
    assert 0.4 < share < 0.6


def test_the_printed_formulas():
    x, w = np.random.default_rng(1).integers(-9, 9, (5, 7)), emboss()
    (R, S), (P, Q) = w.shape, (3, 5)
    places = [(r, s) for r in range(R) for s in range(S)]
    unflipped = [[sum(x[p + r, q + s] * w[r, s] for r, s in places) for q in range(Q)] for p in range(P)]
    flipped = [
        [sum(x[p + r, q + s] * w[R - 1 - r, S - 1 - s] for r, s in places) for q in range(Q)]
        for p in range(P)
    ]
    assert correlate(x, w, mode="valid").tolist() == unflipped
    assert convolve(x, w, mode="valid").tolist() == flipped


def test_layers_do_not_flip_and_scipy_does():
    layer = torch.nn.functional.conv2d(
        torch.tensor(FLOWER)[None, None], torch.tensor(emboss() * 1.0)[None, None]
    )
    ours = conv2d(FLOWER[None], emboss()[None, None].astype(float))
    np.testing.assert_allclose(ours, layer[0], atol=1e-12)
    np.testing.assert_allclose(layer[0, 0], correlate(FLOWER, emboss(), mode="valid"), atol=1e-12)
    scipys = signal.convolve2d(FLOWER, emboss(), mode="valid")
    np.testing.assert_allclose(scipys, convolve(FLOWER, emboss(), mode="valid"), atol=1e-12)
    assert np.abs(scipys - layer[0, 0].numpy()).max() > 1
    turned = signal.convolve2d(FLOWER, emboss()[::-1, ::-1], mode="valid")
    np.testing.assert_allclose(turned, layer[0, 0], atol=1e-12)
    np.testing.assert_allclose(signal.correlate2d(FLOWER, emboss(), mode="valid"), layer[0, 0], atol=1e-12)


def test_for_which_kernels_the_flip_matters():
    for kernel in (box(3), gaussian(5, 1), sharpen(), laplacian()):
        assert np.array_equal(kernel, np.flip(kernel))
        np.testing.assert_allclose(convolve(ROOF, kernel), correlate(ROOF, kernel), atol=1e-12)
    np.testing.assert_allclose(convolve(ROOF, sobel(1)), -correlate(ROOF, sobel(1)), atol=1e-12)
    assert not np.allclose(np.abs(convolve(ROOF, emboss())), np.abs(correlate(ROOF, emboss())))


def test_a_layer_that_flips_learns_the_same_weights_turned():
    image = torch.tensor(ROOF)[None, None]
    wanted = torch.nn.functional.conv2d(image, torch.tensor(emboss() * 1.0)[None, None])
    start = torch.randn(1, 1, 3, 3, dtype=torch.double, generator=torch.Generator().manual_seed(0))
    learned = []
    for flips in (False, True):
        weight = start.flip(2, 3).clone() if flips else start.clone()
        weight.requires_grad_()
        for _ in range(50):
            output = torch.nn.functional.conv2d(image, weight.flip(2, 3) if flips else weight)
            (slope,) = torch.autograd.grad(((output - wanted) ** 2).mean(), weight)
            weight = (weight - 0.05 * slope).detach().requires_grad_()
        learned.append(weight.detach())
    torch.testing.assert_close(learned[1], learned[0].flip(2, 3))
    assert not torch.allclose(learned[0], start, atol=0.1)


def test_one_pixel_prints_the_kernel():
    pixel = np.zeros((5, 5), int)
    pixel[2, 2] = 1
    assert np.array_equal(convolve(pixel, emboss(), mode="same")[1:4, 1:4], emboss())
    assert np.array_equal(correlate(pixel, emboss(), mode="same")[1:4, 1:4], emboss()[::-1, ::-1])


@pytest.mark.parametrize("mode", ["full", "same", "valid"])
def test_sizes_at_the_border(mode):
    rows = {"full": 100 + 15 - 1, "same": 100, "valid": 100 - 15 + 1}[mode]
    assert correlate(np.ones((100, 100)), box(15), mode=mode).shape == (rows, rows)


def test_the_dark_rim_as_stated():
    rim = signal.convolve2d(np.ones((19, 19)), box(9), mode="same")
    assert text("rim-side") == str(Fraction(5, 9))
    assert rim[9, 0] == pytest.approx(5 / 9)
    assert text("rim-corner") == str(Fraction(25, 81))
    assert rim[0, 0] == pytest.approx(25 / 81)
    assert text("rim-width") == "4"
    assert (rim[9] < 0.999).nonzero()[0].tolist() == [0, 1, 2, 3, 15, 16, 17, 18]
    assert (correlate(np.ones((9, 9)), box(3), mode="same")[4] < 0.999).sum() == 2  # one on either side


def test_the_sky_at_the_rim_as_stated():
    sky = photograph("china")
    assert text("sky-before") == f"{sky[0].mean():.2f}"
    assert text("sky-after") == f"{signal.convolve2d(sky, box(9), mode='same')[0].mean():.2f}"


def test_an_edge_kernel_takes_the_frame_for_an_edge():
    edges = correlate(np.ones((7, 7)), sobel(axis=1), mode="same")
    assert edges[3, 0] == 4
    assert edges[3, -1] == -4
    assert not edges[1:-1, 1:-1].any()


@pytest.mark.parametrize("kernel", [box(15), gaussian(15, 2.5), sobel(1), prewitt(0), identity()])
def test_a_column_and_a_row_do_the_work_of_the_grid(kernel):
    column, row = separate(kernel)
    in_two = correlate(correlate(ROOF, column[:, None], mode="valid"), row[None], mode="valid")
    np.testing.assert_allclose(in_two, signal.correlate2d(ROOF, kernel, mode="valid"), atol=1e-12)


def test_separable_or_not():
    ranks = [
        np.linalg.matrix_rank(kernel)
        for kernel in (laplacian(), emboss(), sobel(0), np.outer([1, 2, 1], [1, 2, 1]))
    ]
    assert ranks[0] > 1
    assert ranks[1] > 1
    assert ranks[2:] == [1, 1]


def test_multiplications_as_stated():
    assert 15 * 15 == 225
    assert 15 + 15 == 30
    assert text("multiplications-at-once") == f"{427 * 640 * 225:,}"
    assert text("multiplications-in-two") == f"{427 * 640 * 30:,}"
    assert text("separable-gain") == "7.5"


def test_colour_channels_are_added_up_by_a_layer():
    colours = load_sample_image("flower.jpg")[100:140, 225:265].transpose(2, 0, 1) / 255
    weights = np.array([0.299, 0.587, 0.114])
    np.testing.assert_allclose(np.tensordot(weights, colours, 1), photograph("flower")[100:140, 225:265])
    kernels = np.random.default_rng(2).standard_normal((3, 3, 3))
    layer = torch.nn.functional.conv2d(torch.tensor(colours), torch.tensor(kernels)[None])
    each = [correlate(plane, kernel, mode="valid") for plane, kernel in zip(colours, kernels, strict=True)]
    np.testing.assert_allclose(layer[0], sum(each), atol=1e-12)


def test_exercise_1_the_speck_in_the_corner():
    moved = PICTURE.copy()
    moved[1, 1], moved[0, 0] = 0, 9
    averages = correlate(moved, np.ones((3, 3), int), mode="valid") / 9
    assert averages.tolist() == [[1, 0, 3, 6], [0, 0, 3, 6], [0, 0, 3, 6]]
    takes_part = correlate(np.ones((3, 4)), np.ones((3, 3)))
    assert takes_part[0, 0] == 1
    assert takes_part[2, 2] == 9


def test_exercise_2_a_shift():
    kernel = np.zeros((3, 3))
    kernel[1, 2] = 1
    moved = correlate(ROOF, kernel, mode="same")
    np.testing.assert_array_equal(moved[:, :-1], ROOF[:, 1:])  # to the left
    np.testing.assert_array_equal(convolve(ROOF, kernel, mode="same")[:, 1:], ROOF[:, :-1])  # to the right


def test_exercise_3_two_filters_are_one():
    half, minus = np.array([0.5, 0.5]), np.array([-1, 1])
    blurred = correlate([0, 0, 4, 4], half, mode="valid")
    assert blurred.tolist() == [0, 2, 4]
    assert correlate(blurred, minus, mode="valid").tolist() == [2, 2]
    assert convolve(half, minus).tolist() == [-0.5, 0, 0.5]
    assert correlate([0, 0, 4, 4], convolve(half, minus), mode="valid").tolist() == [2, 2]


def test_exercise_4_unsharp_masking():
    kernel = (18 * identity() - np.ones((3, 3), int)) / 9
    assert kernel.sum() == pytest.approx(1)
    unsharp = correlate(SOFT_FLOWER, kernel, mode="valid")
    middle, average = SOFT_FLOWER[1:-1, 1:-1], correlate(SOFT_FLOWER, box(3), mode="valid")
    np.testing.assert_allclose(unsharp, middle + (middle - average))
    sharp = correlate(SOFT_FLOWER, sharpen(), mode="valid")
    four = correlate(SOFT_FLOWER, np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]]) / 4, mode="valid")
    np.testing.assert_allclose(sharp, middle + 4 * (middle - four))
    assert np.abs(unsharp - middle).mean() < np.abs(sharp - middle).mean()


def test_exercise_5_where_separating_pays():
    assert [size for size in range(1, 9) if 2 * size < size**2] == [3, 4, 5, 6, 7, 8]
    assert np.array_equal(np.outer([1, 2, 1], [1, 2, 1]), [[1, 2, 1], [2, 4, 2], [1, 2, 1]])

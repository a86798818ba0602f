"""The claims of section 2.4, convolution as a layer."""

from pathlib import Path

import numpy as np
import pytest
import torch
from scipy.linalg import toeplitz

from cnnbook.convolution import convolution_matrix, correlate
from cnnbook.data import photograph
from cnnbook.facts import text
from cnnbook.functional import conv1d, conv1d_backward, linear
from cnnbook.kernels import prewitt, sobel
from cnnbook.learning import learn_kernel

X = np.array([1.0, 1, 1, 5, 5, 2])
KERNEL = np.array([-1.0, 0, 1])
WANTED = np.array([0.0, 4, 4, -3])
WINDOWS = np.lib.stride_tricks.sliding_window_view(X, 3)


def test_four_answers_by_hand():
    assert correlate(X, KERNEL, mode="valid").tolist() == WANTED.tolist()
    assert [X[p + 2] - X[p] for p in range(4)] == WANTED.tolist()


def test_lines_and_weights():
    wiring = np.array([[p <= i < p + 3 for i in range(6)] for p in range(4)])
    assert wiring.size == 24
    assert wiring.sum() == 12
    assert set(np.unique(convolution_matrix([3, 2, 1], 6, mode="valid"))) == {0, 1, 2, 3}


def test_the_matrix_is_the_toeplitz_matrix_of_the_page():
    a, b, c = 5, 7, 9
    page = [[a, b, c, 0, 0, 0], [0, a, b, c, 0, 0], [0, 0, a, b, c, 0], [0, 0, 0, a, b, c]]
    assert convolution_matrix([c, b, a], 6, mode="valid").tolist() == page
    assert toeplitz([a, 0, 0, 0], [a, b, c, 0, 0, 0]).tolist() == page


def test_a_dense_layer_with_this_matrix_is_the_convolution():
    matrix = convolution_matrix(KERNEL[::-1], 6, mode="valid")
    assert linear(X[None], matrix)[0].tolist() == WANTED.tolist()
    sliding = torch.nn.functional.conv1d(torch.tensor(X)[None], torch.tensor(KERNEL)[None, None])
    np.testing.assert_array_equal(sliding[0], WANTED)


def test_the_matrix_of_an_image():
    matrix = convolution_matrix(np.arange(9, 0, -1).reshape(3, 3), (4, 4), mode="valid")
    assert matrix[0].tolist() == [1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 9, 0, 0, 0, 0, 0]
    assert matrix[1].tolist() == [0, *matrix[0][:-1]]  # moved by one
    assert matrix[2].tolist() == [0, 0, 0, *matrix[1][:-3]]  # a new row of the output: moved by three
    blocks = convolution_matrix(sobel(axis=1), (10, 10), mode="valid").reshape(8, 8, 10, 10)
    for p in range(7):
        np.testing.assert_array_equal(blocks[p, :, :9], blocks[p + 1, :, 1:])


def test_weights_for_the_photograph():
    rows, columns = photograph("china").shape
    outputs = (rows - 2) * (columns - 2)
    assert text("layer-photo-outputs") == f"{outputs:,}"
    assert text("layer-photo-dense") == f"{rows * columns * outputs:,}"
    assert text("layer-photo-local") == f"{9 * outputs:,}"


def test_bias_and_bend():
    x, kernel = torch.tensor(X)[None], torch.tensor(KERNEL)[None, None]
    layer = torch.relu(torch.nn.functional.conv1d(x, kernel, torch.tensor([-3.0]).double()))
    assert layer[0].tolist() == [0, 1, 1, 0]
    assert (WANTED - 3).tolist() == [-3, 1, 1, -6]


def test_one_step_by_hand():
    start = torch.zeros(1, 1, 3, dtype=torch.double, requires_grad=True)
    error = torch.nn.functional.conv1d(torch.tensor(X)[None], start)[0, :] - torch.tensor(WANTED)
    loss = (error**2).sum() / 2
    loss.backward()
    assert error.tolist() == [0, -4, -4, 3]
    assert loss.item() == 20.5
    assert start.grad.tolist() == [[[7, -9, -34]]]
    assert 0 * 1 + -4 * 1 + -4 * 1 + 3 * 5 == 7
    ours = conv1d_backward(-WANTED[None], X[None], np.zeros((1, 1, 3)))[1]
    assert ours.tolist() == [[[7, -9, -34]]]
    after = 0 - 0.01 * ours[0, 0]
    np.testing.assert_allclose(after, [-0.07, 0.09, 0.34])
    assert np.sign(after[[0, 2]]).tolist() == [-1, 1]


def answers(images, kernel):
    layer = torch.nn.functional.conv2d(torch.tensor(images)[:, None], torch.tensor(kernel * 1.0)[None, None])
    return layer[:, 0].numpy()


@pytest.fixture(scope="module")
def images():
    corners = [(25, 165), (85, 185), (65, 245), (145, 225)]
    return np.stack([photograph("china")[r : r + 40, c : c + 40] for r, c in corners]) - 0.5


@pytest.fixture(scope="module")
def runs(images):
    wanted = answers(images, sobel(axis=1))
    starts = [np.random.default_rng(seed).normal(0, 0.5, (3, 3)) for seed in range(3)]
    return np.stack([learn_kernel(images, wanted, start, steps=1000, rate=0.6) for start in starts])


def test_sobel_is_found_from_three_starts(runs):
    off = np.abs(runs - sobel(axis=1)).max(axis=(2, 3))
    assert text("learned-error-start") == f"{off[:, 0].mean():.1f}"
    assert text("learned-error-hundred") == f"{off[:, 100].mean():.2f}"
    assert text("learned-error-end") == f"{off[:, -1].mean():.3f}"
    assert text("learned-error-end-spread") == f"{off[:, -1].std(ddof=1):.3f}"
    assert off[:, -1].max() < 0.02
    assert (off[:, 0] > 1).all()


def test_what_stripes_teach_is_not_right_on_photographs(images):
    wanted, other = answers(images, sobel(axis=1)), answers(images, 4 / 3 * prewitt(axis=1))
    assert text("stripes-disagree") == f"{np.abs(other - wanted).mean() / np.abs(wanted).mean():.0%}"


def test_stripes_do_not_tell():
    row = np.random.default_rng(0).random(40) - 0.5
    stripes = np.tile(row, (1, 40, 1))
    edges = correlate(stripes[0], sobel(axis=1), mode="valid")[np.newaxis]
    found = learn_kernel(stripes, edges, np.zeros((3, 3)), steps=300, rate=0.5)[-1]
    np.testing.assert_allclose(found, 4 / 3 * prewitt(axis=1), atol=1e-6)
    np.testing.assert_allclose(correlate(stripes[0], found, mode="valid"), edges[0], atol=1e-6)
    for seed in range(3):  # exercise 5
        start = np.random.default_rng(seed).normal(0, 0.5, (3, 3))
        other = learn_kernel(stripes, edges, start, steps=300, rate=0.5)[-1]
        np.testing.assert_allclose(other.sum(axis=0), [-4, 0, 4], atol=1e-6)
        np.testing.assert_allclose(np.diff(other, axis=0), np.diff(start, axis=0), atol=1e-9)
        np.testing.assert_allclose(correlate(stripes[0], other, mode="valid"), edges[0], atol=1e-6)


@pytest.mark.parametrize("seed", range(3))
def test_pairs_that_each_wiring_needs(seed):
    """As many independent equations as unknown weights: 36, 9, and 9 from one picture."""
    pictures = np.random.default_rng(seed).standard_normal((36, 6, 6))
    flat = pictures.reshape(36, 36)
    assert np.linalg.matrix_rank(flat) == 36 > np.linalg.matrix_rank(flat[:35])
    for p in range(4):
        for q in range(4):
            window = pictures[:, p : p + 3, q : q + 3].reshape(36, 9)
            assert np.linalg.matrix_rank(window[:9]) == 9 > np.linalg.matrix_rank(window[:8])
    windows = np.lib.stride_tricks.sliding_window_view(pictures[0], (3, 3)).reshape(16, 9)
    assert len(windows) == 16
    assert np.linalg.matrix_rank(windows) == 9


def test_exercise_1_counts():
    assert 8 - 5 + 1 == 4
    assert conv1d(np.ones((1, 8)), np.ones((1, 1, 5))).shape == (1, 4)
    assert (8 * 4, 5 * 4) == (32, 20)


def test_exercise_2_the_printed_solution():
    page = Path(__file__).parents[2] / "docs/ch02_convolution/04_neural_layer.md"
    code = page.read_text(encoding="utf-8").split("```python\n")[1].split("```")[0]
    names = {}
    exec(code, names)
    for kernel, length in [(KERNEL, 6), (np.arange(1, 6), 8), (np.array([2.0]), 3)]:
        expected = convolution_matrix(kernel[::-1], length, mode="valid")
        np.testing.assert_array_equal(names["layer_matrix"](kernel, length), expected)


def test_exercise_3_the_second_step():
    answers = WINDOWS @ [-0.07, 0.09, 0.34]
    np.testing.assert_allclose(answers, [0.36, 1.72, 2.08, 0.78])
    np.testing.assert_allclose(answers - WANTED, [0.36, -2.28, -1.92, 3.78])
    assert ((answers - WANTED) ** 2).sum() / 2 == pytest.approx(11.65, abs=0.005)


def test_exercise_4_every_second_row():
    matrix = convolution_matrix([3, 2, 1], 6, mode="valid", stride=2)
    assert matrix.tolist() == [[1, 2, 3, 0, 0, 0], [0, 0, 1, 2, 3, 0]]
    assert matrix[0, 0] != matrix[1, 1]
    assert not matrix[:, 5].any()


def test_quiz_slopes_add_up():
    assert -2 + 1 - 2 + 1 == -2
    assert (-2 + 1 - 2 + 1) / 4 == -0.5

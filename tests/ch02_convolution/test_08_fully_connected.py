"""The claims of section 2.8, convolution versus fully connected."""

import numpy as np
import pytest
import torch
from torch import nn

from cnnbook.data import digits
from cnnbook.experiments.small_network import MAPS, small_reader
from cnnbook.facts import text
from cnnbook.functional import conv2d, linear
from cnnbook.kernels import laplacian, sobel
from cnnbook.models.lenet5 import LeNet5
from cnnbook.summary import summarize
from cnnbook.wiring import as_matrix, wirings


def parameters(model):
    return sum(values.numel() for values in model.parameters())


def test_the_smallest_case_by_hand():
    costs = wirings((1, 4, 4), kernels=1, kernel=3, bias=False)
    assert [costs[name].parameters for name in ("dense", "local", "shared")] == [64, 36, 9]


def test_the_bill_for_c1():
    inputs, outputs = 32 * 32, 6 * 28 * 28
    assert (inputs, outputs, 28 * 28) == (1024, 4704, 784)
    assert text("c1-dense") == f"{outputs * inputs + outputs:,}" == f"{4_821_600:,}"
    assert text("c1-local") == f"{outputs * (25 + 1):,}" == f"{122_304:,}"
    assert text("c1-shared") == str(parameters(nn.Conv2d(1, 6, 5))) == "156"
    row = summarize(LeNet5(), (1, 32, 32), depth=1).layers[0]
    costs = wirings((1, 32, 32), 6, 5)
    assert (row.parameters, row.connections) == (costs["shared"].parameters, costs["shared"].connections)
    assert costs["local"].parameters / costs["shared"].parameters == 784
    assert costs["local"].macs == costs["shared"].macs < costs["dense"].macs


def test_megabytes_and_bytes():
    assert text("c1-dense-megabytes") == f"{4_821_600 * 4 / 1e6:.1f}"
    assert text("c1-shared-bytes") == str(sum(p.nbytes for p in nn.Conv2d(1, 6, 5).parameters()))


def test_doubling_rows_and_columns():
    small, large = (wirings((1, side, side), 6, 5) for side in (64, 128))
    ratios = [large[name].parameters / small[name].parameters for name in ("dense", "local", "shared")]
    assert ratios == pytest.approx([16, 4, 1], rel=0.15)
    ten = wirings((1, 320, 320), 6, 5)["dense"].parameters / wirings((1, 32, 32), 6, 5)["dense"].parameters
    assert 10_000 <= ten < 15_000


def test_the_first_layer_of_vgg():
    assert text("vgg-first-shared") == f"{parameters(nn.Conv2d(3, 64, 3, padding=1)):,}"
    inputs, outputs = 3 * 224 * 224, 64 * 224 * 224
    assert text("vgg-first-dense-terabytes") == f"{(inputs + 1) * outputs * 4 / 1e12:.1f}"


@pytest.mark.parametrize(("stride", "padding"), [(1, 0), (2, 1), (3, 2)])
def test_a_dense_layer_equals_a_convolution(stride, padding):
    rng = np.random.default_rng(stride)
    kernels, image = rng.integers(-3, 4, (4, 2, 3, 3)), rng.integers(0, 10, (2, 7, 6))
    weight, x = torch.tensor(kernels).double(), torch.tensor(image).double()
    wanted = torch.nn.functional.conv2d(x, weight, stride=stride, padding=padding).flatten()
    dense = as_matrix(
        lambda one: conv2d(one, kernels.astype(float), stride=stride, padding=padding), image.shape
    )
    assert np.array_equal(linear(image.reshape(1, -1).astype(float), dense)[0], wanted)


def test_the_matrix_of_the_figure():
    kernels = np.zeros((2, 2, 3, 3))
    kernels[0, 0], kernels[1] = sobel(axis=1), (laplacian(), -laplacian())
    matrix = as_matrix(lambda image: conv2d(image, kernels), (2, 6, 6))
    assert matrix.shape == (2 * 4 * 4, 2 * 6 * 6) == (32, 72)
    assert not matrix[:16, 36:].any()
    assert np.array_equal(matrix[16:, :36], -matrix[16:, 36:])
    assert text("disguise-weights") == f"{32 * 72:,}"
    nonzero = 16 * (np.count_nonzero(sobel(1)) + 2 * np.count_nonzero(laplacian()))
    assert text("disguise-not-zero") == str(nonzero) == str(np.count_nonzero(matrix))


def test_c5_is_both():
    c5 = LeNet5().c5
    assert text("c5-parameters") == f"{parameters(c5):,}" == f"{48_120:,}"
    costs = wirings((16, 5, 5), 120, 5)
    assert len({(cost.parameters, cost.connections, cost.macs) for cost in costs.values()}) == 1
    assert costs["shared"].connections == 48_120
    maps = torch.randn(3, 16, 5, 5, generator=torch.Generator().manual_seed(0))
    dense = torch.nn.functional.linear(maps.flatten(1), c5.weight.flatten(1), c5.bias)
    torch.testing.assert_close(c5(maps).flatten(1), dense)


def test_c5_slides_on_a_larger_image():
    model, sizes = LeNet5(), []
    x = torch.zeros(1, 1, 36, 36)
    for layer in (model.c1, model.s2, model.c3, model.s4, model.c5):
        x = layer(x)
        sizes.append(x.shape[-1])
    assert sizes == [32, 16, 12, 6, 2]
    assert x.shape == (1, 120, 2, 2)
    with pytest.raises(RuntimeError, match="shapes cannot be multiplied"):
        nn.Linear(400, 120)(torch.zeros(1, 16, 6, 6).flatten(1))


def test_one_answer_slides():
    model = small_reader()
    *maps, _, dense = model
    kernel = nn.Conv2d(8, 10, 3)
    kernel.weight.data, kernel.bias.data = dense.weight.data.reshape(10, *MAPS), dense.bias.data
    images = torch.from_numpy(digits()[1].images[:5])
    strip = torch.cat(list(images), dim=-1)[None]
    answers = nn.Sequential(*maps, kernel)(strip)[0, :, 0]
    assert answers.shape == (10, 17)
    torch.testing.assert_close(answers[:, ::4].T, model(images))


def test_work_on_the_strip():
    at_once = 8 * 9 * 6 * 38 + 10 * 72 * 17
    one = 8 * 9 * 6 * 6 + 10 * 72
    assert text("strip-at-once") == f"{at_once:,}"
    assert text("strip-in-windows") == f"{17 * one:,}"


def test_one_by_one_is_dense_at_each_pixel():
    weights, x = np.random.default_rng(0).random((3, 2)), np.random.default_rng(1).random((2, 4, 5))
    made = conv2d(x, weights[:, :, None, None])
    np.testing.assert_allclose(made, np.einsum("kc,chw->khw", weights, x))
    matrix = as_matrix(lambda image: conv2d(image, weights[:, :, None, None]), (2, 4, 5))
    np.testing.assert_allclose(matrix, np.kron(weights, np.eye(20)))


def test_exercise_1():
    costs = wirings((1, 6, 6), 1, 3, bias=False).values()
    assert [cost.parameters for cost in costs] == [576, 144, 9]
    assert [cost.macs for cost in costs] == [576, 144, 144]


def test_exercise_2():
    def dense_weights(kernel, rows, columns):
        kernel = np.asarray(kernel)
        R, S = kernel.shape
        matrix = []
        for p in range(rows - R + 1):
            for q in range(columns - S + 1):
                empty = np.zeros((rows, columns))
                empty[p : p + R, q : q + S] = kernel
                matrix.append(empty.ravel())
        return np.array(matrix)

    kernel, image = np.random.default_rng(0).random((2, 3)), np.random.default_rng(1).random((5, 4))
    wanted = torch.nn.functional.conv2d(torch.tensor(image)[None, None], torch.tensor(kernel)[None, None])
    np.testing.assert_allclose(dense_weights(kernel, 5, 4) @ image.ravel(), wanted.flatten())


def test_exercise_3():
    costs = wirings((6, 14, 14), 16, 5)
    assert 6 * 14 * 14 == 1176
    assert 16 * 10 * 10 == 1600
    assert [cost.parameters for cost in costs.values()] == [1_883_200, 241_600, 2_416]
    assert costs["shared"].parameters == parameters(nn.Conv2d(6, 16, 5))
    assert parameters(LeNet5().c3) == 1_516


def test_exercise_4():
    cost = wirings((16, 6, 6), 120, 5)["shared"]
    assert (cost.parameters, cost.connections) == (48_120, 192_480)
    assert cost.connections == 4 * 48_120 == 480 * 401

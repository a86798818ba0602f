"""The claims and numbers of section 1.1, checked with torch and scikit-learn."""

import runpy
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
from sklearn.metrics import pairwise_distances_argmin

from cnnbook.data import Labelled, digits
from cnnbook.facts import text, value
from cnnbook.models.lenet import LeNet
from cnnbook.results import results
from cnnbook.train import digit_reader, look_inside, predict, train

GALLERY = Path(__file__).parents[2] / "docs" / "ch01_introduction" / "gallery"
BY_TELEPHONE = [
    [0, 0, 12, 16, 16, 7, 0, 0],
    [0, 3, 16, 10, 2, 2, 0, 0],
]


@pytest.fixture(scope="module")
def five():
    return digits(4)[1].images[18]


@pytest.fixture(scope="module")
def model():
    return digit_reader().model


def final(seed):
    return digit_reader(seed).history[-1].accuracy


# The image


def test_the_rows_read_over_the_telephone():
    counts = digits()[1].images[18, 0] * 16
    assert counts[:2].tolist() == BY_TELEPHONE
    assert counts.shape == (8, 8)
    assert counts.max() == 16
    assert digits()[1].labels[18] == 5


def test_each_square_becomes_a_block_of_four_by_four(five):
    assert five.shape == (1, 32, 32)
    assert np.array_equal(five.reshape(8, 4, 8, 4).max((1, 3)), digits()[1].images[18, 0])
    assert np.array_equal(five.reshape(8, 4, 8, 4).min((1, 3)), digits()[1].images[18, 0])


# The way through the network


def test_the_network_reads_a_five(model, five):
    chances = look_inside(model, five)["probabilities"]
    assert chances.argmax() == 5
    assert chances.sum() == pytest.approx(1)
    assert len(chances) == 10
    assert value("lenet-five") < chances[5] < 1
    assert text("lenet-five") == "99.99%"


def test_maps_grow_smaller_and_more_numerous(model, five):
    made = look_inside(model, five)
    shapes = [made[name].shape for name in ("c1", "s2", "c3", "s4", "flatten", "f5", "f6", "output")]
    assert shapes == [(6, 28, 28), (6, 14, 14), (16, 10, 10), (16, 5, 5), (400,), (120,), (84,), (10,)]


def test_first_map_against_scipy(model, five):
    """All six maps are what the page says: 25 products, their sum, and a bias; no kernel is flipped."""
    from scipy.signal import correlate

    maps = look_inside(model, five)["c1"]
    for map_, kernel, bias in zip(
        maps, *(values.detach().numpy() for values in model.c1.parameters()), strict=True
    ):
        expected = (
            correlate(five[0].astype(float), kernel[0].astype(float), mode="valid", method="direct") + bias
        )
        np.testing.assert_allclose(map_, expected, atol=1e-5)


def test_relu_and_pooling_are_what_the_page_says(model, five):
    made = look_inside(model, five)
    for before, after, pooled in (("c1", "relu1", "s2"), ("c3", "relu3", "s4")):
        np.testing.assert_array_equal(made[after], np.where(made[before] < 0, 0, made[before]))
        count, rows, columns = made[pooled].shape
        blocks = made[after].reshape(count, rows, 2, columns, 2)
        np.testing.assert_array_equal(made[pooled], blocks.max((2, 4)))


def test_a_kernel_of_the_second_convolution_has_150_weights(model):
    assert model.c3.weight.shape == (16, 6, 5, 5)
    assert model.c3.weight[0].numel() == 6 * 5 * 5 == 150


def test_a_number_of_the_last_maps_has_had_16_by_16_pixels_before_it(five):
    """Put ones into all weights and take the largest for the mean: then every pixel that can matter does."""
    model = LeNet()
    model.s2, model.s4 = torch.nn.AvgPool2d(2), torch.nn.AvgPool2d(2)
    for values in model.parameters():
        torch.nn.init.ones_(values)
    image = torch.from_numpy(five[None]).requires_grad_()
    model.steps(image)["s4"][0, 7, 2, 1].backward()
    rows, columns = image.grad[0, 0].nonzero(as_tuple=True)
    assert rows.max() - rows.min() + 1 == columns.max() - columns.min() + 1 == 16
    assert len(rows) == 16 * 16 == 32 * 32 // 4


# Training


def test_sizes_of_the_two_parts():
    assert (text("digits-training"), text("digits-held-out")) == ("1,437", "360")
    assert value("lenet-passes") == len(digit_reader().history) == 16


def test_nothing_depends_on_the_held_out_digits():
    training, held_out = digits(4)
    few = Labelled(training.images[:96], training.labels[:96])
    shuffled = Labelled(held_out.images, held_out.labels[::-1].copy())
    one, other = (train(LeNet, few, judge, epochs=1, shift=2).model for judge in (held_out, shuffled))
    assert all(torch.equal(a, b) for a, b in zip(one.parameters(), other.parameters(), strict=True))


@pytest.fixture(scope="module")
def misread():
    """After each pass, of ten networks (10, passes)."""
    return np.array(list(results("digits").values()))


@pytest.mark.parametrize("seed", [1, 2])
def test_what_was_measured_once_comes_out_again(seed):
    """Another processor rounds otherwise, and so misreads other digits; hardly more or fewer, at the end."""
    committed = results("digits")[str(seed)]
    learned = [round(360 * (1 - epoch.accuracy)) for epoch in digit_reader(seed).history]
    assert len(learned) == len(committed)
    assert learned[0] == pytest.approx(committed[0], abs=60)
    assert learned[-4:] == pytest.approx(committed[-4:], abs=4)


def test_accuracy_and_its_spread(misread):
    accuracies = 1 - misread[:, -1] / 360
    assert len(accuracies) == 10
    assert min(*accuracies, final(0)) > 0.98
    assert value("lenet-mean") == pytest.approx(accuracies.mean())
    assert (value("lenet-low"), value("lenet-high")) == pytest.approx((accuracies.min(), accuracies.max()))
    assert 0.002 * 360 < 1  # the two tenths that the page calls less than a digit, and luck
    assert accuracies.std() > 0.002


def test_after_one_pass_the_networks_are_far_from_the_end(misread):
    first = 1 - misread[:, 0] / 360
    assert (value("lenet-first-pass-low"), value("lenet-first-pass-high")) == pytest.approx(
        (first.min(), first.max())
    )
    assert 0.1 < min(first) < max(first) < 0.8


def test_the_curves_are_flat_at_the_end(misread):
    last = np.vstack(
        [misread[:, -4:], [[360 * (1 - epoch.accuracy) for epoch in digit_reader().history[-4:]]]]
    )
    assert np.ptp(last, axis=1).max() < 0.01 * 360


def test_the_misread_digits(model):
    images, labels = digits(4)[1]
    chances = predict(model, images)
    wrong = chances.argmax(1) != labels
    assert value("lenet-misread") == wrong.sum() == round((1 - final(0)) * 360)
    assert value("lenet-surest-mistake") == chances[wrong].max() < 0.95 < chances[18].max()


def test_the_quiz_numbers_lie_within_the_spread(misread):
    last = misread[:, -1]
    assert last.min() <= 2 < 3 <= last.max()
    assert np.ptp(last) > 3 - 2


def test_the_nearest_training_digit_against_distances_by_hand():
    (images, labels), (new, wanted) = digits()
    nearest = pairwise_distances_argmin(new.reshape(-1, 64), images.reshape(-1, 64))
    assert value("digits-nearest") == pytest.approx((labels[nearest] == wanted).mean(), abs=0.003)  # ties
    assert 0.98 < value("digits-nearest") < value("lenet-mean")


# Weights and work


def test_parameters_and_multiplications_by_hand():
    layers = [6 * 26, 16 * 151, 120 * 401, 84 * 121, 10 * 85]
    assert layers == [156, 2416, 48_120, 10_164, 850]
    assert value("lenet-parameters") == sum(layers) == 61_706
    assert layers[2] > 0.75 * sum(layers)
    convolutions = 6 * 25 * 28 * 28 + 16 * 150 * 10 * 10
    work = convolutions + 400 * 120 + 120 * 84 + 84 * 10
    assert value("lenet-multiplications") == work == 416_520
    assert value("lenet-convolution-multiplications") == convolutions / work
    assert value("lenet-convolution-weights") == (150 + 2400) / (150 + 2400 + 48_000 + 10_080 + 840)
    assert (text("lenet-convolution-weights"), text("lenet-convolution-multiplications")) == ("4%", "86%")


# Exercises


def test_exercise_1_with_an_image_of_28_pixels():
    made = LeNet().c1(torch.zeros(1, 1, 28, 28))
    sizes = [made.shape[-1]]
    model = LeNet()
    for layer in (model.s2, model.c3, model.s4):
        made = layer(made)
        sizes.append(made.shape[-1])
    assert sizes == [24, 12, 8, 4]
    assert made[0].numel() == 256


@pytest.mark.parametrize("shift", [2, 4, 8])
def test_exercise_3_moved_digits(model, shift):
    images, labels = digits(4)[1]
    moved = np.concatenate([images[..., -shift:], images[..., :-shift]], axis=3)
    assert value(f"lenet-moved-{shift}") == (predict(model, moved).argmax(1) != labels).sum()


def test_exercise_3_it_holds_for_two_pixels_and_breaks_down_beyond():
    misread = [value(f"lenet-moved-{shift}") for shift in (2, 4, 8)]
    assert misread[0] <= 0.03 * 360
    assert misread[1] > 3 * misread[0]
    assert misread[2] > 360 / 2


# The labs


@pytest.mark.parametrize("lab", sorted(path.name for path in GALLERY.glob("plot_1*.py")))
def test_labs_run_alone(lab, capsys):
    runpy.run_path(str(GALLERY / lab), run_name="__main__")
    assert plt.get_fignums()
    plt.close("all")
    assert capsys.readouterr().out

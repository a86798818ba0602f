import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnbook import functional

DTYPES = st.sampled_from([np.float32, np.float64])
REDUCTIONS = st.sampled_from(["mean", "sum", "none"])


def test_values_done_by_hand():
    log_probability = np.log([[0.5, 0.5], [0.25, 0.75]])
    assert functional.nll_loss(log_probability, [0, 1]) == pytest.approx(-(np.log(0.5) + np.log(0.75)) / 2)
    weighted = functional.nll_loss(log_probability, [0, 1], [1.0, 3.0])
    assert weighted == pytest.approx(-(np.log(0.5) + 3 * np.log(0.75)) / 4)
    assert functional.nll_loss(log_probability, [0, -100]) == pytest.approx(-np.log(0.5))
    assert functional.cross_entropy(np.log([[1.0, 3.0]]), [1]) == pytest.approx(-np.log(0.75))


def test_class_numbers_and_their_one_hot_probabilities_give_the_same():
    scores, target = np.random.default_rng(0).standard_normal((4, 3)), np.array([0, 2, 1, 1])
    assert functional.cross_entropy(scores, target) == pytest.approx(
        functional.cross_entropy(scores, np.eye(3)[target])
    )


def test_the_mean_of_nothing_is_nan():
    assert np.isnan(functional.nll_loss(np.zeros((2, 3)), [-100, -100]))
    assert np.isnan(functional.cross_entropy(np.zeros((0, 3)), np.zeros((0, 3))))
    assert np.isnan(functional.cross_entropy(np.zeros((2, 0)), np.zeros((2, 0))))
    assert functional.nll_loss(np.zeros((0, 3)), np.zeros(0, int), reduction="sum") == 0
    assert np.isnan(functional.nll_loss(np.zeros((0, 0)), np.zeros(0, int)))


def test_refusals():
    scores = np.zeros((2, 3))
    with pytest.raises(ValueError, match="nll_loss: target must be from 0 to 2, got 3"):
        functional.nll_loss(scores, [0, 3])
    with pytest.raises(ValueError, match="nll_loss: target must be from 0 to 2, got -1"):
        functional.nll_loss(scores, [0, -1])
    with pytest.raises(ValueError, match=r"nll_loss: target must have shape \(2,\) .*, got \(3,\)"):
        functional.nll_loss(scores, [0, 1, 2])
    with pytest.raises(TypeError, match="nll_loss: target must hold int64 or uint8 classes, got dtype int32"):
        functional.nll_loss(scores, np.zeros(2, np.int32))
    with pytest.raises(ValueError, match="nll_loss: weight must have one value for each of 3 classes"):
        functional.nll_loss(scores, [0, 1], np.ones(2))
    with pytest.raises(TypeError, match="nll_loss: all arrays must have one dtype"):
        functional.nll_loss(scores, [0, 1], np.ones(3, np.float32))
    with pytest.raises(ValueError, match="nll_loss: input must have at least 1 dimension"):
        functional.nll_loss(np.zeros(()), 0)
    with pytest.raises(ValueError, match=r"cross_entropy: label_smoothing must be from 0 to 1, got 1.5"):
        functional.cross_entropy(scores, [0, 1], label_smoothing=1.5)
    with pytest.raises(ValueError, match="cross_entropy: ignore_index must be negative with target prob"):
        functional.cross_entropy(scores, scores, ignore_index=1)
    with pytest.raises(TypeError, match="cross_entropy: target must hold floating-point numbers"):
        functional.cross_entropy(scores, np.zeros((2, 3), int))
    with pytest.raises(ValueError, match="cross_entropy: reduction must be one of"):
        functional.cross_entropy(scores, [0, 1], reduction="batchmean")


@st.composite
def classifications(draw):
    """Return the shape of the scores and of class numbers for them, and how many classes there are."""
    classes, rest = draw(st.integers(1, 4)), draw(st.lists(st.integers(1, 3), max_size=2))
    batched = draw(st.booleans())
    batch = (draw(st.integers(0, 3)),)
    shape = (*batch, classes, *rest) if batched else (classes,)
    return shape, ((*batch, *rest) if batched else ()), classes


@given(
    st.sampled_from(["nll_loss", "cross_entropy"]),
    classifications(),
    REDUCTIONS,
    DTYPES,
    st.booleans(),
    st.integers(-1, 3),
    st.integers(0, 2**32),
)
def test_class_numbers_agree_with_pytorch(
    against_torch, numbers, name, sizes, reduction, dtype, weighted, ignored, seed
):
    shape, positions, classes = sizes
    rng = np.random.default_rng(seed)
    target = np.asarray(rng.integers(0, classes, positions))
    target = np.where(rng.random(positions) < 0.2, ignored, target) if ignored < 0 else target
    weight = rng.random(classes).astype(dtype) if weighted else None
    options = {"ignore_index": ignored, "reduction": reduction}
    against_torch(name, numbers(seed, shape, dtype), np.asarray(target), weight, **options)


@given(classifications(), REDUCTIONS, DTYPES, st.booleans(), st.floats(0, 1), st.integers(0, 2**32))
def test_smoothed_class_numbers_agree_with_pytorch(
    against_torch, numbers, sizes, reduction, dtype, weighted, smoothing, seed
):
    shape, positions, classes = sizes
    rng = np.random.default_rng(seed)
    target = np.asarray(rng.integers(0, classes, positions))
    weight = rng.random(classes).astype(dtype) if weighted else None
    options = {"ignore_index": 0, "reduction": reduction, "label_smoothing": smoothing}
    against_torch("cross_entropy", numbers(seed, shape, dtype), target, weight, **options)


@given(classifications(), REDUCTIONS, DTYPES, st.booleans(), st.floats(0, 1), st.integers(0, 2**32))
def test_probabilities_agree_with_pytorch(
    against_torch, numbers, sizes, reduction, dtype, weighted, smoothing, seed
):
    shape, _, classes = sizes
    rng = np.random.default_rng(seed)
    weight = rng.random(classes).astype(dtype) if weighted else None
    arrays = numbers(seed, shape, dtype), rng.random(shape).astype(dtype)
    options = {"reduction": reduction, "label_smoothing": smoothing}
    against_torch("cross_entropy", *arrays, weight, gradients="input target", **options)


@given(st.integers(0, 2**32))
def test_scores_that_are_not_finite_pass_as_in_pytorch(against_torch, numbers, seed):
    scores, target = numbers(seed, (5, 3), special=True), np.array([0, 1, 2, 0, -100])
    against_torch("cross_entropy", scores, target, gradients="")
    against_torch("cross_entropy", scores, target, label_smoothing=0.1, gradients="")
    against_torch("nll_loss", scores, target)


def test_half_precision_agrees_with_pytorch(against_torch, numbers):
    against_torch("cross_entropy", numbers(0, (4, 3), np.float16), np.array([0, 1, 2, 1]))

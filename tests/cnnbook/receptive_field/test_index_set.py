import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnbook.receptive_field.index_set import (
    EMPTY,
    from_indices,
    interval,
    progression,
    residue,
    scaled_sum,
    union,
)

sets = st.sets(st.integers(-20, 40), max_size=12)


def members(indices):
    return set(indices.members())


def test_by_hand():
    assert members(progression(-2, count=3, step=2)) == {-2, 0, 2}
    assert members(union(interval(0, 1), interval(5, 5))) == {0, 1, 5}
    assert members(interval(-3, 9).clip(4)) == {0, 1, 2, 3}
    assert members(scaled_sum(interval(0, 1), 3, progression(0, 2, 2))) == {0, 2, 3, 5}
    assert not EMPTY
    assert interval(3, 2) == EMPTY


@given(sets)
def test_an_interval_has_one_form(a):
    """Sets that are equal compare equal, however they came about."""
    one = from_indices(a)
    assert one == union(*(interval(i, i) for i in sorted(a, reverse=True)))
    assert (one.bits is None) == (not a or len(a) == max(a) - min(a) + 1)
    assert one.cardinality == len(a)


@given(sets, sets)
def test_union_and_covers_are_those_of_sets(a, b):
    assert members(union(from_indices(a), from_indices(b))) == a | b
    assert from_indices(a).covers(from_indices(b)) == (a >= b)


@given(sets, sets, st.integers(0, 4))
def test_scaled_sum(a, b, step):
    assert members(scaled_sum(from_indices(a), step, from_indices(b))) == {step * m + o for m in a for o in b}


@given(sets, st.integers(1, 5), st.integers(-6, 6))
def test_residue(a, period, phase):
    expected = {(i - phase) // period for i in a if (i - phase) % period == 0}
    assert members(residue(from_indices(a), period, phase)) == expected


@given(sets, st.integers(0, 30), st.integers(-9, 9))
def test_clip_and_shift(a, extent, by):
    assert members(from_indices(a).clip(extent)) == {i for i in a if 0 <= i < extent}
    assert members(from_indices(a).shift(by)) == {i + by for i in a}


@pytest.mark.parametrize("count", [1, 1_000_000])
def test_an_interval_costs_the_same_at_any_length(count):
    assert interval(0, count - 1).bits is None
    assert scaled_sum(interval(0, count), 2, interval(0, 4)).bits is None

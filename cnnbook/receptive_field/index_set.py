"""Sets of positions along one axis: an interval, or an interval with holes.

Almost every receptive field along one axis is a plain interval, and an interval costs two integers whatever
its length. Dilation, strides larger than the kernel and transposed convolutions leave holes; then the members
are kept as the bits of one Python integer, so that shifting a set or joining two stays a single fast
operation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

__all__ = ["EMPTY", "IndexSet", "from_indices", "interval", "progression", "residue", "scaled_sum", "union"]


class IndexSet(NamedTuple):
    """A finite set of integers.

    Parameters
    ----------
    first, last : int
        The smallest and the largest member; the set is empty if ``last < first``.
    bits : int or None, default None
        None if every integer between is a member, else bit ``i`` says whether ``first + i`` is.

    Examples
    --------
    >>> from cnnbook.receptive_field.index_set import interval, progression
    >>> list(interval(3, 6).members()), list(progression(0, count=3, step=2).members())
    ([3, 4, 5, 6], [0, 2, 4])
    """

    first: int
    last: int
    bits: int | None = None

    def __bool__(self) -> bool:
        """Return whether the set has a member."""
        return self.first <= self.last

    @property
    def extent(self) -> int:
        """Number of positions from the first member to the last, holes included."""
        return self.last - self.first + 1

    @property
    def cardinality(self) -> int:
        """Number of members."""
        return self.extent if self.bits is None else self.bits.bit_count()

    def members(self) -> Iterator[int]:
        """Yield the members in increasing order."""
        if self.bits is None:
            yield from range(self.first, self.last + 1)
        else:
            bits = self.bits
            while bits:
                lowest = bits & -bits
                yield self.first + lowest.bit_length() - 1
                bits ^= lowest

    def shift(self, by: int) -> IndexSet:
        """Return the set with `by` added to every member."""
        return IndexSet(self.first + by, self.last + by, self.bits)

    def clip(self, extent: int) -> IndexSet:
        """Return the members in ``[0, extent)``."""
        first, last, bits = self
        if first >= 0 and last < extent:
            return self
        if bits is None:
            return IndexSet(max(first, 0), min(last, extent - 1)) if last >= 0 and first < extent else EMPTY
        bits = bits << first if first >= 0 else bits >> -first
        return _from_bits(0, bits & ((1 << extent) - 1))

    def covers(self, other: IndexSet) -> bool:
        """Return whether every member of `other` is a member."""
        if not other:
            return True
        if other.first < self.first or other.last > self.last:
            return False
        return self.bits is None or not (_mask(other) << (other.first - self.first)) & ~self.bits


EMPTY = IndexSet(0, -1)


def interval(first: int, last: int) -> IndexSet:
    """Return the integers from `first` to `last`, both included.

    Examples
    --------
    >>> interval(2, 4)
    IndexSet(first=2, last=4, bits=None)
    """
    return IndexSet(first, last) if first <= last else EMPTY


def progression(first: int, count: int, step: int) -> IndexSet:
    """Return ``{first, first + step, ...}`` with `count` members, the taps of a dilated kernel.

    Examples
    --------
    >>> list(progression(-2, count=3, step=2).members())
    [-2, 0, 2]
    """
    if step == 1 or count == 1:
        return interval(first, first + count - 1)
    return IndexSet(first, first + (count - 1) * step, _spread((1 << count) - 1, step))


def from_indices(indices: Iterable[int]) -> IndexSet:
    """Return the set of the given integers.

    Examples
    --------
    >>> from_indices([5, 3, 4]) == interval(3, 5)
    True
    """
    indices = set(indices)
    if not indices:
        return EMPTY
    first = min(indices)
    return _from_bits(first, sum(1 << (index - first) for index in indices))


def union(*sets: IndexSet) -> IndexSet:
    """Return the members of any of the sets.

    Examples
    --------
    >>> union(interval(0, 2), interval(3, 5)) == interval(0, 5)
    True
    >>> list(union(interval(0, 1), interval(4, 5)).members())
    [0, 1, 4, 5]
    """
    result = EMPTY
    for one in sets:
        result = _join(result, one)
    return result


def scaled_sum(multiples: IndexSet, step: int, offsets: IndexSet) -> IndexSet:
    """Return every ``step * m + b`` for ``m`` in `multiples` and ``b`` in `offsets`, `step` at least 0.

    This is all that composing two layers asks for: a window reads certain positions of the layer below
    (`multiples`), and each of those sees the same `offsets`, moved by `step` for every position.

    Examples
    --------
    >>> scaled_sum(interval(0, 2), 2, interval(-1, 1)) == interval(-1, 5)
    True
    >>> list(scaled_sum(interval(0, 2), 4, interval(0, 1)).members())
    [0, 1, 4, 5, 8, 9]
    """
    if not multiples or not offsets:
        return EMPTY
    if step == 0 or multiples.first == multiples.last:
        return offsets.shift(step * multiples.first)
    first = step * multiples.first + offsets.first
    if multiples.bits is None and offsets.bits is None and offsets.extent >= step:
        return IndexSet(first, step * multiples.last + offsets.last)
    spread, mask, bits = _spread(_mask(multiples), step), _mask(offsets), 0
    few, many = sorted((spread, mask), key=int.bit_count)
    while few:
        lowest = few & -few
        bits |= many << (lowest.bit_length() - 1)
        few ^= lowest
    return _from_bits(first, bits)


def residue(indices: IndexSet, period: int, phase: int) -> IndexSet:
    """Return every ``q`` for which ``q * period + phase`` is a member.

    Examples
    --------
    >>> list(residue(interval(0, 9), period=4, phase=1).members())
    [0, 1, 2]
    """
    if period == 1:
        return indices.shift(-phase)
    smallest = -((phase - indices.first) // period)  # ceiling of (first - phase) / period
    largest = (indices.last - phase) // period
    if smallest > largest:
        return EMPTY
    if indices.bits is None:
        return IndexSet(smallest, largest)
    text = format(indices.bits >> (smallest * period + phase - indices.first), "b")
    return _from_bits(smallest, int(text[::-1][::period][::-1], 2))


def _join(a: IndexSet, b: IndexSet) -> IndexSet:
    if not a or not b:
        return a or b
    if a.first > b.first:
        a, b = b, a
    last = max(a.last, b.last)
    if (a.bits is None and b.last <= a.last) or a == b:
        return a
    if a.bits is None and b.bits is None and b.first <= a.last + 1:
        return IndexSet(a.first, last)
    return _from_bits(a.first, _mask(a) | _mask(b) << (b.first - a.first))


def _mask(indices: IndexSet) -> int:
    return (1 << indices.extent) - 1 if indices.bits is None else indices.bits


def _from_bits(first: int, bits: int) -> IndexSet:
    """Return the set of ``first + i`` for every set bit ``i``, as an interval if it is one."""
    if not bits:
        return EMPTY
    zeros = (bits & -bits).bit_length() - 1
    first, bits = first + zeros, bits >> zeros
    full = bits & (bits + 1) == 0
    return IndexSet(first, first + bits.bit_length() - 1, None if full else bits)


def _spread(bits: int, step: int) -> int:
    """Return the integer whose bit ``step * i`` is bit ``i`` of `bits`."""
    return bits if step == 1 else int(("0" * (step - 1)).join(format(bits, "b")), 2)

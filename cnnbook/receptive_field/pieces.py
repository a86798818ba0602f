"""What the channels of a value see in theory: runs of channels that see the same, cut and joined."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from cnnbook.receptive_field.index_set import interval
from cnnbook.receptive_field.periodic import Theory, join
from cnnbook.receptive_field.relation import Relation

__all__ = ["Piece", "gathered", "merged", "overlaid"]


class Piece(NamedTuple):
    """Neighbouring channels ``[start, stop)`` that see the same, with one theory per spatial axis."""

    start: int
    stop: int
    theory: tuple[Theory, ...]


def merged(pieces: list[Piece]) -> tuple[Theory, ...]:
    """Return what the given channels see together, per axis."""
    if len(pieces) == 1:
        return pieces[0].theory
    distinct = dict.fromkeys(piece.theory for piece in pieces)
    return tuple(join(*along) for along in zip(*distinct, strict=True))


def overlaid(layers: list[list[Piece]]) -> list[Piece]:
    """Join what several operands contribute to the same channels, and fuse neighbours that agree."""
    if len(layers) == 1 and len(layers[0]) == 1:
        return layers[0]
    cuts = sorted({edge for pieces in layers for piece in pieces for edge in piece[:2]})
    result: list[Piece] = []
    starts = [iter(pieces) for pieces in layers]
    current = [next(pieces, None) for pieces in starts]
    for start, stop in pairwise(cuts):
        for which, piece in enumerate(current):
            if piece is not None and piece.stop <= start:
                current[which] = next(starts[which], None)
        here = [piece for piece in current if piece is not None and piece.start <= start]
        if not here:
            continue
        theory = merged(here)
        if result and result[-1].stop == start and result[-1].theory == theory:
            result[-1] = Piece(result[-1].start, stop, theory)
        else:
            result.append(Piece(start, stop, theory))
    return result


def gathered(channel: Relation, pieces: list[Piece], channels: int) -> list[Piece]:
    """Return the pieces of `channels` output channels that read `pieces` as `channel` says."""
    if channel.rule is None and channel.theory.stride == 1 and channel.theory.phases[0].extent == 1:
        by = channel.theory.phases[0].first  # a slice, or a part of a concatenation
        moved = (
            Piece(max(start - by, 0), min(stop - by, channels), theory) for start, stop, theory in pieces
        )
        return [piece for piece in moved if piece.start < piece.stop]
    result = []
    for out in range(channels):
        seen = channel.read(interval(out, out))
        read = [piece for piece in pieces if seen.shift(-piece.start).clip(piece.stop - piece.start)]
        if read:
            result.append(Piece(out, out + 1, merged(read)))
    return overlaid([result])

"""Whether branches that meet have the same centres (Araujo, Norris and Sim, Distill 2019)."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from cnnbook.receptive_field.periodic import PeriodicMap
from cnnbook.receptive_field.pieces import Piece

__all__ = ["Misalignment", "apart"]


class Misalignment(NamedTuple):
    """Branches that meet at one node with their centres apart.

    Parameters
    ----------
    node : str
        Name of the value where they meet.
    axis : int
        The spatial axis, 0 for the first.
    offset : fractions.Fraction or None
        Largest distance between two branches' centres in input positions, averaged over phases; None
        if the branches have different strides, so that they drift apart.
    """

    node: str
    axis: int
    offset: Fraction | None


def apart(node: str, layers: list[list[Piece]]) -> list[Misalignment]:
    """Return where the branches that meet at a node lie apart; `layers` are what each of them sees."""
    found = []
    for axis in range(len(layers[0][0].theory)):
        branches = {piece.theory[axis] for pieces in layers for piece in pieces}
        regular = [
            one for one in branches if isinstance(one, PeriodicMap) and one.advance and any(one.phases)
        ]
        if len({one.stride for one in regular}) > 1:
            found.append(Misalignment(node, axis, None))
            continue
        centres = [_mean_centre(one) for one in regular]
        if centres and max(centres) > min(centres):
            found.append(Misalignment(node, axis, max(centres) - min(centres)))
    return found


def _mean_centre(one: PeriodicMap) -> Fraction:
    """Return how far the centres of a map lie from ``stride * unit``, averaged over the phases that see
    something."""
    centres = [Fraction(s.first + s.last, 2) - u * one.stride for u, s in enumerate(one.phases) if s]
    return sum(centres, Fraction(0)) / len(centres)

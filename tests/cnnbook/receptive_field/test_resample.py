import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnnbook.receptive_field.index_set import interval
from cnnbook.receptive_field.resample import adaptive, interpolation


def reads(relation, length):
    return [list(relation.read(interval(v, v)).members()) for v in range(length)]


def test_by_hand():
    assert reads(interpolation("nearest", 3, 6), 6) == [[0], [0], [1], [1], [2], [2]]
    assert reads(interpolation("linear", 3, 6), 6) == [[0, 1], [0, 1], [0, 1], [1, 2], [1, 2], [2]]
    assert reads(adaptive(5, 3), 3) == [[0, 1], [1, 2, 3], [3, 4]]


def test_the_pattern_away_from_borders():
    theory = interpolation("linear", 8, 16).theory
    assert (theory.period, theory.advance) == (2, 1)
    assert [(seen.first, seen.last) for seen in theory.phases] == [(-1, 0), (0, 1)]


@settings(max_examples=200, deadline=None)
@given(
    st.integers(1, 40),
    st.integers(1, 60),
    st.sampled_from([None, 0.4, 1.1, 1.5, 2.0, 2.06, 2.7]),
    st.sampled_from(["nearest", "nearest-exact", "linear", "linear aligned", "cubic", "cubic aligned"]),
)
def test_reads_are_those_of_pytorchs_kernels(extent, length, scale, name):
    """Plant a NaN in every position in turn: the kernels read what the rule says, rounding included."""
    torch = pytest.importorskip("torch", reason="the oracle is PyTorch")
    kind, _, aligned = name.partition(" ")
    if scale is not None and int(extent * scale) < 1:
        return
    x = torch.ones(extent, 1, 1, extent)
    x[:, 0, 0][torch.eye(extent, dtype=torch.bool)] = torch.nan
    how = {"size": (1, length)} if scale is None else {"scale_factor": (1.0, scale)}
    if kind == "nearest":  # the kernel for two axes has short cuts, which the front end knows
        x, how = x[:, :, 0], {name: entry[1] for name, entry in how.items()}
    mode = {"linear": "bilinear", "cubic": "bicubic"}.get(kind, kind)
    corners = bool(aligned) if kind in ("linear", "cubic") else None
    y = torch.nn.functional.interpolate(x, mode=mode, align_corners=corners, **how).flatten(0, -2)
    relation = interpolation(kind, extent, y.shape[1], scale, bool(aligned))
    seen = [np.flatnonzero(column).tolist() for column in torch.isnan(y).T.numpy()]
    assert reads(relation, y.shape[1]) == seen
    everything = relation.read(interval(0, y.shape[1] - 1))
    assert set(everything.members()) <= set(range(extent))
    assert set(everything.members()) >= {index for column in seen for index in column}

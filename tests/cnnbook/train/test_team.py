import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from cnnbook.train.team import Team, choose_device, gather_team

CPU = torch.device("cpu")


@given(st.integers(1, 20), st.integers(1, 6))
def test_shares_make_up_the_batch(count, size):
    rows = torch.arange(count)
    parts = [Team(CPU, rank, size).share(rows, rows + 100) for rank in range(size)]
    kept = [part for part, weight in parts if weight]
    assert sorted(row for part, _ in kept for row in part.tolist()) == rows.tolist()
    assert all(torch.equal(first + 100, second) for (first, second), _ in parts)


@given(st.lists(st.floats(-9, 9), min_size=1, max_size=12), st.integers(1, 5))
def test_the_mean_of_weighted_means_is_the_batchs_mean(values, size):
    losses = torch.tensor(values, dtype=torch.float64)
    means = []
    for rank in range(size):
        (part,), weight = Team(CPU, rank, size).share(losses)
        means.append(part.mean() * weight)
    assert float(sum(means) / size) == pytest.approx(float(losses.mean()), abs=1e-12)


def test_a_team_of_one(monkeypatch):
    monkeypatch.delenv("WORLD_SIZE", raising=False)
    model = nn.Linear(1, 1)
    with gather_team("cpu") as team:
        assert (team.rank, team.size, team.device) == (0, 1, CPU)
        assert team.wrap(model) is model
        assert team.mean(torch.tensor(3.0)) == 3
        assert team.any(True)
        assert not team.any(False)


def test_auto_takes_a_gpu_for_each_process(monkeypatch):
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    assert [choose_device("auto", local) for local in (0, 1)] == [torch.device("cuda", n) for n in (0, 1)]
    with pytest.raises(ValueError, match="device: 'auto' needs a GPU for each process, found 2; use 'cpu'"):
        choose_device("auto", 2)


def test_devices_that_are_not_there(monkeypatch):
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 0)
    assert choose_device("auto", 1) == CPU
    with pytest.raises(ValueError, match="device: 'cuda' needs a GPU for each process, found 0; use 'cpu'"):
        choose_device("cuda")
    with pytest.raises(ValueError, match="device: 'abacus' is not on this machine; use 'auto' or 'cpu'"):
        choose_device("abacus")

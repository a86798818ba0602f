import json
import os
from pathlib import Path

import numpy as np
import pytest
import torch

from cnnbook.data import load
from cnnbook.data.published import SOURCES
from cnnbook.models import numpy_lenet, weights
from cnnbook.runs import restore

SIZES = {"lenet": 61_706, "lenet5": 60_000, "compact": 56_474}
NAMES = weights.names()


def test_lenet_is_there():
    assert "lenet" in NAMES
    assert set(NAMES) <= SIZES.keys()


@pytest.mark.parametrize("name", NAMES)
def test_the_network_is_the_one_named(name):
    model = weights.load(name)
    assert not model.training
    assert sum(parameter.numel() for parameter in model.parameters()) == SIZES[name]


@pytest.mark.parametrize("name", NAMES)
def test_files_are_small_and_hold_no_pictures(name):
    files = list(weights.FOLDER.glob(f"{name}.json")) + list(weights.FOLDER.glob(f"{name}-*.safetensors"))
    assert len(files) == 2
    assert all(path.stat().st_size < 300_000 for path in files)
    held = sum(tensor.numel() for tensor in weights.load(name).state_dict().values())
    assert max(path.stat().st_size for path in files) < 8 * held + 10_000


@pytest.mark.parametrize("name", NAMES)
def test_the_card_says_how_it_came_about(name):
    card = weights.card(name)
    assert card["command"].startswith("cnnbook train")
    assert f"--model {name}" in card["command"]
    assert (card["model"], card["data"]) == (name, "mnist")
    assert card["versions"].keys() >= {"cnnbook", "python", "torch", "numpy"}
    assert card["files"] == {file: one.sha256 for file, one in SOURCES["mnist"].files.items()}
    table = np.array(card["confusion"])
    assert table.sum() == card["images"]["test"] == 10_000
    assert card["test_error"] == pytest.approx(1 - table.trace() / 10_000)
    assert len(card["history"]) == card["recipe"]["epochs"]


@pytest.mark.parametrize("name", NAMES)
def test_eval_reproduces_the_cards_number(name):
    folder = Path(os.environ.get("CNNBOOK_DATA", "nowhere"), "mnist")
    if not folder.is_dir():
        pytest.skip("needs MNIST's four files in the folder mnist where CNNBOOK_DATA points")
    network, card = restore(name), weights.card(name)
    error, table = network.judge(load("mnist", side=network.recipe.side).test)
    assert error == pytest.approx(card["test_error"])
    assert table.tolist() == card["confusion"]


def test_numpy_reads_with_the_same_weights():
    images = np.random.default_rng(0).random((4, 1, 32, 32), np.float32)
    with torch.inference_mode():
        expected = weights.load("lenet")(torch.from_numpy(images)).numpy()
    np.testing.assert_allclose(
        numpy_lenet.forward(weights.arrays("lenet"), images), expected, rtol=0, atol=2e-5
    )


def test_cards_are_json_without_more():
    for name in NAMES:
        assert json.loads((weights.FOLDER / f"{name}.json").read_text())["content"] == weights.card(name)


def test_another_name_is_refused():
    with pytest.raises(ValueError, match=r"weights: name is 'resnet', expected one of .*'lenet'"):
        weights.load("resnet")

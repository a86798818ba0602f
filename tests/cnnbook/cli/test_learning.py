import json

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

pytest.importorskip("torch", reason="training needs PyTorch")

QUICK = ("--data", "digits", "--epochs", "1", "--batch", "64", "--device", "cpu", "--quiet")


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A run of one pass."""
    from cnnbook.recipes import recipe
    from cnnbook.runs import run

    usual = recipe("lenet", "digits")
    folder = tmp_path_factory.mktemp("run")
    run("lenet", "digits", folder, recipe=type(usual)(**(vars(usual) | {"epochs": 1, "batch": 16})))
    return folder


def test_train_writes_weights_and_says_how_good_they_are(run, tmp_path):
    code, out, _ = run("train", *QUICK, "--out", str(tmp_path / "run"), "--json")
    card = json.loads(out)
    assert code == 0
    assert 0 <= card["test_error"] <= 1
    assert np.sum(card["confusion"]) == card["images"]["test"] == 360
    assert card["command"].startswith("cnnbook train --data digits")
    assert (
        (tmp_path / "run" / "log.csv")
        .read_text()
        .startswith("pass,loss,validation_accuracy,rate,seconds\n1,")
    )
    code, out, _ = run("eval", "--data", "digits", "--weights", str(tmp_path / "run"), "--json")
    result = json.loads(out)
    assert (code, result["test_error"]) == (0, card["test_error"])
    assert result["confusion"] == card["confusion"]


def test_the_default_reads_over_985_of_1000_digits(run, tmp_path):
    code, out, _ = run(
        "train", "--data", "digits", "--device", "cpu", "--quiet", "--json", "--out", str(tmp_path)
    )
    assert code == 0
    assert json.loads(out)["test_error"] < 0.015


def test_a_run_in_the_way_and_its_resumption(run, trained, tmp_path):
    arguments = ("train", *QUICK, "--out", str(tmp_path), "--no-test")
    assert run(*arguments)[0] == 0
    code, _, err = run(*arguments)
    assert (code, err.count("\n")) == (2, 1)
    assert "holds a run already: add --resume" in err
    code, out, _ = run(*arguments, "--resume")
    assert code == 0
    assert "test error" not in out


def test_eval_as_a_table(run, trained):
    code, out, _ = run("eval", "--data", "digits", "--weights", str(trained))
    assert code == 0
    assert out.startswith("test error ")
    assert len(out.splitlines()) == 12


def test_predict_reads_digits_of_a_font(run, tmp_path):
    """By the weights in the package, light on dark and dark on light; they learned handwriting."""
    right = 0
    for digit in range(10):
        picture = Image.new("RGB", (150, 200), "navy" if digit % 2 else "white")
        pen = "yellow" if digit % 2 else "black"
        ImageDraw.Draw(picture).text((40, 30), str(digit), fill=pen, font=ImageFont.load_default(120))
        picture.save(tmp_path / "one.png")
        code, out, _ = run("predict", str(tmp_path / "one.png"), "--json")
        result = json.loads(out)
        assert code == 0
        assert sum(result["probabilities"]) == pytest.approx(1, abs=1e-5)
        right += result["answer"] == digit
    assert right >= 7
    assert len(run("predict", str(tmp_path / "one.png"))[1].splitlines()) == 10


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["train", "--data", "cifar"], "load: name is 'cifar', expected one of 'digits', 'mnist'"),
        (["train", "--model", "resnet"], "recipe: model is 'resnet', expected one of "),
        (["train", "--epochs", "0"], "Recipe: epochs is 0, expected at least 1"),
        (["train", "--rate", "-1"], "Recipe: rate is -1.0, expected a positive number"),
        (["train", "--validation", "1"], "divide: share is 1.0, expected at least 0 and less than 1"),
        (["train", "--device", "abacus"], "device: 'abacus' is not on this machine; use 'auto' or 'cpu'"),
        (["eval", "--weights", "no-such"], "restore: there are no weights 'no-such', expected a folder"),
        (["predict", "absent.png"], "read_picture: absent.png is not there"),
    ],
)
def test_mistakes_end_in_one_line_and_code_2(run, tmp_path, monkeypatch, arguments, line):
    monkeypatch.chdir(tmp_path)
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert len(err.strip().splitlines()) == 1
    assert line in err


def test_damaged_weights_are_refused(run, trained, tmp_path):
    for file in trained.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    tensors = next(tmp_path.glob("model-*.safetensors"))
    tensors.write_bytes(tensors.read_bytes()[:-1])
    code, _, err = run("eval", "--data", "digits", "--weights", str(tmp_path))
    assert (code, len(err.splitlines())) == (2, 1)
    assert f"{tensors.name} has" in err

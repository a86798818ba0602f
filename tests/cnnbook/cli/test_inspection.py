import json
import subprocess
import sys

import pytest

pytest.importorskip("torch", reason="the models that the package ships are PyTorch modules")


def test_receptive_field_of_a_shipped_model(run):
    code, out, _ = run("rf", "lenet5", "--layer", "s4")
    assert code == 0
    assert out.splitlines()[-2].split()[0] == "s4"
    assert "(16, 16)" in out.splitlines()[-2]
    assert "unit (2, 2) of 's4' sees the pixels 8..23 x 8..23" in out


def test_json(run):
    code, out, _ = run("rf", "alexnet", "--input", "3x224x224", "--layer", "features.pool5", "--json")
    result = json.loads(out)
    assert (code, result["size"], result["stride"], result["padding"]) == (0, [195, 195], [32, 32], [64, 64])
    assert result["layers"][-1]["name"] == "features.pool5"


def test_summary_in_three_forms(run):
    assert "60,000" in run("summary", "lenet5", "--depth", "1")[1]
    assert json.loads(run("summary", "lenet5", "--json")[1])["totals"]["connections"] == 340_908
    assert run("summary", "lenet5", "--csv")[1].startswith("name,kind,shape,parameters")


def test_a_callable_of_ones_own(run, tmp_path, monkeypatch):
    source = (
        "from torch import nn\n"
        "def net():\n    return nn.Sequential(nn.Conv2d(1, 1, 3), nn.Conv2d(1, 1, 3))\n"
        "made = net()\n"
    )
    (tmp_path / "own_model.py").write_text(source)
    monkeypatch.syspath_prepend(tmp_path)
    for name in ("net", "made"):
        code, out, _ = run("rf", f"own_model:{name}", "--input", "1x9x9")
        assert code == 0
        assert "(5, 5)" in out


def test_misalignment_is_reported(run, tmp_path, monkeypatch):
    source = (
        "from cnnbook.receptive_field import Branch, Conv\n"
        "def net():\n    return [Branch([[Conv(3, padding=[(0, 2), (1, 1)])], []])]\n"
    )
    (tmp_path / "skewed.py").write_text(source)
    monkeypatch.syspath_prepend(tmp_path)
    assert (
        "misaligned at 'branch1' along axis 0: centres 1 pixels apart"
        in run("rf", "skewed:net", "--input", "1x9x9")[1]
    )


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["rf", "nonsense", "--input", "1x2x2"], "no model 'nonsense': use lenet, lenet5"),
        (
            ["rf", "lenet5", "--input", "1x0x2"],
            "--input must be positive integers like 3x224x224, got '1x0x2'",
        ),
        (["rf", "lenet5", "--input", "1x9x9"], "Kernel size can't be greater than actual input size"),
        (["rf", "lenet5", "--layer", "c9"], "output 'c9' names no value"),
        (["rf", "no.such:thing", "--input", "1x2x2"], "cannot import 'no.such'"),
        (
            ["rf", "cnnbook.models.lenet5:No", "--input", "1x2x2"],
            "module 'cnnbook.models.lenet5' has no 'No'",
        ),
        (["rf", "torch.nn:Conv2d", "--input", "1x2x2"], "torch.nn:Conv2d must be callable without arguments"),
        (["rf", "torch.nn:ReLU"], "'torch.nn:ReLU' needs its input shape: --input CxHxW"),
        (["summary", "missing.onnx"], "there is no file 'missing.onnx'"),
    ],
)
def test_mistakes_end_in_one_line_and_code_2(run, arguments, line):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert len(err.strip().splitlines()) == 1
    assert line in err


BLOCK = """
import sys
class Block:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("torch", "onnx"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Block())
"""


@pytest.mark.parametrize(
    ("action", "line"),
    [
        ("sys.argv = ['cnnbook', 'rf', 'lenet5']; main()", "this model needs PyTorch"),
        (
            "from cnnbook.receptive_field import Conv, analyze\n"
            "print(analyze([Conv(3)], (1, 5)), file=sys.stderr)",
            "size=(3)",
        ),
    ],
)
def test_without_pytorch(action, line):
    code = f"{BLOCK}\nfrom cnnbook.cli import main\n{action}"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert line in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1

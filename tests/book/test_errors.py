"""The page of errors: what it says of each claim holds, with PyTorch as the judge, and its cells can fail."""

import contextlib
import io
import re

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812 (torch's own short name)
from catalogues import DOCS
from labs_in_chinese import page_cells

from cnnbook.data import photograph
from cnnbook.experiments import pooling
from cnnbook.models import LeNet, LeNet5

PAGE = (DOCS / "errors.md").read_text(encoding="utf-8")
FIRST, *CELLS = page_cells(PAGE)
ENTRIES = re.split(r"^## ", PAGE, flags=re.M)[1:]


@pytest.fixture
def names():
    """Everything that the cells before have defined, and their imports."""
    names = {}
    for code in (FIRST, "import numpy as np", "from cnnbook.arithmetic import output_length"):
        exec(code, names)
    return names


def printed(code, names):
    with contextlib.redirect_stdout(io.StringIO()) as output:
        exec(code, names)
    return output.getvalue()


def test_refuted_wants_a_failure(names):
    assert printed("with refuted():\n    assert 1 == 2, 'no'", names) == "AssertionError: no\n"
    with pytest.raises(RuntimeError, match="this assertion holds"):
        exec("with refuted():\n    assert True", names)
    with pytest.raises(ZeroDivisionError):
        exec("with refuted():\n    assert 1 / 0", names)


@pytest.mark.parametrize("cell", CELLS)
def test_each_cell_refutes_one_claim_and_asserts_the_truth(cell, names):
    assert re.search(r"^with refuted\(\):\n    assert [^\n]+\nassert ", cell, flags=re.M)
    assert re.fullmatch(r"AssertionError: .+\n", printed(cell, names))


@pytest.mark.parametrize("cell", CELLS)
def test_each_cell_notices_if_the_claim_is_right_after_all(cell, names):
    """What a cell asserts at its end cannot be refuted."""
    truth = re.search(r"^assert (.+?)(?:  #.*)?$", cell, flags=re.M)[1]
    mended = re.sub(r"(with refuted\(\):\n    assert )[^\n]+", lambda match: match[1] + truth, cell)
    with pytest.raises(RuntimeError, match="this assertion holds"):
        printed(mended, names)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.splitlines()[0])
def test_each_entry_says_where_and_links_on(entry):
    assert len(re.findall(r"^\*\*Said", entry, flags=re.M)) == 1
    assert "{cite}`" in entry
    assert re.search(r"\[[Ss]ection \d\.\d\]\(ch\d\d_\w+/\d\d_\w+\.md\)", entry)
    assert entry.count("```{code-cell}") == 1


def test_there_are_as_many_cells_as_entries():
    assert len(CELLS) == len(ENTRIES) >= 8


def test_weights_of_a_window():
    for radius in range(6):
        weights = torch.nn.Conv2d(1, 1, 2 * radius + 1, bias=False).weight.numel()
        assert weights == (2 * radius + 1) ** 2 != 4 * radius**2


def test_reading_the_next_column_moves_left():
    x = torch.arange(15).reshape(3, 5)
    assert torch.equal(x.roll(-1, 1)[:, :-1], x[:, 1:])


def test_dilation_1_has_no_holes():
    x, w = torch.tensor([[[1.0, 10, 100, 1000, 10000]]]), torch.ones(1, 1, 3)
    assert F.conv1d(x, w, dilation=1)[0, 0, 0] == 111
    assert F.conv1d(x, w, dilation=2)[0, 0, 0] == 10101
    with pytest.raises(RuntimeError, match="dilation"):
        F.conv1d(x, w, dilation=0)


def test_a_remainder_is_allowed():
    assert torch.nn.Conv2d(1, 1, 3, stride=2, padding=1)(torch.zeros(1, 4, 4)).shape == (1, 2, 2)
    assert torch.nn.Conv2d(3, 64, 7, stride=2, padding=3)(torch.zeros(3, 224, 224)).shape == (64, 112, 112)


def test_read_upside_down():
    with pytest.raises(RuntimeError, match="Kernel size can't be greater"):
        F.conv2d(torch.zeros(1, 2, 2), torch.zeros(1, 1, 3, 3))
    assert F.conv_transpose2d(torch.zeros(1, 2, 2), torch.zeros(1, 1, 3, 3)).shape == (1, 4, 4)


def test_224_gives_55_windows():
    for side in (223, 224, 227, 228):
        windows = F.max_pool2d(torch.zeros(1, side, side), 11, 4, ceil_mode=True).shape[-1]
        assert (windows == 55) == (224 <= side <= 227)
    assert (55 - 1) * 4 + 11 - 224 == 3  # the overhang


def test_lenet_of_most_programs():
    original = {name: sum(p.numel() for p in part.parameters()) for name, part in LeNet5().named_children()}
    assert sum(original.values()) == 60_000
    modern = sum(p.numel() for p in LeNet().parameters())
    c3, pooling, output = 16 * (6 * 25 + 1) - 1516, 12 + 32, 84 * 10 + 10
    assert modern == 60_000 + c3 - pooling + output == 61_706


def test_pooling_after_a_shift():
    roof = torch.tensor(photograph("china")[25:153, 125:253])[None]
    changed = (~torch.isclose(F.max_pool2d(roof.roll(1, 2), 2), F.max_pool2d(roof, 2))).double().mean().item()
    assert changed > 0.5
    assert pooling.changed("max", 1).mean() > 0.5
    assert torch.equal(F.max_pool2d(roof.roll(2, 2), 2), F.max_pool2d(roof, 2).roll(1, 2))


def test_the_sources_are_in_the_bibliography():
    bibliography = (DOCS / "references.bib").read_text(encoding="utf-8")
    known = set(re.findall(r"^@\w+\{(\w+),", bibliography, flags=re.M))
    assert set(re.findall(r"\{cite\}`(\w+)`", PAGE)) <= known
    assert np.unique([entry.splitlines()[0] for entry in ENTRIES]).size == len(ENTRIES)

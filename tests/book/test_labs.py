"""Every lab runs as a plain script, alone, and says the same things in the book's terms."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
LABS = sorted((ROOT / "docs").glob("ch*/gallery/plot_*.py"))


@pytest.mark.parametrize("lab", LABS, ids=lambda path: path.stem)
def test_runs_alone(lab, tmp_path):
    environment = os.environ | {"MPLBACKEND": "agg", "OMP_NUM_THREADS": "1"}
    # Without a screen there is nothing to show; any other warning is an error.
    command = [sys.executable, "-W", "error", "-W", "ignore:FigureCanvasAgg is non-interactive", str(lab)]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("lab", LABS, ids=lambda path: path.stem)
def test_is_short_and_asserts_something(lab):
    source = lab.read_text(encoding="utf-8")
    tree = ast.parse(source)
    code = [line for line in source.splitlines() if line.strip() and not line.startswith("#")]
    docstring = tree.body[0].end_lineno
    assert len(code) - docstring <= 80, "a lab is under about 80 lines of code"
    assert any(isinstance(node, ast.Assert) for node in ast.walk(tree)), "a lab asserts its surprise"
    assert ast.get_docstring(tree).splitlines()[0].endswith("?"), "a lab's title is its question"


@pytest.mark.parametrize("lab", LABS, ids=lambda path: path.stem)
def test_imports_no_other_script(lab):
    for node in ast.walk(ast.parse(lab.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert not node.module.startswith("plot_")


@pytest.mark.parametrize("lab", LABS, ids=lambda path: path.stem)
def test_prose_can_be_read_in_the_script_and_the_notebook(lab):
    """A role that only the book knows would stand there raw; a lab states a number and asserts it."""
    assert ":fact:" not in lab.read_text(encoding="utf-8")

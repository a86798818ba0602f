import sys

import pytest

from cnnbook import cli


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the command in this process; return (exit code, output, errors)."""

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["cnnbook", *arguments])
        with pytest.raises(SystemExit) as stop:
            cli.main()
        captured = capsys.readouterr()
        return stop.value.code or 0, captured.out, captured.err

    return call

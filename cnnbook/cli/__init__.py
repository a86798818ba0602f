"""The command ``cnnbook``."""

import sys

import typer

from cnnbook.cli import exercises, inspection, learning
from cnnbook.cli.errors import UsageError
from cnnbook.receptive_field.errors import DataDependentControlFlow, UnsupportedOperator

__all__ = ["main"]

app = typer.Typer(
    add_completion=False,
    help="Look into convolutional networks, teach them, try out answers.",
    rich_markup_mode=None,
)
app.command("rf")(inspection.receptive_field)
app.command("summary")(inspection.summary)
app.command("check")(exercises.check_answer)
app.command("train")(learning.train)
app.command("eval")(learning.evaluate)
app.command("predict")(learning.predict)


def main() -> None:
    """Run the command; whatever the user can put right ends in one line and exit code 2."""
    try:
        app()
    except (
        UsageError,
        UnsupportedOperator,
        DataDependentControlFlow,
        ValueError,
        TypeError,
        ImportError,
        RuntimeError,
        OSError,
    ) as error:
        line = next(iter(str(error).strip().splitlines()), type(error).__name__)
        print(f"cnnbook: {line}", file=sys.stderr)
        raise SystemExit(2) from None

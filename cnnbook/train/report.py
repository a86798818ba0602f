"""What is written down while a network learns: a table in a file, a bar on the screen."""

import csv
import io
from pathlib import Path
from time import perf_counter

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from cnnbook.tensor_file import replace
from cnnbook.train.learner import Learner
from cnnbook.train.loop import Watcher

COLUMNS = ("pass", "loss", "validation_accuracy", "rate", "seconds")


class Log(Watcher):
    """Writes a line of a CSV file after every pass: loss, validation accuracy, learning rate, seconds.

    Parameters
    ----------
    path : Path
        A run that goes on keeps the lines of the passes that it has in mind.
    """

    def __init__(self, path: Path) -> None:
        """Keep in mind where."""
        self.path = path
        self.lines: list[list] = []

    def begin(self, learner: Learner) -> None:
        """Find the lines of earlier passes again."""
        if learner.epoch and self.path.is_file():
            with self.path.open(newline="") as stream:
                self.lines = list(csv.reader(stream))[1 : learner.epoch + 1]
        self.start = perf_counter()
        self.seconds = float(self.lines[-1][-1]) if self.lines else 0.0

    def after_epoch(self, learner: Learner) -> None:
        """Write all lines anew, so that the file is whole at any moment."""
        self.seconds, self.start = self.seconds + perf_counter() - self.start, perf_counter()
        rate = learner.optimizer.param_groups[0]["lr"]
        self.lines.append([learner.epoch, *learner.history[-1], rate, round(self.seconds, 3)])
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows([COLUMNS, *self.lines])
        replace(self.path, text.getvalue().encode())


class Bar(Watcher):
    """Draws a progress bar on a terminal, and a line for every pass.

    Parameters
    ----------
    count : int
        Training images.
    """

    def __init__(self, count: int) -> None:
        """Set up the columns."""
        self.count = count
        self.progress = Progress(
            TextColumn("pass"),
            MofNCompleteColumn(),
            BarColumn(),
            TextColumn("{task.description}"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )

    def __enter__(self) -> "Bar":
        """Show it."""
        self.progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Take it away."""
        self.progress.stop()

    def begin(self, learner: Learner) -> None:
        """Begin where the learner is."""
        self.task = self.progress.add_task("", total=learner.recipe.epochs, completed=learner.epoch)
        self.share = learner.recipe.batch / self.count

    def after_step(self, learner: Learner) -> None:
        """Move on; counts of passes are whole, the bar is not."""
        self.progress.update(self.task, completed=learner.epoch + min(learner.step * self.share, 1))

    def after_epoch(self, learner: Learner) -> None:
        """Print the pass's line."""
        loss, accuracy = learner.history[-1]
        line = f"pass {learner.epoch:3}  loss {loss:.4f}  validation accuracy {accuracy:.2%}"
        self.progress.update(self.task, completed=learner.epoch)
        self.progress.console.print(line, highlight=False)

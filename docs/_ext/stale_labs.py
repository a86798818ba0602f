"""A lab runs again when its own text or the code that it reaches has changed, and only then.

sphinx-gallery itself looks at the text alone, by a checksum beside the lab's page. Here each lab also leaves
a digest of the code it was run with; where that is another one today, the checksum is thrown away.
"""

from collections.abc import Iterator
from pathlib import Path

from cnnbook.store import script_digest


def _labs(app) -> Iterator[tuple[Path, Path, Path]]:
    """Give each lab's script, the checksum of the text it was last run with, and the digest of the code."""
    for script in Path(app.srcdir).glob("ch*/gallery/plot_*.py"):
        page = script.parent.parent / "labs" / script.name
        yield script, Path(f"{page}.md5"), Path(f"{page}.digest")


def _forget_outdated(app) -> None:
    for script, checksum, digest in _labs(app):
        if not digest.is_file() or digest.read_text() != script_digest(script):
            checksum.unlink(missing_ok=True)


def _remember(app, error) -> None:
    if error is None and app.builder.name == "html":
        for script, _, digest in _labs(app):
            digest.write_text(script_digest(script))


def setup(app) -> dict[str, bool]:
    """Look before the gallery does; remember when all is done."""
    app.connect("builder-inited", _forget_outdated, priority=1)
    app.connect("build-finished", _remember)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

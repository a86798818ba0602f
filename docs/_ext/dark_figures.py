"""Every figure twice: as drawn, and with the colours of a dark page. And none without words."""

import re
from pathlib import Path

from docutils import nodes
from lab_figures import svg_size
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

from cnnbook.draw.style import DARK

logger = logging.getLogger(__name__)
_COLOUR = re.compile("|".join(DARK), flags=re.I)


def dark_twin(svg: str) -> str:
    """Return a figure with each of the book's colours exchanged for its twin."""
    return _COLOUR.sub(lambda found: DARK[found[0].lower()], svg)


class DarkFigures(SphinxTransform):
    """Set the dark twin beside each figure; the theme shows one of them."""

    default_priority = 870  # after everything that makes images; before Sphinx collects them (880)

    def apply(self, **kwargs) -> None:
        """Check the words of every image, then double those that `cnnbook.draw` drew."""
        for image in list(self.document.findall(nodes.image)):
            if "alt" not in image:
                logger.warning("image without alt text: %s", image.get("uri"), location=image, type="alt")
            path = Path(self.env.srcdir, self.env.relfn2path(image.get("uri", ""), self.env.docname)[0])
            if path.suffix == ".svg" and "labs" in path.parts and path.is_file():
                self._double(image, path)

    def _double(self, image: nodes.image, path: Path) -> None:
        twin = path.with_suffix(".dark.svg")
        if not twin.is_file() or twin.stat().st_mtime < path.stat().st_mtime:
            twin.write_text(dark_twin(path.read_text(encoding="utf-8")), encoding="utf-8")
        image["width"], image["height"] = svg_size(path)
        dark = image.deepcopy()
        dark["uri"] = image["uri"].removesuffix(".svg") + ".dark.svg"
        image["classes"].append("only-light")
        dark["classes"].append("only-dark")
        image.parent.insert(image.parent.index(image) + 1, dark)


def setup(app) -> dict[str, bool]:
    """Register the transform."""
    app.add_transform(DarkFigures)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

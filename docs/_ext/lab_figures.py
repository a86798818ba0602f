"""Figures of labs: saved as SVG with their words, and shown again on pages by ``lab-figure``."""

import html
import re
import zipfile
from pathlib import Path

import matplotlib.pyplot as plt
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.addnodes import pending_xref
from sphinx.errors import ExtensionError
from sphinx.locale import get_translation
from sphinx.util.docutils import SphinxDirective
from widgets import widget_node

from cnnbook.draw.figure import animated_svg, description, is_animated, still_svg
from cnnbook.draw.style import use_style

_ = get_translation("sphinx")
_NO_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest a zip archive can say
_STILL = ".still.svg"
_TITLE = re.compile(r"<title>(.*?)</title>", flags=re.S)
_SIZE = re.compile(r'<svg [^>]*viewBox="0 0 ([\d.]+) ([\d.]+)"')


def svg_description(path: Path) -> str:
    """Return the words that a figure's file carries."""
    found = _TITLE.search(path.read_text(encoding="utf-8"))
    return html.unescape(found[1]) if found else ""


def svg_size(path: Path) -> tuple[str, str]:
    """Return a figure's width and height in CSS pixels, for the room a page keeps for it."""
    width, height = _SIZE.search(path.read_text(encoding="utf-8")).groups()
    return f"{float(width) * 4 / 3:.0f}", f"{float(height) * 4 / 3:.0f}"


def scrape(block, block_vars, gallery_conf) -> str:
    """Save a lab's open figures for sphinx-gallery; refuse one without words."""
    result = []
    for number, path in zip(plt.get_fignums(), block_vars["image_path_iterator"], strict=False):
        figure = plt.figure(number)
        if not description(figure):
            raise ExtensionError(
                f"{block_vars['src_file']}: figure {number} has no alt text; call describe(figure, ...)"
            )
        target = Path(path).with_suffix(".svg")
        if is_animated(figure):
            target.write_text(animated_svg(figure), encoding="utf-8")
            target.with_suffix(_STILL).write_text(still_svg(figure), encoding="utf-8")
        else:
            target.write_text(still_svg(figure), encoding="utf-8")
            target.with_suffix(_STILL).unlink(missing_ok=True)
        source = target.relative_to(gallery_conf["src_dir"]).as_posix()
        result.append(f".. image:: /{source}\n   :alt: {description(figure)}\n   :class: figure\n\n")
    plt.close("all")
    return "".join(result)


def use_book_style(gallery_conf, script) -> None:
    """Start every lab from the book's style, as it starts when it runs alone."""
    plt.rcdefaults()
    use_style()


class LabFigure(SphinxDirective):
    """A lab's figure on a page: name of the lab, number of the figure; the content is the caption.

    A lab of another chapter is named with its chapter, ``ch01_introduction/plot_11_...``.
    With ``:widget:`` the figure stands in for a widget, which opens with ``:state:``, if given, as JSON.
    """

    required_arguments = 1
    optional_arguments = 1
    has_content = True
    option_spec = dict.fromkeys(("name", "widget", "state"), directives.unchanged)

    def run(self) -> list[nodes.Node]:
        """Build the figure node; its alt text is the one that the lab gave."""
        lab = self.arguments[0]
        number = int(self.arguments[1]) if len(self.arguments) > 1 else 1
        chapter, _slash, lab = lab.rpartition("/")
        chapter = chapter or self.env.docname.rpartition("/")[0]
        uri = f"/{chapter}/labs/images/sphx_glr_{lab}_{number:03d}.svg"
        figure = nodes.figure("", classes=["lab-figure"])
        self.add_name(figure)
        picture = figure
        if kind := self.options.get("widget"):
            picture = widget_node(self, kind, self.options.get("state", ""))
            figure += picture
        if self.env.app.builder.name != "gettext":
            picture += self._image(uri)
        content = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, content)
        if len(content) != 1 or not isinstance(content[0], nodes.paragraph):
            raise self.error("lab-figure: expected a caption of one paragraph")
        caption = nodes.caption(content[0].rawsource, "", *content[0].children)
        caption.source, caption.line = content[0].source, content[0].line
        figure += [caption, nodes.legend("", self._link(f"/{chapter}/labs/{lab}"))]
        self.set_source_info(figure)
        return [figure]

    def _image(self, uri: str) -> nodes.image:
        path = Path(self.env.srcdir, uri[1:])
        if not path.is_file():
            raise self.error(
                f"lab-figure: there is no {uri}; is the lab's name right, and the figure's number?"
            )
        self.env.note_dependency(path)
        return nodes.image(uri=uri, alt=svg_description(path), classes=["figure"])

    def _link(self, document: str) -> nodes.paragraph:
        link = pending_xref("", refdomain="std", reftype="doc", reftarget=document, refexplicit=False)
        link["refdoc"], link["refwarn"] = self.env.docname, True
        link += nodes.inline("", document, classes=["xref", "std", "std-doc"])
        return nodes.paragraph("", "", nodes.Text(_("Lab: ")), link, classes=["lab-link"])


def still_thumbnails(app) -> None:
    """Let nothing move in a list of labs: a thumbnail is the last frame of the lab's first figure."""
    for still in Path(app.srcdir).glob(f"ch*/labs/images/*_001{_STILL}"):
        lab = still.name.removesuffix(f"_001{_STILL}")
        thumbnail = still.parent / "thumb" / f"{lab}_thumb.svg"
        if thumbnail.read_bytes() != still.read_bytes():
            thumbnail.write_bytes(still.read_bytes())


def timeless_archives(app) -> None:
    """Write sphinx-gallery's archives anew without times, so that two builds of one source are the same."""
    for path in Path(app.srcdir).glob("ch*/labs/*.zip"):
        with zipfile.ZipFile(path) as archive:
            files = {entry.filename: archive.read(entry) for entry in archive.infolist()}
            if all(entry.date_time == _NO_TIME for entry in archive.infolist()):
                continue
        with zipfile.ZipFile(path, "w") as archive:
            for name in sorted(files):
                archive.writestr(zipfile.ZipInfo(name, _NO_TIME), files[name], zipfile.ZIP_DEFLATED)


def setup(app) -> dict[str, bool]:
    """Register the directive; the scraper is named in ``conf.py``."""
    app.add_directive("lab-figure", LabFigure)
    for mend in (still_thumbnails, timeless_archives):
        app.connect("builder-inited", mend, priority=900)  # after the gallery was written
    return {"parallel_read_safe": True, "parallel_write_safe": True}

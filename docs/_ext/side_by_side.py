"""中英对照: behind every paragraph its twin in the other language, hidden until the reader asks for it.

One transform runs before Sphinx's own ``Locale`` and notes each text's twin; one after it parses the twins
into nodes. So the twin is real prose, with its links, numbers and mathematics.
"""

from catalogues import other_language
from docutils import nodes
from key_terms import PROSE_LANGUAGE
from sphinx.transforms import SphinxTransform
from sphinx.transforms.i18n import Locale, _publish_msgstr
from sphinx.util.nodes import extract_messages

_TWIN = "other_language"


class NoteTwins(SphinxTransform):
    """Note each text's twin before the text is translated."""

    default_priority = Locale.default_priority - 5

    def apply(self, **kwargs) -> None:
        """Look every message up; keep English anchors where a lab's title is Chinese already."""
        for node, message in extract_messages(self.document):
            if not isinstance(node, nodes.paragraph | nodes.title | nodes.caption | nodes.rubric):
                continue
            twin = other_language(self.env.docname, message, self.config.language)
            if twin:
                node[_TWIN] = twin
            if isinstance(node, nodes.title) and twin and twin.isascii() and twin != message:
                self._keep_english_anchor(node.parent, twin)

    def _keep_english_anchor(self, section: nodes.Element, english: str) -> None:
        """Give a section the anchor it has in English, so that the language switch keeps its place."""
        anchor = nodes.make_id(english)
        if not isinstance(section, nodes.section) or anchor in self.document.ids:
            return
        latin = nodes.make_id(section.next_node(nodes.title).astext())  # what is Latin in a Chinese title
        for position, old in enumerate(section["ids"]):
            made_up = old == latin or old.startswith(("id", "section"))
            if made_up and self.document.ids.get(old) is section:
                del self.document.ids[old]
                section["ids"][position] = anchor
                self.document.ids[anchor] = section
                for name, known in self.document.nameids.items():
                    if known == old:
                        self.document.nameids[name] = anchor
                return


class InsertTwins(SphinxTransform):
    """Parse the twins and set them behind their texts, after `Locale` has translated those."""

    default_priority = Locale.default_priority + 2

    def apply(self, **kwargs) -> None:
        """Insert every twin noted before."""
        for node in list(
            self.document.findall(lambda node: isinstance(node, nodes.Element) and _TWIN in node)
        ):
            twin = self._parsed(node.attributes.pop(_TWIN), node)
            if isinstance(node, nodes.caption):
                _legend(node.parent).insert(0, twin)
            elif node.parent is not None:
                node.parent.insert(node.parent.index(node) + 1, twin)

    def _parsed(self, text: str, node: nodes.Element) -> nodes.paragraph:
        tongue = "zh-CN" if self.config.language == "en" else "en"
        self.env.temp_data[PROSE_LANGUAGE] = tongue
        try:
            parsed = _publish_msgstr(
                text,
                self.document["source"],
                node.line or 0,
                config=self.config,
                env=self.env,
                registry=self.env._registry,
                settings=self.document.settings,
            )
        finally:
            del self.env.temp_data[PROSE_LANGUAGE]
        paragraph = nodes.paragraph("", "", *parsed.children)
        paragraph["classes"] = ["other-language", "no-search", f"language-{tongue}"]
        if isinstance(node, nodes.title):
            paragraph["classes"].append("other-title")
        return paragraph


def _legend(figure: nodes.Element) -> nodes.Element:
    for child in figure.children:
        if isinstance(child, nodes.legend):
            return child
    figure.append(nodes.legend())
    return figure[-1]


def setup(app) -> dict[str, bool]:
    """Register both transforms."""
    app.add_transform(NoteTwins)
    app.add_transform(InsertTwins)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

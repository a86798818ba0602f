"""The role ``newterm``: a key term at its first use, in both languages, linked to the glossary."""

from catalogues import page_catalogue, translations
from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.util.docutils import SphinxRole
from sphinx.util.nodes import split_explicit_title

# Set while a paragraph of the other language is parsed (see `side_by_side`).
PROSE_LANGUAGE = "cnnbook-prose-language"


class NewTermRole(SphinxRole):
    """``{newterm}`kernel``` prints **kernel (卷积核)** in English and **卷积核（kernel）** in Chinese.

    ``{newterm}`kernels <kernel>``` gives the English sentence the form it needs.
    """

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Look the term up in the glossary's catalogue, the one place that translates it."""
        _, shown, term = split_explicit_title(self.text)
        chinese = translations(page_catalogue("glossary")).get(term)
        if chinese is None and self.env.app.builder.name != "gettext":
            message = self.inliner.reporter.error(
                f"newterm: {term!r} is not in the glossary", line=self.lineno
            )
            return [self.inliner.problematic(self.rawtext, self.rawtext, message)], [message]
        language = self.env.temp_data.get(PROSE_LANGUAGE, self.config.language)
        written = f"{shown} ({chinese})" if language == "en" else f"{chinese}（{term}）"
        link = pending_xref("", refdomain="std", reftype="term", reftarget=term, refexplicit=True)
        link["refdoc"], link["refwarn"] = self.env.docname, True
        link += nodes.strong(self.rawtext, written, classes=["newterm"])
        return [link], []


def setup(app) -> dict[str, bool]:
    """Register the role."""
    app.add_role("newterm", NewTermRole())
    return {"parallel_read_safe": True, "parallel_write_safe": True}

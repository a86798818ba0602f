"""Key terms: the role ``newterm`` for their first use, and a definition on every link to the glossary."""

import re

from catalogues import DOCS, page_catalogue, translations
from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.util.docutils import SphinxRole
from sphinx.util.nodes import split_explicit_title

# Set while a paragraph of the other language is parsed (see `side_by_side`).
PROSE_LANGUAGE = "cnnbook-prose-language"

_GLOSSARY = DOCS / "glossary.md"
_ENTRY = re.compile(r"^(\S.*)\n  (\S.*)$", flags=re.M)


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


def definitions(language: str) -> dict[str, str]:
    """Return the definition of every term in a language, by its English name."""
    glossary = _GLOSSARY.read_text(encoding="utf-8").split("```{glossary}\n")[1]
    chinese = {} if language == "en" else translations(page_catalogue("glossary"))
    return {term: chinese.get(text, text) for term, text in _ENTRY.findall(glossary)}


def _explain(app, doctree: nodes.document, docname: str) -> None:
    """Put a term's definition, in the language of its paragraph, on every link that leads to the term."""
    if app.builder.format != "html":
        return
    explained = app.env.definitions
    places = {
        label: name
        for (kind, name), (_, label) in app.env.domains["std"].objects.items()
        if kind == "term" and name in explained["en"]
    }
    for link in doctree.findall(nodes.reference):
        page, _, label = link.get("refuri", "").rpartition("#")
        if page.endswith("glossary.html") and label in places:
            language = _language(link) or app.config.language
            link["reftitle"] = explained["en" if language == "en" else "zh-CN"][places[label]]
            link["classes"].append("key-term")


def _language(node: nodes.Node | None) -> str:
    """Return the language of the twin paragraph in which a node stands, or "" if it stands in none."""
    while node is not None:
        for language in ("en", "zh-CN"):
            if f"language-{language}" in getattr(node, "attributes", {}).get("classes", ()):
                return language
        node = node.parent
    return ""


def _outdated(app, env, added, changed, removed) -> list[str]:
    """Return all pages with links to terms if a definition changed."""
    before = getattr(env, "definitions", None)
    env.definitions = {language: definitions(language) for language in ("en", "zh-CN")}
    return [] if before in (None, env.definitions) else list(env.found_docs - added - changed - removed)


def setup(app) -> dict[str, bool]:
    """Register the role, and explain links once they are resolved."""
    app.add_role("newterm", NewTermRole())
    app.connect("doctree-resolved", _explain)
    app.connect("env-get-outdated", _outdated)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

"""The role ``fact``: a number in the prose, computed by ``cnnbook`` and written in the page's language."""

from babel.numbers import format_decimal
from docutils import nodes
from sphinx.util.docutils import SphinxRole

from cnnbook.facts import facts, text, value
from cnnbook.store import code_digest


def written(name: str, language: str) -> str:
    """Return a fact as a page of that language prints it."""
    result = value(name)
    if isinstance(result, int) and not facts()[name].spec:
        return format_decimal(result, locale=language)
    return text(name)


class FactRole(SphinxRole):
    """``{fact}`two-dice-four``` prints 1/12; a name that does not exist fails the build."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Compute the fact and remember what this page printed."""
        if self.env.app.builder.name == "gettext":  # only texts are collected: compute nothing
            return [nodes.inline(self.rawtext, self.text)], []
        try:
            number = written(self.text, self.config.language)
        except KeyError as error:
            message = self.inliner.reporter.error(error.args[0], line=self.lineno)
            return [self.inliner.problematic(self.rawtext, self.rawtext, message)], [message]
        printed = self.env.metadata[self.env.docname].setdefault("facts", {})
        printed[self.text] = number
        return [nodes.inline(self.rawtext, number, classes=["fact"])], []


def _outdated(app, env, added, changed, removed) -> list[str]:
    """Return the pages on which a number is no longer what was printed; look only if the code changed."""
    before, env.facts_digest = getattr(env, "facts_digest", None), code_digest()
    if before == env.facts_digest:
        return []
    pages = []
    for docname in env.found_docs - added - changed - removed:
        printed = env.metadata.get(docname, {}).get("facts", {})
        if any(
            name not in facts() or written(name, app.config.language) != was for name, was in printed.items()
        ):
            pages.append(docname)
    return pages


def setup(app) -> dict[str, bool]:
    """Register the role."""
    app.add_role("fact", FactRole())
    app.connect("env-get-outdated", _outdated)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

"""Mathematics typeset while the book is built: KaTeX's HTML and MathML, no script in the reader's browser.

KaTeX itself comes with the wheel ``sphinxcontrib-katex``; its style sheet and fonts, which no wheel carries,
lie in ``docs/_static/katex`` in the same version.
"""

import html
from functools import cache
from importlib.resources import files

import dukpy
from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

_SHORT = 24  # characters of TeX that fit on any line
_CLOSING = tuple("，。；：、）？！”,.;:)?!")
logger = logging.getLogger(__name__)


@cache
def _interpreter() -> dukpy.JSInterpreter:
    interpreter = dukpy.JSInterpreter()
    interpreter.evaljs("var module = undefined, exports = undefined, self = this;")
    interpreter.evaljs((files("sphinxcontrib") / "katex.min.js").read_text(encoding="utf-8"))
    return interpreter


@cache
def typeset(tex: str, display: bool) -> str:
    """Return TeX as HTML and MathML; raises ``dukpy.JSRuntimeError`` with KaTeX's message for bad TeX."""
    return _interpreter().evaljs(
        "katex.renderToString(dukpy['tex'], {displayMode: dukpy['display'], strict: 'ignore'})",
        tex=tex,
        display=display,
    )


def _typeset_node(tex: str, node: nodes.Element, *, display: bool) -> str:
    try:
        return typeset(tex, display)
    except dukpy.JSRuntimeError as error:
        message = str(error).splitlines()[0]
        logger.warning("mathematics: %s in %r", message, tex, location=node, type="katex")
        return f"<code>{html.escape(tex)}</code>"


def _visit_inline(translator, node: nodes.math) -> None:
    translator.body.append(f'<span class="math">{_typeset_node(node.astext(), node, display=False)}</span>')
    raise nodes.SkipNode


def _visit_block(translator, node: nodes.math_block) -> None:
    translator.body.append(translator.starttag(node, "div", CLASS="math"))
    if node["number"]:
        number = get_node_equation_number(translator, node)
        translator.body.append(f'<span class="eqno">({number})')
        translator.add_permalink_ref(node, "")
        translator.body.append("</span>")
    tex = node.astext()
    if not node.get("no-wrap") and "\\\\" in tex and "\\begin" not in tex:
        tex = f"\\begin{{aligned}}{tex}\\end{{aligned}}"
    translator.body.append(_typeset_node(tex, node, display=True) + "</div>\n")
    raise nodes.SkipNode


class OneMathematics(SphinxTransform):
    """Displayed formulas are the same in both languages: nothing to translate."""

    default_priority = 5  # before messages are extracted or noted

    def apply(self, **kwargs) -> None:
        """Take formulas out of what Sphinx translates."""
        for block in self.document.findall(nodes.math_block):
            block["translatable"] = False


class KeepPunctuation(SphinxTransform):
    """Tie a comma or full stop to the short formula before it: browsers would let it begin a line."""

    default_priority = 700  # after translation, before pages are kept

    def apply(self, **kwargs) -> None:
        """Wrap formula and punctuation together."""
        for formula in list(self.document.findall(nodes.math)):
            position = formula.parent.index(formula) + 1
            following = formula.parent[position] if position < len(formula.parent) else None
            if (
                not isinstance(following, nodes.Text)
                or following[:1] not in _CLOSING
                or len(formula.astext()) > _SHORT
            ):
                continue
            parent = formula.parent
            tied = nodes.inline("", "", formula.deepcopy(), nodes.Text(following[:1]), classes=["unbroken"])
            parent[position - 1 : position + 1] = [tied, nodes.Text(following[1:])]


def setup(app) -> dict[str, bool]:
    """Register the renderer."""
    app.add_html_math_renderer("katex", (_visit_inline, None), (_visit_block, None))
    app.add_transform(OneMathematics)
    app.add_transform(KeepPunctuation)
    app.add_css_file("katex/katex.min.css")
    return {"parallel_read_safe": True, "parallel_write_safe": True}

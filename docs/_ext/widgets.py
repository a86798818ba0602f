"""Widgets: what a reader can work. A page places the element and loads its scripts, no other page does.

A widget stands where a `lab-figure` names one (``:widget: cnn-dice``) or in a directive of its own; what
is inside the element is its stand-in, shown without JavaScript and in print.
"""

import html
import json

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

# In order of loading; `WIDGETS` names what a widget needs beyond these.
_SHARED = ["widgets.css", "core.js", "colour.js", "widget.js", "controls.js", "grid.js"]
WIDGETS = {
    "cnn-conv-explorer": [
        "arithmetic.js",
        "pixels.js",
        "photograph.js",
        "photo_view.js",
        "conv_presets.js",
        "conv_fields.js",
        "conv_drawing.js",
        "conv_explorer.js",
        "conv_explorer.css",
    ],
    "cnn-dice": ["chances.js", "dice_drawing.js", "dice.js", "dice.css"],
    "cnn-draw-digit": [
        *("draw_digit.css", "pixels.js", "lenet.js", "lenet_parameters.js", "pen.js", "digit_strokes.js"),
        *("digit_pad.js", "network_view.js", "pixel_view.js", "draw_digit.js"),
    ],
    "cnn-parameters": ["arithmetic.js", "wirings.js", "parameters.js", "parameters.css"],
    "cnn-pool-shift": [
        *("pool_shift.css", "pixels.js", "shift.js", "pictures.js", "move_pad.js", "shift_panel.js"),
        "pool_shift.js",
    ],
    "cnn-receptive-field": [
        *("receptive_field.css", "pixels.js", "stack.js", "networks.js", "cone_view.js", "map_view.js"),
        *("layer_table.js", "receptive_words.js", "receptive_field.js"),
    ],
}


class widget(nodes.General, nodes.Element):  # noqa: N801
    """The custom element around its stand-in."""


def widget_node(directive: SphinxDirective, name: str, state: str = "") -> widget:
    """Return the node of a widget; a page's first of a kind has the kind's name as its id."""
    if name not in WIDGETS:
        raise directive.error(f"widget: there is no {name!r}; expected one of {', '.join(WIDGETS)}")
    try:
        given = json.loads(state or "{}")
    except json.JSONDecodeError as error:
        raise directive.error(f"widget: the state of {name} is not JSON: {error}") from error
    node = widget(kind=name, state=given)
    directive.set_source_info(node)
    return node


class Widget(SphinxDirective):
    """A widget without a lab's figure: its name; the content stands in for it where nothing moves."""

    required_arguments = 1
    has_content = True
    option_spec = {"state": directives.unchanged}  # noqa: RUF012

    def run(self) -> list[nodes.Node]:
        """Build the node."""
        node = widget_node(self, self.arguments[0], self.options.get("state", ""))
        self.state.nested_parse(self.content, self.content_offset, node)
        return [node]


def _visit(translator, node: widget) -> None:
    earlier = translator.document.findall(widget)
    before = [other for other in earlier if other["kind"] == node["kind"]].index(node)
    name = node["kind"] + (f"-{before + 1}" if before else "")
    state = json.dumps(node["state"], ensure_ascii=False) if node["state"] else ""
    data = f' data-state="{html.escape(state)}"' if state else ""
    translator.body.append(f'<{node["kind"]} class="widget-place" id="{name}"{data}>\n')


def _depart(translator, node: widget) -> None:
    translator.body.append(f"</{node['kind']}>\n")


def _nothing(translator, node: widget) -> None:
    """Elsewhere than in HTML the stand-in stands alone."""


def _load_scripts(app, pagename, templatename, context, doctree) -> None:
    """Let a page load what its widgets need, in order."""
    kinds = dict.fromkeys(node["kind"] for node in doctree.findall(widget)) if doctree else {}
    if not kinds:
        return
    for name in dict.fromkeys([*_SHARED, *(name for kind in kinds for name in WIDGETS[kind])]):
        if name.endswith(".css"):
            app.add_css_file(f"widgets/{name}")
        else:
            app.add_js_file(f"widgets/{name}", loading_method="defer")


def setup(app) -> dict[str, bool]:
    """Register directive, node and loading."""
    others = dict.fromkeys(("latex", "text", "man", "texinfo"), (_nothing, _nothing))
    app.add_node(widget, html=(_visit, _depart), **others)
    app.add_directive("widget", Widget)
    app.connect("html-page-context", _load_scripts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

"""Labs and code cells in Chinese, before anything runs.

Sphinx translates pages while it reads them, but a lab is also a card, a tooltip, a script and a notebook to
download. Translating the script itself gives all of them in one language at once. Labels inside ``_("...")``
are put in as Chinese literals, so that a downloaded script speaks Chinese on any machine.
"""

import ast
import json
import re
from collections.abc import Mapping

_TITLE = re.compile(r"([=\-~^\"'])\1+$")
_ITEM = re.compile(r"(\s*(?:[-*+]|\d+\.|#\.)\s+)(.*)")
_DOCSTRING = re.compile(r'\s*(r?""")(.*)"""', flags=re.S)
_CELL = re.compile(r"(^```\{code-cell\}[^\n]*\n(?::[^\n]*\n)*)(.*?)(^```$)", flags=re.M | re.S)


def translate_script(source: str, prose: Mapping[str, str], labels: Mapping[str, str]) -> str:
    """Return a lab with its text blocks from `prose` and its labels from `labels`."""
    source = translate_labels(source, labels)
    docstring = ast.parse(source).body[0]
    lines = source.splitlines()
    opening, text = _DOCSTRING.match("\n".join(lines[: docstring.end_lineno])).groups()
    head = [opening, *translate_text(text.strip("\n"), prose), '"""']
    return "\n".join(head + _translate_blocks(lines[docstring.end_lineno :], prose)) + "\n"


def _translate_blocks(lines: list[str], prose: Mapping[str, str]) -> list[str]:
    """Translate the comments that follow a ``# %%`` line; leave the code and its own comments."""
    result: list[str] = []
    block: list[str] | None = None
    for line in [*lines, ""]:
        if block is not None and line.startswith("#") and not line.startswith("# %%"):
            block.append(line[2:])
            continue
        if block is not None:
            result += [f"# {text}".rstrip() for text in translate_text("\n".join(block), prose)]
            block = None
        result.append(line)
        if line.startswith("# %%"):
            block = []
    return result[:-1]


def translate_text(text: str, prose: Mapping[str, str]) -> list[str]:
    """Translate reStructuredText, paragraph by paragraph: titles, paragraphs, lists; the rest stands."""
    result: list[str] = []
    for chunk in re.split(r"\n\s*\n", text.strip("\n")):
        lines = chunk.splitlines()
        if len(lines) == 2 and _TITLE.match(lines[1]):
            title = prose.get(lines[0].strip(), lines[0])
            result += [title, lines[1][0] * (2 * len(title))]
        elif lines and _ITEM.match(lines[0]):
            result += [_translate_item(item, prose) for item in _items(lines)]
        else:
            result += _translate_paragraph(lines, prose)
        result.append("")
    return result[:-1]


def _items(lines: list[str]) -> list[list[str]]:
    items: list[list[str]] = []
    for line in lines:
        if _ITEM.match(line):
            items.append([line])
        else:
            items[-1].append(line)
    return items


def _translate_item(lines: list[str], prose: Mapping[str, str]) -> str:
    mark, first = _ITEM.match(lines[0]).groups()
    text = " ".join([first, *(line.strip() for line in lines[1:])])
    return mark + prose.get(text, text)


def _translate_paragraph(lines: list[str], prose: Mapping[str, str]) -> list[str]:
    text = " ".join(line.strip() for line in lines)
    if text not in prose:
        return lines
    indent = lines[0][: len(lines[0]) - len(lines[0].lstrip())]
    return [indent + prose[text]]


def page_cells(page: str) -> list[str]:
    """Return the code of a page's cells, in order."""
    return [cell[2] for cell in _CELL.finditer(page)]


def translate_cells(page: str, labels: Mapping[str, str]) -> str:
    """Return a page with the labels of its code cells translated; its prose is left to Sphinx."""
    return _CELL.sub(lambda cell: cell[1] + translate_labels(cell[2], labels) + cell[3], page)


def label_literals(code: str) -> list[ast.Constant]:
    """Return the literals inside ``_("...")``, in order: what is collected is what will be replaced."""
    found = [node.args[0] for node in ast.walk(ast.parse(code)) if _is_label(node)]
    return sorted(found, key=lambda literal: (literal.lineno, literal.col_offset))


def translate_labels(code: str, labels: Mapping[str, str]) -> str:
    """Put the translations of ``_("...")`` into code as literals."""
    text = code.encode()
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for literal in reversed(label_literals(code)):
        if literal.value in labels:
            begin = starts[literal.lineno - 1] + literal.col_offset
            end = starts[literal.end_lineno - 1] + literal.end_col_offset
            chinese = json.dumps(labels[literal.value], ensure_ascii=False)
            text = text[:begin] + chinese.encode() + text[end:]
    return text.decode()


def _is_label(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "_"
        and len(node.args) == 1
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    )

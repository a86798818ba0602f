"""The built book and the browser that opens it, for all browser tests."""

import gzip
import os
import shutil
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

ROOT = Path(__file__).parent.parent.parent
HTML = Path(os.environ.get("CNNBOOK_BUILD", ROOT / "build")).resolve() / "html"
PAGES = sorted(
    path.relative_to(HTML).as_posix() for path in HTML.glob("??/**/*.html") if "_static" not in path.parts
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--allow-file-access-from-files",
]
NEEDS_BROWSER = [
    pytest.mark.browser,
    pytest.mark.skipif(not shutil.which("chromium"), reason="needs Chromium (Debian's package chromium)"),
]
NEEDS_BOOK = [
    *NEEDS_BROWSER,
    pytest.mark.skipif(not PAGES, reason="needs the built book: make html"),
]


# Of axe's rules, those of level serious and critical. A page holds thousands of words that look alike: for
# contrast, the first in sight of each look speaks for all. In a drawing every word speaks for itself.
PREPARE = """() => {
  const slight = axe._audit.rules.filter(({ impact }) => ["minor", "moderate"].includes(impact));
  const rules = slight.map(({ id }) => ({ id, enabled: false }));
  axe.configure({ rules: [...rules, { id: "color-contrast", selector: "[data-contrast]" }] });
}"""
FIND = """async ([rules, within]) => {
  const grounds = new Map();
  const ground = (element) => {
    if (!element) return "";
    if (!grounds.has(element)) {
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(element);
      const clear = backgroundColor === "rgba(0, 0, 0, 0)" && backgroundImage === "none" && opacity === "1";
      const own = [backgroundColor, backgroundImage, opacity].join();
      grounds.set(element, clear ? ground(element.parentElement) : own + ground(element.parentElement));
    }
    return grounds.get(element);
  };
  const seen = new Set();
  const isNew = (element) => {
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(element);
    const within = element.parentElement.tagName;
    const named = [element.tagName, element.className, within];
    const look = [...named, color, ground(element), fontSize, fontWeight, textShadow];
    return seen.size < seen.add(look.join()).size;
  };
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const withWords = new Set();
  while (words.nextNode()) if (words.currentNode.data.trim()) withWords.add(words.currentNode.parentElement);
  for (const element of withWords) {
    if (!element.checkVisibility()) continue;
    element.toggleAttribute("data-contrast", element.closest("svg") !== null || isNew(element));
  }
  const controls = document.querySelectorAll("input, select, textarea, button");
  for (const control of controls) control.toggleAttribute("data-contrast", true);
  const options = { resultTypes: ["violations"], preload: false };
  if (rules) options.runOnly = { type: "rule", values: rules };
  const { violations } = await axe.run(within ?? document, options);
  return violations.filter(({ impact }) => ["serious", "critical"].includes(impact))
    .map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)} (${nodes.length} times)`);
}"""
# What can differ between light and dark: colours, and which of a figure's two pictures is shown.
RULES_OF_COLOURS = ["color-contrast", "link-in-text-block", "image-alt", "role-img-alt", "svg-img-alt"]


def serious(axe, page, rules: list[str] | None = None, within: str | None = None) -> list[str]:
    """Return axe's findings of level serious and critical, each with the first element it names.

    `rules`: only these; `within`: only in elements that a selector names.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe.axe_script)
        page.evaluate(PREPARE)
    return page.evaluate(FIND, [rules, within])


def revisit(page, path: str):
    """Open a page where another was, as if nothing had been there."""
    page.goto("about:blank")
    page.troubles.clear()
    page.emulate_media(media="screen", color_scheme="light", reduced_motion="no-preference")
    page.set_viewport_size({"width": 1280, "height": 900})
    file, _, anchor = path.partition("#")
    page.goto((HTML / file).as_uri() + (f"#{anchor}" if anchor else ""))
    return page


def weight(page) -> int:
    """Return the bytes on the wire of all that a page has asked for."""
    return sum(_weight(url) for url in page.asked if url.startswith("file:"))


@cache
def _weight(url: str) -> int:
    path = Path(unquote(urlsplit(url).path))
    content = path.read_bytes()
    return len(gzip.compress(content) if path.suffix in {".html", ".css", ".js", ".svg"} else content)


def page_with(widget: str, language: str) -> str:
    """Return the first built page of a language that places a widget; skip the test where none does."""
    for path in PAGES:
        if path.startswith(f"{language}/") and f"<{widget} " in (HTML / path).read_text(encoding="utf-8"):
            return path
    pytest.skip(f"no built page places {widget}")

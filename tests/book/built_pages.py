"""The built book and the browser that opens it, for all browser tests."""

import os
import shutil
from pathlib import Path

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


# Code and formulas hold thousands of words that look alike: the first in sight of each look speaks for all.
MARK_REPEATED = """() => {
  const ground = (element) => {
    const { backgroundColor } = element ? getComputedStyle(element) : { backgroundColor: "none" };
    return backgroundColor === "rgba(0, 0, 0, 0)" ? ground(element.parentElement) : backgroundColor;
  };
  const seen = new Set();
  for (const word of document.querySelectorAll(".highlight pre span, .sig span, .katex span")) {
    if (word.firstElementChild || !word.checkVisibility()) continue;
    const { color, fontSize, fontWeight } = getComputedStyle(word);
    const within = word.parentElement.tagName;
    const look = [word.className, within, color, ground(word), fontSize, fontWeight].join();
    word.toggleAttribute("data-repeated", seen.has(look));
    seen.add(look);
  }
}"""


def serious(axe, page) -> list[str]:
    """Return axe's findings of level serious and critical, each with the first element it names."""
    page.evaluate(MARK_REPEATED)
    found = axe.run(page, context={"exclude": [["[data-repeated]"]]}).response["violations"]
    return [
        f"{violation['id']}: {violation['nodes'][0]['html'][:200]} ({len(violation['nodes'])} times)"
        for violation in found
        if violation["impact"] in {"serious", "critical"}
    ]


def page_with(widget: str, language: str) -> str:
    """Return the first built page of a language that places a widget; skip the test where none does."""
    for path in PAGES:
        if path.startswith(f"{language}/") and f"<{widget} " in (HTML / path).read_text(encoding="utf-8"):
            return path
    pytest.skip(f"no built page places {widget}")

"""Sphinx configuration of both books; ``CNNBOOK_LANGUAGE`` says which one is being built."""

import hashlib
import logging
import os
import sys
from pathlib import Path

ROOT = Path(__file__).parent
sys.path.insert(0, str(ROOT / "docs" / "_ext"))

from cnnbook.store import code_digest  # noqa: E402

BUILD = Path(os.environ.get("CNNBOOK_BUILD", ROOT / "build")).resolve()
language = os.environ.get("CNNBOOK_LANGUAGE", "en")
source = BUILD / "src" / language  # staged by docs/_ext/staging.py
only = os.environ.get("CNNBOOK_ONLY") or "ch*"  # which chapters
chapters = sorted(path.parent.name for path in (ROOT / "docs").glob(f"{only}/gallery/"))
extensions_digest = hashlib.sha256(
    b"".join(path.read_bytes() for path in sorted((ROOT / "docs" / "_ext").glob("*.py")))
).hexdigest()
collecting = "gettext" in sys.argv  # texts are being collected for translation: run nothing

project = "Convolutional Neural Networks" if language == "en" else "卷积神经网络"
html_title = project
author = "the cnnbook authors" if language == "en" else "cnnbook 作者"
copyright = "2026, " + author
locale_dirs = [str(BUILD / "locale")]
gettext_compact = False
gettext_location = False

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_gallery.gen_gallery",
    "sphinxcontrib.bibtex",
    "katex",
    "search",
    "fact_role",
    "key_terms",
    "side_by_side",
    "widgets",
    "network_for_the_page",
    "lab_figures",
    "stale_labs",
    "dark_figures",
    "languages",
]
exclude_patterns = ["**/gallery/**", "**/labs/*.ipynb", "**/labs/*.py", "backreferences"]
templates_path = ["docs/_templates"]
nitpicky = True
nitpick_ignore_regex = [
    ("py:class", "(?!cnnbook).*")
]  # types in docstrings are words: "ndarray of shape (N, C)"
pygments_style = "a11y-light"
pygments_dark_style = "a11y-dark"

myst_enable_extensions = ["dollarmath", "colon_fence", "deflist", "attrs_inline", "attrs_block"]
myst_heading_anchors = 3
nb_execution_mode = "off" if collecting else "cache"
nb_execution_cache_path = str(BUILD / "cells" / language / code_digest())
nb_execution_raise_on_error = True
nb_execution_show_tb = True
nb_execution_timeout = 120
suppress_warnings = ["myst-nb.lexer"] if collecting else []  # cells that did not run have no lexer
nb_execution_excludepatterns = ["**/labs/*"]

logging.getLogger("traitlets").setLevel(logging.WARNING)  # not a line for every page that runs

autodoc_member_order = "bysource"
autodoc_typehints = "none"
napoleon_google_docstring = False
napoleon_use_ivar = True
napoleon_use_param = False
napoleon_use_rtype = False
bibtex_bibfiles = [str(ROOT / "docs" / "references.bib")]
bibtex_default_style = "plain"
bibtex_reference_style = "author_year"

sphinx_gallery_conf = {
    "examples_dirs": [str(source / chapter / "gallery") for chapter in chapters],
    "gallery_dirs": [f"{chapter}/labs" for chapter in chapters],
    "filename_pattern": "/plot_",
    "within_subsection_order": "FileNameSortKey",
    "plot_gallery": "False" if collecting else "True",
    "abort_on_example_error": True,
    "capture_repr": (),
    "run_stale_examples": bool(os.environ.get("CI")),
    "image_scrapers": ("lab_figures.scrape",),
    "reset_modules": ("lab_figures.use_book_style",),
    "backreferences_dir": "backreferences",
    "doc_module": ("cnnbook",),
    "inspect_global_variables": False,
    "write_computation_times": False,
    "min_reported_time": 10**6,
    "show_signature": False,
    "remove_config_comments": True,
    "download_all_examples": False,
    "line_numbers": False,
    "image_srcset": [],
    "default_thumb_file": str(ROOT / "docs" / "_static" / "favicon.svg"),
}

html_theme = "furo"
html_static_path = ["docs/_static", str(BUILD / "static" / language)]
html_favicon = "docs/_static/favicon.svg"
html_baseurl = ""
html_scaled_image_link = False  # figures carry their size to keep their room, not because they are small
html_show_sourcelink = False
html_copy_source = False
html_show_search_summary = False  # it would fetch pages, which browsers refuse from a file
html_permalinks_icon = "#"
html_last_updated_fmt = None
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#2a6fb0", "color-brand-content": "#2360a0"},
    "dark_css_variables": {"color-brand-primary": "#74b2ee", "color-brand-content": "#74b2ee"},
}


def setup(app):
    """Read every page anew when an extension changed."""
    app.add_config_value("extensions_digest", "", "env")

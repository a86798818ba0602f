"""One look for every figure: its colours, their twins on a dark page, its letters in both scripts.

Figures are written as SVG in the light colours. The book makes the dark twin by exchanging the colours of
`DARK` in the finished file, so a figure takes its colours from here and nowhere else. White and black that
must stay as they are (a number upon a coloured cell) are `WHITE` and `BLACK`, which have no twin.
"""

from importlib.resources import files

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.colors import LinearSegmentedColormap, to_rgb

INK = "#1f2328"  # text and axes
PAPER = "#ffffff"  # the page
MUTED = "#636b76"  # second-rank text, guide lines
FAINT = "#dfe3e8"  # grids, empty cells
BLUE = "#2a6fb0"  # first thing: the input, the first function
ORANGE = "#c2540a"  # second thing: the kernel, the second function
GREEN = "#2b8256"  # the result: output, product, overlap
PURPLE = "#7d4ea8"  # a fourth thing, where there is one
SOFT_BLUE = "#dce9f6"  # fills behind text
SOFT_ORANGE = "#fae3d4"
SOFT_GREEN = "#d8efe2"
SOFT_PURPLE = "#eadff4"

WHITE = "#fefefe"
BLACK = "#101214"

DARK = {
    INK: "#e3e6ea",
    PAPER: "#131416",
    MUTED: "#a2abb7",
    FAINT: "#363b43",
    BLUE: "#74b2ee",
    ORANGE: "#f59a5e",
    GREEN: "#63c392",
    PURPLE: "#c09aea",
    SOFT_BLUE: "#1d3550",
    SOFT_ORANGE: "#55301a",
    SOFT_GREEN: "#1b412e",
    SOFT_PURPLE: "#3d2a54",
}

# Signed values: zero is white, never clamped; the ends are the book's blue (negative) and orange (positive).
# An odd number of steps has one for zero. The blue and orange differ by a hair from those with a twin.
SIGNED = LinearSegmentedColormap.from_list(
    "signed", ["#0b3c6f", "#2b70b1", "#a9cbea", WHITE, "#f3b78f", "#c3550b", "#6f2c00"], N=257
)
# Amounts from nothing upwards.
AMOUNT = LinearSegmentedColormap.from_list("amount", [WHITE, "#a9d9bf", "#2c8357", "#123f29"])

_FONT = "Noto Sans SC"
_SETTINGS = {
    "font.family": ["DejaVu Sans", _FONT],  # a glyph missing in the first is taken from the second
    "font.size": 12,
    "axes.titlesize": 13,
    "axes.labelsize": 12,
    "figure.figsize": (6.4, 4.0),  # inches; the book's column is 6.4 wide at 96 dots an inch
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "figure.constrained_layout.use": True,
    "axes.facecolor": PAPER,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "axes.titlecolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.prop_cycle": mpl.cycler(color=[BLUE, ORANGE, GREEN, PURPLE]),
    "axes.grid": False,
    "grid.color": FAINT,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "legend.frameon": False,
    "lines.linewidth": 2,
    "image.interpolation": "nearest",
    "image.cmap": "gray",
    "svg.hashsalt": "cnnbook",  # the same figure gives the same bytes
    "svg.fonttype": "path",  # the reader's machine needs no font
    "axes.unicode_minus": True,
}


def use_style() -> None:
    """Make Matplotlib draw in the book's style, with Chinese letters where a label has them.

    >>> use_style()
    >>> mpl.rcParams["font.family"]
    ['DejaVu Sans', 'Noto Sans SC']
    """
    if _FONT not in {font.name for font in font_manager.fontManager.ttflist}:
        font_manager.fontManager.addfont(str(files("zhplot") / "fonts" / "NotoSansSC-Regular.ttf"))
    mpl.rcParams.update(_SETTINGS)


def text_on(color) -> str:
    """Return `BLACK` or `WHITE`, whichever is easier to read upon `color`.

    Parameters
    ----------
    color : Matplotlib color

    Returns
    -------
    str
        By WCAG 2.2's relative luminance: the colour with the larger contrast ratio.

    >>> text_on("#ffff00") == BLACK, text_on("#000080") == WHITE
    (True, True)
    """
    light = _luminance(color)
    return BLACK if (light + 0.05) ** 2 > (_luminance(WHITE) + 0.05) * (_luminance(BLACK) + 0.05) else WHITE


def _luminance(color) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(color)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

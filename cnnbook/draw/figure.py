"""A finished figure: the words for readers who cannot see it, and frames for one that moves."""

import base64
import io
import re
from collections import Counter
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

from matplotlib.figure import Figure
from PIL import Image

_ATTRIBUTE = "_cnnbook_alt"
_FRAMES = "_cnnbook_frames"
_DEFINITION = re.compile(r"<(\w+)\b(?:[^>]*/>|.*?</\1>)", flags=re.S)
_INNERMOST = re.compile(r"<g\b[^>]*>(?:(?!<g\b).)*?</g>", flags=re.S)  # a group with no group inside
_DEPTH = 5  # groups in groups: a letter, its text, a tick, an axis, the axes
_WORTH = 60  # characters below which naming a group costs more than it saves
_IDENTITY = re.compile(r'\bid="([^"]+)"')
_PNG = re.compile(r'(?<=")data:image/png;base64,([^"]+)(?=")')


def describe(figure: Figure, alt: str) -> Figure:
    """Attach to a figure the text that stands for it where it cannot be seen.

    Parameters
    ----------
    figure : Figure
    alt : str
        What the picture shows, in one or two sentences, in the reader's language; what is read aloud.

    Returns
    -------
    Figure
        The same figure.

    Raises
    ------
    ValueError
        If `alt` is empty.

    >>> description(describe(Figure(), "A line that climbs."))
    'A line that climbs.'
    """
    if not alt.strip():
        raise ValueError(f"describe: alt is {alt!r}, expected a sentence that says what the picture shows")
    setattr(figure, _ATTRIBUTE, " ".join(alt.split()))
    return figure


def description(figure: Figure) -> str:
    """Return the text attached by `describe`, or an empty string."""
    return getattr(figure, _ATTRIBUTE, "")


def animate(
    figure: Figure, update: Callable[[int], object], frames: Sequence[int], *, seconds: float = 0.4
) -> Figure:
    """Record a moving figure: one picture for each frame, the last one standing for all in print.

    Parameters
    ----------
    figure : Figure
    update : callable
        Called with each element of `frames`; it changes the figure's artists.
    frames : sequence of int
    seconds : float, default 0.4
        How long one frame stands.

    Returns
    -------
    Figure
        The same figure, showing the last frame.

    >>> figure = Figure(); mark = figure.text(0.5, 0.5, "")
    >>> svg = animated_svg(animate(figure, lambda n: mark.set_text(str(n)), range(3)))
    >>> svg.count('class="frame"')
    3
    """
    pictures = []
    for frame in frames:
        update(frame)
        pictures.append(still_svg(figure))
    setattr(figure, _FRAMES, (pictures, seconds))
    return figure


def is_animated(figure: Figure) -> bool:
    """Return whether `animate` recorded frames for this figure.

    >>> is_animated(Figure())
    False
    """
    return hasattr(figure, _FRAMES)


def still_svg(figure: Figure) -> str:
    """Return the figure as it stands, as SVG text without a date: the same figure, the same text."""
    buffer = io.StringIO()
    title = {"Title": description(figure)} if description(figure) else {}
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None, **title})
    return _PNG.sub(_as_webp, buffer.getvalue())


def _as_webp(png: re.Match) -> str:
    """Pack pixels again, each as it was, in half the room."""
    picture, packed = Image.open(io.BytesIO(base64.b64decode(png[1]))), io.BytesIO()
    picture.save(packed, "WEBP", lossless=True, quality=60, exact=True)
    return f"data:image/webp;base64,{base64.b64encode(packed.getvalue()).decode()}"


def animated_svg(figure: Figure) -> str:
    """Return the recorded frames as one SVG that plays by style rules alone.

    Letters and clip paths that frames share are written once. A reader who asked their system for less
    motion sees the last frame, standing still.

    Parameters
    ----------
    figure : Figure
        After `animate`.

    Returns
    -------
    str
        An SVG document; it needs no script, so it also plays inside an image element.
    """
    pictures, seconds = getattr(figure, _FRAMES)
    shared: dict[str, str] = {}
    bodies = []
    for picture in pictures:
        body = picture[picture.index("</metadata>") + len("</metadata>") : picture.rindex("</svg>")]
        bodies.append(re.sub(r"<defs>(.*?)</defs>", lambda found: _share(found[1], shared), body, flags=re.S))
    layers = []
    for number, body in enumerate(_draw_once(bodies, shared)):
        delay = (number - len(pictures)) * seconds
        layers.append(f'<g class="frame" style="animation-delay:{delay:.2f}s">{body}</g>')
    head = re.sub(r"<title>.*?</title>", "", pictures[0][: pictures[0].index("<metadata>")], flags=re.S)
    title = f"<title>{escape(description(figure))}</title>"
    definitions = f"<defs>{''.join(shared.values())}</defs>"
    return f"{head}{title}{definitions}{_rules(len(pictures), seconds)}{''.join(layers)}</svg>\n"


def _draw_once(bodies: list[str], shared: dict[str, str]) -> list[str]:
    """Draw what several frames have in common, axes and labels, once; from the innermost groups outwards."""
    for _ in range(_DEPTH):
        counts = Counter(group for body in bodies for group in set(_INNERMOST.findall(body)))
        names = {}
        for group, count in counts.items():
            if count > 1 and len(group) > _WORTH:
                name = f"shared_{len(shared)}"
                shared[name] = f'<g id="{name}">{group}</g>'
                names[group] = f'<g><use xlink:href="#{name}"/></g>'
        bodies = [
            _INNERMOST.sub(lambda found, names=names: names.get(found[0], found[0]), body) for body in bodies
        ]
    return bodies


def _share(definitions: str, shared: dict[str, str]) -> str:
    """Move definitions seen before out of a frame; keep style rules where they stand."""
    kept = []
    for found in _DEFINITION.finditer(definitions):
        element = found[0]
        identity = _IDENTITY.search(element)
        if identity:
            shared.setdefault(identity[1], element)
        else:
            kept.append(element)
    return f"<defs>{''.join(kept)}</defs>" if kept else ""


def _rules(count: int, seconds: float) -> str:
    """One cycle: every frame is seen for its share of the time; the last one where motion is unwanted."""
    share = 100 / count
    return (
        "<style>.frame{visibility:hidden;animation:frame "
        f"{count * seconds:.2f}s step-end infinite}}"
        "@keyframes frame{0%{visibility:visible}"
        f"{share:.4f}%{{visibility:hidden}}100%{{visibility:hidden}}}}"
        "@media (prefers-reduced-motion:reduce),print{.frame{animation:none}"
        ".frame:last-of-type{visibility:visible}}</style>"
    )

"""Figures carry words; moving ones play without a script; the same figure gives the same bytes."""

import base64
import io
import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from cnnbook.draw.figure import animate, animated_svg, describe, description, is_animated, still_svg
from cnnbook.draw.style import use_style


def bars() -> tuple[Figure, object]:
    use_style()
    figure = Figure(figsize=(3, 2))
    ax = figure.subplots()
    return figure, ax.bar([0, 1, 2], [1, 2, 3], hatch="/", clip_on=True)


def test_words():
    figure = describe(Figure(), "  A line\n  that climbs < 1.  ")
    assert description(figure) == "A line that climbs < 1."
    assert "<title>A line that climbs &lt; 1.</title>" in still_svg(figure)
    assert description(Figure()) == ""
    assert "<title>" not in still_svg(Figure())


def test_no_words_are_refused():
    with pytest.raises(ValueError, match="describe: alt is ' ', expected a sentence"):
        describe(Figure(), " ")


def test_same_figure_same_bytes():
    assert still_svg(bars()[0]) == still_svg(bars()[0])


def test_frames():
    figure, container = bars()
    assert not is_animated(figure)
    heights = [3, 1, 2, 4]
    animate(figure, lambda n: container[0].set_height(heights[n]), range(4), seconds=0.5)
    describe(figure, "Bars that move.")
    assert is_animated(figure)
    svg = animated_svg(figure)
    root = ET.fromstring(svg)  # well-formed, or no browser shows it
    frames = [child for child in root if child.get("class") == "frame"]
    assert [frame.get("style") for frame in frames] == [
        f"animation-delay:{delay:.2f}s" for delay in (-2.0, -1.5, -1.0, -0.5)
    ]
    assert "frame 2.00s step-end infinite" in svg
    assert "prefers-reduced-motion" in svg
    assert svg.count("<title>") == 1


def test_every_definition_used_is_there():
    figure, container = bars()
    svg = animated_svg(animate(figure, lambda n: container[0].set_height(n + 1), range(2)))
    defined = re.findall(r'\bid="([^"]+)"', svg)
    used = set(re.findall(r'xlink:href="#([^"]+)"|url\(#([^)]+)\)', svg))
    wanted = {one or other for one, other in used}
    assert wanted
    assert wanted <= set(defined)
    shared = svg[svg.index("<defs>") : svg.index("</defs>")]
    assert len(set(re.findall(r'<(?:path|clipPath|pattern) id="([^"]+)"', shared))) > 3


def test_what_stands_still_is_written_once():
    """Axes and labels that no frame changes cost nothing in the second frame; what moves is in each."""
    sizes = {}
    for count in (2, 12):
        figure, container = bars()
        svg = animated_svg(animate(figure, lambda n, bar=container[0]: bar.set_height(n + 1), range(count)))
        sizes[count] = len(svg)
        root = ET.fromstring(svg)
        frames = [child for child in root if child.get("class") == "frame"]
        assert len({ET.tostring(frame) for frame in frames}) == count
    still = len(still_svg(bars()[0]))
    assert sizes[12] - sizes[2] < 10 * 0.4 * still


def test_pixels_are_packed_without_loss():
    use_style()
    figure = Figure()
    ax = figure.subplots()
    values = np.random.default_rng(0).integers(0, 256, (9, 12))
    ax.imshow(values, cmap="gray", vmin=0, vmax=255, interpolation="none")
    drawn = io.StringIO()
    figure.savefig(drawn, format="svg")
    embedded = [
        re.search(r'"data:image/(\w+);base64,([^"]+)"', svg).groups()
        for svg in (drawn.getvalue(), still_svg(figure))
    ]
    assert [kind for kind, _ in embedded] == ["png", "webp"]
    before, after = (
        np.asarray(Image.open(io.BytesIO(base64.b64decode(text))).convert("RGBA")) for _, text in embedded
    )
    np.testing.assert_array_equal(after, before)

"""The widgets' arithmetic in a real browser against golden cases that `cnnbook` computes."""

import random

import numpy as np
import pytest
from built_pages import NEEDS_BROWSER
from widget_texts import SCRIPTS

from cnnbook.arithmetic import output_length
from cnnbook.functional import avg_pool2d, conv2d, max_pool2d, pad

pytestmark = NEEDS_BROWSER

CONVOLUTIONS, POOLINGS, LENGTHS = 400, 300, 2000
MODES = {"zeros": "constant", "circular": "circular", "reflect": "reflect", "replicate": "replicate"}


@pytest.fixture(scope="module")
def page(browser):
    page = browser.new_page()
    page.set_content("<html lang=en><body></body></html>")
    for name in ("core.js", "colour.js", "arithmetic.js"):
        page.add_script_tag(path=SCRIPTS / name)
    yield page
    page.close()


def two(draw: random.Random, low: int, high: int) -> list[int]:
    """Draw a number for rows and one for columns."""
    return [draw.randint(low, high), draw.randint(low, high)]


def table(draw: random.Random, shape: list[int]) -> list[list[int]]:
    return [[draw.randint(-9, 9) for _ in range(shape[1])] for _ in range(shape[0])]


def fits(shape, kernel, stride, padding, dilation=(1, 1), ceil=False) -> bool:
    try:
        return all(
            output_length(*axis, ceil) > 0
            for axis in zip(shape, kernel, stride, padding, dilation, strict=True)
        )
    except ValueError:
        return False


def convolution_case(draw: random.Random) -> dict | None:
    """Return a setting that PyTorch accepts, with its output, or None."""
    shape, kernel = two(draw, 1, 9), two(draw, 1, 5)
    stride, padding, dilation = two(draw, 1, 4), two(draw, 0, 3), two(draw, 1, 3)
    mode, flipped = draw.choice(list(MODES)), draw.random() < 0.5
    largest = {"circular": shape, "reflect": [length - 1 for length in shape]}.get(mode, [99, 99])
    if not fits(shape, kernel, stride, padding, dilation) or any(
        p > limit for p, limit in zip(padding, largest, strict=True)
    ):
        return None
    values, weights = table(draw, shape), table(draw, kernel)
    around = (padding[1], padding[1], padding[0], padding[0])
    padded = pad(np.array(values, float)[None], around, mode=MODES[mode])
    laid = np.array(weights, float)
    laid = laid[::-1, ::-1] if flipped else laid
    output = conv2d(
        padded, laid[None, None].copy(), stride=tuple(stride), dilation=tuple(dilation), exact=True
    )[0]
    window = [d * (k - 1) + 1 for d, k in zip(dilation, kernel, strict=True)]
    rest = [
        length + 2 * p - (count - 1) * s - w
        for length, p, count, s, w in zip(shape, padding, output.shape, stride, window, strict=True)
    ]
    setting = {"stride": stride, "padding": padding, "dilation": dilation, "mode": mode, "flipped": flipped}
    return {"input": values, "kernel": weights, "setting": setting, "output": output.tolist(), "rest": rest}


def pooling_case(draw: random.Random) -> dict | None:
    shape, kernel, stride = two(draw, 1, 9), two(draw, 1, 4), two(draw, 1, 4)
    padding = [draw.randint(0, length // 2) for length in kernel]
    kind, ceil, count = draw.choice(["max", "average"]), draw.random() < 0.5, draw.random() < 0.5
    dilation = two(draw, 1, 3) if kind == "max" else [1, 1]
    if not fits(shape, kernel, stride, padding, dilation, ceil):
        return None
    values = table(draw, shape)
    image, options = np.array(values, float)[None], {"padding": tuple(padding), "ceil_mode": ceil}
    if kind == "max":
        output = max_pool2d(image, tuple(kernel), tuple(stride), dilation=tuple(dilation), **options)
    else:
        output = avg_pool2d(image, tuple(kernel), tuple(stride), count_include_pad=count, **options)
    setting = {
        "stride": stride,
        "padding": padding,
        "dilation": dilation,
        "ceil": ceil,
        "countPadding": count,
    }
    return {"input": values, "kind": kind, "kernel": kernel, "setting": setting, "output": output[0].tolist()}


def cases(make, count: int) -> list[dict]:
    draw, found = random.Random(0), []
    while len(found) < count:
        if case := make(draw):
            found.append(case)
    return found


def test_convolution(page):
    wanted = cases(convolution_case, CONVOLUTIONS)
    assert {case["setting"]["mode"] for case in wanted} == set(MODES)
    assert sum(any(case["rest"]) for case in wanted) > 50, "cases with pixels left over"
    got = page.evaluate(
        """cases => cases.map(({ input, kernel, setting }) => {
          const { convolve, outputSize, shape, products, flip } = CNNBook.arithmetic;
          const output = convolve(input, kernel, setting);
          const { restRows, restColumns } = outputSize(shape(input), shape(kernel), setting);
          return { output, rest: [restRows, restColumns] };
        })""",
        wanted,
    )
    for case, result in zip(wanted, got, strict=True):
        assert result == {"output": case["output"], "rest": case["rest"]}, case


def test_pooling(page):
    wanted = cases(pooling_case, POOLINGS)
    assert sum(case["setting"]["ceil"] for case in wanted) > 50
    got = page.evaluate(
        """cases => cases.map(({ input, kind, kernel, setting }) =>
          CNNBook.arithmetic.pool(input, kind, kernel, setting))""",
        wanted,
    )
    for case, result in zip(wanted, got, strict=True):
        np.testing.assert_allclose(result, case["output"], rtol=1e-12, err_msg=str(case))


def test_output_length(page):
    draw = random.Random(1)
    wanted = []
    for _ in range(LENGTHS):
        length, kernel, stride = draw.randint(0, 40), draw.randint(1, 9), draw.randint(1, 6)
        padding, dilation, ceil = draw.randint(0, 5), draw.randint(1, 4), draw.random() < 0.5
        try:
            count = output_length(length, kernel, stride, padding, dilation, ceil)
        except ValueError:
            count = 0
        setting = {"stride": stride, "padding": padding, "dilation": dilation, "ceil": ceil}
        wanted.append({"length": length, "kernel": kernel, "setting": setting, "count": count})
    assert any(case["count"] == 0 for case in wanted)
    got = page.evaluate(
        "cases => cases.map(c => CNNBook.arithmetic.outputLength(c.length, c.kernel, c.setting))", wanted
    )
    assert got == [case["count"] for case in wanted]


def test_padding_that_cannot_be_had(page):
    trouble = "(length, padding, mode) => CNNBook.arithmetic.paddingTrouble(length, padding, mode)"
    for length in range(1, 5):
        for padding in range(6):
            for mode, name in MODES.items():
                try:
                    pad(np.zeros((1, 1, length)), (padding, padding), mode=name)
                    accepted = True
                except ValueError:
                    accepted = False
                got = page.evaluate(f"([n, p, m]) => ({trouble})(n, p, m)", [length, padding, mode])
                assert (got == "") == accepted, (length, padding, mode)


def test_colours_are_those_of_the_figures(page):
    from matplotlib.colors import to_rgb

    from cnnbook.draw.style import AMOUNT, SIGNED

    shares = [step / 20 for step in range(21)]
    for name, colours, low in (("signed", SIGNED, -1), ("amount", AMOUNT, 0)):
        values = [low + (1 - low) * share for share in shares]
        got = page.evaluate(f"values => values.map(v => CNNBook.colour.{name}(v, 1))", values)
        wanted = [colours(share)[:3] for share in shares]
        np.testing.assert_allclose([to_rgb(colour) for colour in got], wanted, atol=2.5 / 255)
        letters = page.evaluate("colours => colours.map(CNNBook.colour.textOn)", got)
        for pair in zip(letters, got, strict=True):
            dark, light = sorted(map(luminance, pair))
            assert (light + 0.05) / (dark + 0.05) >= 4.5, pair


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2.2."""
    from matplotlib.colors import to_rgb

    shares = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return float(np.dot(shares, [0.2126, 0.7152, 0.0722]))


def test_style_sheet_has_the_colours_of_the_figures():
    from cnnbook.draw import style

    sheet = (SCRIPTS / "widgets.css").read_text(encoding="utf-8")
    names = ["INK", "PAPER", "MUTED", "FAINT", "BLUE", "ORANGE", "GREEN", "PURPLE"]
    for name in [*names, "SOFT_BLUE", "SOFT_ORANGE", "SOFT_GREEN", "SOFT_PURPLE"]:
        light = getattr(style, name)
        variable = name.lower().replace("_", "-")
        assert f"--{variable}: light-dark({light}, {style.DARK[light]});" in sheet

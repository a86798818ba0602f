"""LeNet in the page, layer by layer, against torch."""

import numpy as np
import pytest
from built_pages import NEEDS_BROWSER
from network_for_the_page import script
from playwright.sync_api import Error
from widget_texts import SCRIPTS

from cnnbook.data import digits
from cnnbook.models.weights import arrays, load
from cnnbook.train import look_inside

pytestmark = NEEDS_BROWSER


@pytest.fixture(scope="module")
def page(browser):
    page = browser.new_page()
    for name in ("lenet",):
        page.add_script_tag(path=SCRIPTS / f"{name}.js")
    yield page
    page.close()


FORWARD = """images => images.map((image) => {
    const made = net.forward(Float32Array.from(image));
    return Object.fromEntries(Object.entries(made).map(([name, values]) => [name, Array.from(values)]));
})"""
KEPT = {"c1": "c1", "s2": "s2", "c3": "c3", "s4": "s4", "f5": "relu5", "f6": "relu6", "logits": "output"}


@pytest.fixture(scope="module")
def network(page):
    """The network that the page gets, and torch's with the parameters as they were trained."""
    page.add_script_tag(content=script(arrays("lenet")))
    page.evaluate(
        "() => { globalThis.net = CNNBook.lenet.create(CNNBook.lenet.unpack(CNNBook.lenetParameters)); }"
    )
    return load("lenet")


def test_parameters_arrive(page, network):
    for name, values in network.state_dict().items():
        shape = page.evaluate("name => CNNBook.lenet.SHAPES[name]", name)
        found = page.evaluate("name => Array.from(net.parameters[name])", name)
        largest = values.abs().max().item()
        np.testing.assert_allclose(
            np.reshape(found, shape), values, atol=1.01 * largest / 2**18, err_msg=name
        )
    assert page.evaluate("Object.keys(CNNBook.lenet.SHAPES)") == list(network.state_dict())


def test_the_script_is_small():
    assert len(script(arrays("lenet"))) < 200_000


def test_every_layer_of_lenet_on_fifty_digits(page, network):
    images = digits(4)[1].images[:50]
    found = page.evaluate(FORWARD, images.reshape(50, -1).tolist())
    for image, steps in zip(images, found, strict=True):
        expected = look_inside(network, image)
        for name, step in KEPT.items():
            np.testing.assert_allclose(steps[name], expected[step].ravel(), atol=1e-3, err_msg=name)
        np.testing.assert_allclose(steps["probs"], expected["probabilities"], atol=1e-3)
        assert np.argmax(steps["logits"]) == expected["output"].argmax()


def test_an_image_of_another_size_is_refused(page, network):
    with pytest.raises(Error, match="image has 784 pixels, expected 1024"):
        page.evaluate("() => { net.forward(new Float32Array(784)); }")


def test_the_computation_behind_a_pixel(page, network):
    """What is multiplied, added and compared gives the value of the map, for each layer."""
    image = digits(4)[1].images[3]
    made = look_inside(network, image)
    for layer, map_, row, column in [("c1", 2, 20, 11), ("s2", 5, 13, 0), ("c3", 9, 4, 4), ("s4", 15, 2, 3)]:
        found = page.evaluate(
            """([image, ...place]) => {
                const values = Float32Array.from(image);
                const made = { image: values, ...net.forward(values) };
                return CNNBook.lenet.behind(net.parameters, made, ...place);
            }""",
            [image.ravel().tolist(), layer, map_, row, column],
        )
        assert found["value"] == pytest.approx(made[layer][map_, row, column], abs=1e-3)
        windows = np.array(found["windows"])
        if layer in ("s2", "s4"):
            assert max(windows.max(), 0) == pytest.approx(found["value"])
            continue
        source = image if layer == "c1" else made["s2"]
        np.testing.assert_allclose(windows, source[:, row : row + 5, column : column + 5], atol=1e-3)
        np.testing.assert_allclose(found["products"], windows * np.array(found["kernels"]), atol=1e-6)
        assert sum(found["sums"]) + found["bias"] == pytest.approx(found["value"], abs=1e-5)

"""ONNX files, built by hand; ONNX's reference implementation plays the probe."""

from itertools import product

import numpy as np
import pytest

from cnnbook.receptive_field import Conv, Pool, UnsupportedOperator, Upsample, analyze
from cnnbook.summary import summarize

onnx = pytest.importorskip("onnx", reason="these tests read ONNX files")

from onnx import TensorProto, helper, numpy_helper  # noqa: E402
from onnx.reference import ReferenceEvaluator  # noqa: E402


def weights(*shape):
    return np.random.default_rng(0).standard_normal(shape).astype(np.float32)


def save(path, nodes, constants=(), shape=(1, 2, 9, 8), outputs=("y",)):
    """Write a file whose nodes read x and write y; constants are arrays by name."""
    dims = [("N" if i == 0 else n) for i, n in enumerate(shape)]
    graph = helper.make_graph(
        nodes,
        "test",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, dims)],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs],
        [numpy_helper.from_array(array, name) for name, array in dict(constants).items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(model, path)
    return path


def node(kind, inputs, output="y", **attributes):
    return helper.make_node(kind, inputs.split(), [output], name=f"/body/{kind}_{output}", **attributes)


def reference_regions(path, shape, units):
    """Plant NaNs line by line and see which units react."""
    session = ReferenceEvaluator(str(path))
    start = np.random.default_rng(1).random((1, *shape), dtype=np.float32) + 1
    seen = {unit: [None] * (len(shape) - 1) for unit in product(*map(range, units))}
    for axis in range(len(shape) - 1):
        for line in range(shape[1 + axis]):
            marked = start.copy()
            marked[(slice(None),) * (2 + axis) + (line,)] = np.nan
            with np.errstate(invalid="ignore"):
                result = np.isnan(session.run(None, {"x": marked})[0])
            reacts = result.any(axis=(0, 1)).reshape(units)
            for unit in np.argwhere(reacts):
                first = seen[tuple(unit)][axis]
                seen[tuple(unit)][axis] = (line if first is None else first[0], line)
    return {unit: tuple(ends) for unit, ends in seen.items()}


W33 = {"w": weights(2, 2, 3, 3)}
CASES = {
    "same": ([node("Conv", "x w", auto_pad="SAME_UPPER", strides=[2, 2])], W33),
    "same lower": ([node("Conv", "x w", auto_pad="SAME_LOWER", strides=[2, 2])], W33),
    "uneven": ([node("Conv", "x w", pads=[0, 1, 2, 3])], W33),
    "grouped": (
        [
            node("Conv", "x w", group=2),
        ],
        {"w": weights(4, 1, 2, 3)},
    ),
    "transposed": (
        [node("ConvTranspose", "x w", strides=[2, 3], pads=[1, 0, 0, 1], output_padding=[1, 1])],
        W33,
    ),
    "average": ([node("AveragePool", "x", kernel_shape=[3, 3], pads=[1, 1, 1, 1], count_include_pad=1)], {}),
    "residual": (
        [node("Conv", "x w", "a", pads=[1, 1, 1, 1]), node("Relu", "a", "b"), node("Add", "x b")],
        W33,
    ),
    "concat": ([node("Conv", "x w", "a", pads=[1, 1, 1, 1]), node("Concat", "x a", axis=1)], W33),
    "norm": (
        [node("Conv", "x w", "a"), node("BatchNormalization", "a s s s v")],
        {**W33, "s": weights(2), "v": np.ones(2, np.float32)},
    ),
    "slice": (
        [node("Slice", "x from to axes by")],
        {"from": np.array([1, 7]), "to": np.array([8, 0]), "axes": np.array([2, 3]), "by": np.array([2, -1])},
    ),
    "pad": (
        [
            node("Pad", "x p", mode="reflect"),
        ],
        {"p": np.array([0, 0, 2, 0, 0, 0, 1, 3])},
    ),
    "shuffle": (
        [node("Conv", "x w", "a"), node("DepthToSpace", "a", blocksize=2, mode="CRD")],
        {"w": weights(8, 2, 2, 2)},
    ),
    "unshuffle": (
        [node("Slice", "x z e axes", "a"), node("SpaceToDepth", "a", blocksize=2)],
        {"z": np.array([0]), "e": np.array([8]), "axes": np.array([2])},
    ),
    "squeeze": ([node("GlobalAveragePool", "x", "a"), node("Sigmoid", "a", "b"), node("Mul", "x b")], {}),
    "mean": ([node("ReduceMean", "x", axes=[3], keepdims=1)], {}),
    "softmax": ([node("Softmax", "x", axis=2)], {}),
    "transpose": (
        [
            node("Transpose", "x", "a", perm=[0, 2, 3, 1]),
            node("MatMul", "a m", "b"),
            node("Transpose", "b", perm=[0, 3, 1, 2]),
        ],
        {"m": weights(2, 3)},
    ),
    "flatten": (
        [
            node("Conv", "x w", "a", strides=[2, 2]),
            node("Flatten", "a", "b"),
            node("Gemm", "b m"),
        ],
        {**W33, "m": weights(24, 5)},
    ),
    "split": ([helper.make_node("Split", ["x"], ["a", "b"], axis=2), node("Concat", "b a", axis=3)], {}),
    "reshape": (
        [node("Shape", "x", "n"), node("Conv", "x w", "a", pads=[1, 1, 1, 1]), node("Reshape", "a n")],
        W33,
    ),
    "gather": ([node("Conv", "x w", "a"), node("Gather", "a i", axis=2)], {**W33, "i": np.array([3, 0])}),
    "instance": ([node("InstanceNormalization", "x s s")], {"s": np.ones(2, np.float32)}),
    "lrn": ([node("Conv", "x w", "a"), node("LRN", "a", size=3)], {"w": weights(6, 2, 3, 3)}),
    "expand": (
        [node("ReduceMax", "x", "a", axes=[2, 3]), node("Expand", "a n")],
        {"n": np.array([1, 2, 3, 4])},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_regions_are_those_of_the_reference(tmp_path, name):
    nodes, constants = CASES[name]
    shape = (2, 8, 8) if name == "split" else (2, 9, 8)
    path = save(tmp_path / "model.onnx", nodes, constants, (1, *shape))
    field = analyze(str(path), shape)
    for unit, seen in reference_regions(path, shape, field.units).items():
        assert field.region(unit) == seen


SAME_AS_LAYERS = {
    # The reference compares with NaN, multiplies it by the zeros of a dilated kernel, or refuses to crop.
    "max": (
        [node("MaxPool", "x", kernel_shape=[3, 2], strides=[2, 2], ceil_mode=1)],
        {},
        [Pool((3, 2), 2, ceil_mode=True)],
    ),
    "dilated": ([node("Conv", "x w", dilations=[2, 3])], W33, [Conv(3, dilation=(2, 3))]),
    "nearest": (
        [
            node(
                "Resize",
                "x r k",
                mode="nearest",
                coordinate_transformation_mode="asymmetric",
                nearest_mode="floor",
            )
        ],
        {"r": np.zeros(0, np.float32), "k": np.array([1, 1, 2, 2], np.float32)},
        [Upsample(2)],
    ),
    "linear": (
        [node("Resize", "x r k", mode="linear")],
        {"r": np.zeros(0, np.float32), "k": np.array([1, 1, 2, 2], np.float32)},
        [Upsample(2, "linear")],
    ),
}


@pytest.mark.parametrize("name", SAME_AS_LAYERS)
def test_regions_are_those_of_the_layer(tmp_path, name):
    nodes, constants, layers = SAME_AS_LAYERS[name]
    field = analyze(save(tmp_path / "model.onnx", nodes, constants))
    expected = analyze(layers, (2, 9, 8))
    assert field.units == expected.units
    for unit in product(*map(range, field.units)):
        assert field.region(unit) == expected.region(unit)


def test_padding_may_crop(tmp_path):
    pads = {"p": np.array([0, 0, -2, 1, 0, 0, 1, -1])}  # rows: two off, one on; columns: one on, one off
    field = analyze(save(tmp_path / "model.onnx", [node("Pad", "x p")], pads))
    assert field.units == (8, 8)
    assert field.region((0, 1)) == ((2, 2), (0, 0))
    assert field.region((7, 1)) == field.region((0, 0)) == (None, None)


def test_shape_and_names_come_from_the_file(tmp_path):
    nodes, constants = CASES["residual"]
    field = analyze(save(tmp_path / "model.onnx", nodes, constants))
    assert list(field.layers) == ["body.Conv_a", "body.Relu_b", "body.Add_y"]
    assert field.size == (3, 3)


def test_summary_counts_weights_and_macs(tmp_path):
    path = save(tmp_path / "model.onnx", *CASES["flatten"])
    totals = summarize(path).totals
    assert (totals["parameters"], totals["macs"]) == (36 + 120, 4 * 3 * 36 + 120)


def test_refusals(tmp_path):
    path = save(tmp_path / "model.onnx", [node("NonMaxSuppression", "x")])
    with pytest.raises(UnsupportedOperator, match=r"body\.NonMaxSuppression_y: operator NonMaxSuppression"):
        analyze(path)
    with pytest.raises(ValueError, match=r"input_shape \(2, 3\) does not complete it"):
        analyze(path, (2, 3))
    with pytest.raises(UnsupportedOperator, match="depends on the network's input"):
        analyze(save(tmp_path / "model.onnx", [node("MatMul", "x x")], shape=(1, 2, 3, 3)))

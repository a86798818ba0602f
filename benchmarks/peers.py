"""Other convolutions in Python that need no compiled deep-learning framework."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import scipy.signal
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator


def peers(x: np.ndarray, w: np.ndarray, options: dict[str, int]) -> dict[str, Callable]:
    """Return the other implementations as calls without arguments, each giving what `conv2d` gives.

    SciPy's gives it for the first image.
    """
    evaluator = _onnx(x, w, options)
    return {
        "onnx reference": lambda: evaluator.run(None, {"X": x, "W": w})[0],
        "tensordot": lambda: by_tensordot(x, w, **options),
        "scipy.signal": lambda: by_scipy(x[:1], w, **options),
    }


def by_tensordot(x, w, stride, padding, dilation, groups):
    """Multiply a sliding window view with the kernels: what one writes first in NumPy."""
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    span = dilation * (w.shape[2] - 1) + 1
    view = np.lib.stride_tricks.sliding_window_view(x, (span, span), axis=(2, 3))
    view = view[:, :, ::stride, ::stride, ::dilation, ::dilation]
    parts = zip(np.split(view, groups, axis=1), np.split(w, groups), strict=True)
    outputs = [np.tensordot(part, kernels, axes=((1, 4, 5), (1, 2, 3))) for part, kernels in parts]
    return np.concatenate(outputs, axis=3).transpose(0, 3, 1, 2)


def by_scipy(x, w, stride, padding, dilation, groups):
    """Correlate every image with every kernel as volumes, by the method that SciPy thinks best."""
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    if dilation > 1:
        holes = np.zeros((*w.shape[:2], *(dilation * (k - 1) + 1 for k in w.shape[2:])), w.dtype)
        holes[:, :, ::dilation, ::dilation] = w
        w = holes
    of_group, K = w.shape[1], len(w)
    rows = [
        [
            scipy.signal.correlate(
                image[k // (K // groups) * of_group :][:of_group], w[k], mode="valid", method="auto"
            )[0]
            for k in range(K)
        ]
        for image in x
    ]
    return np.array(rows)[:, :, ::stride, ::stride]


def _onnx(x, w, options):
    """Return ONNX's reference evaluator of a model that is this one layer."""
    kind = {"float32": TensorProto.FLOAT, "float64": TensorProto.DOUBLE}[str(x.dtype)]
    node = helper.make_node(
        "Conv",
        ["X", "W"],
        ["Y"],
        strides=[options["stride"]] * 2,
        pads=[options["padding"]] * 4,
        dilations=[options["dilation"]] * 2,
        group=options["groups"],
    )
    inputs = [helper.make_tensor_value_info(n, kind, list(a.shape)) for n, a in (("X", x), ("W", w))]
    outputs = [helper.make_tensor_value_info("Y", kind, None)]
    return ReferenceEvaluator(helper.make_model(helper.make_graph([node], "layer", inputs, outputs)))

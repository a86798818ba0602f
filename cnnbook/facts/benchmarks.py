"""Numbers of the appendix on benchmarks, from the files that ``make bench`` writes."""

from statistics import geometric_mean

from cnnbook.facts import fact
from cnnbook.results import results

# Fact, result, and with whom cnnbook is compared there.
_COMPARISONS = [
    ("bench-forward", "functional-forward-float32-1t", "torch"),
    ("bench-forward-better-layout", "functional-forward-float32-1t", "torch channels_last"),
    ("bench-forward-double", "functional-forward-float64-1t", "torch"),
    ("bench-forward-two", "functional-forward-float32-2t", "torch"),
    ("bench-forward-double-two", "functional-forward-float64-2t", "torch"),
    ("bench-backward", "functional-backward-float32-1t", "torch"),
    ("bench-backward-double", "functional-backward-float64-1t", "torch"),
    ("bench-pooling", "functional-pooling-float32-1t", "torch"),
    ("bench-pooling-double", "functional-pooling-float64-1t", "torch"),
    ("bench-pooling-backward", "functional-pooling-backward-float32-1t", "torch"),
    ("bench-pooling-backward-double", "functional-pooling-backward-float64-1t", "torch"),
    ("bench-tensordot", "functional-peers-float32-1t", "tensordot"),
    ("bench-onnx", "functional-peers-float32-1t", "onnx reference"),
    ("bench-scipy", "functional-peers-float32-1t", "scipy.signal"),
]


def _ratios(result: str, other: str) -> list[float]:
    return [row[other]["ratio"] for row in results(result)["rows"]]


def _register(name: str, result: str, other: str) -> None:
    fact(name, ".2f")(lambda: geometric_mean(_ratios(result, other)))
    fact(f"{name}-slowest", ".2f")(lambda: min(_ratios(result, other)))


for _comparison in _COMPARISONS:
    _register(*_comparison)

for _name, _dtype in (("", "float32"), ("-double", "float64")):
    fact(f"bench-pooling-backward{_name}-zeros", ".0%")(
        lambda dtype=_dtype: geometric_mean(_ratios(f"functional-pooling-backward-{dtype}-1t", "zeros"))
    )


@fact("bench-processor")
def _processor() -> str:
    return results("functional-forward-float32-1t")["processor"]


@fact("bench-kernels")
def _kernels() -> str:
    return ", ".join(results("functional-forward-float32-1t")["blas"])


@fact("bench-workspace", ".0f")
def _workspace() -> float:
    """In mebibytes, the most that any layer of the table takes beside its output."""
    runs = ("functional-forward-float32-1t", "functional-forward-float64-1t")
    return max(row["workspace"] for run in runs for row in results(run)["rows"])


@fact("bench-large-kernel", ".1f")
def _large_kernel() -> float:
    return _row("depthwise 31x31", 1)["torch"]["ratio"]


@fact("bench-large-kernel-better-layout", ".1f")
def _large_kernel_better_layout() -> float:
    return _row("depthwise 31x31", 1)["torch channels_last"]["ratio"]


@fact("bench-large-output", ".1f")
def _large_output() -> float:
    return _row("VGG-16 conv1_1", 4)["torch"]["ratio"]


@fact("bench-depthwise", ".2f")
def _depthwise() -> float:
    return _row("depthwise 3x3", 1)["torch"]["ratio"]


@fact("bench-small-double", ".0f")
def _small_double() -> float:
    """In microseconds, LeNet's C1 with one image, in double precision."""
    return 1e3 * _row("LeNet C1", 1, "float64")["cnnbook"]["milliseconds"]


@fact("bench-small-double-torch", ".0f")
def _small_double_torch() -> float:
    return 1e3 * _row("LeNet C1", 1, "float64")["torch"]["milliseconds"]


@fact("bench-field", ".0f")
def _receptive_field() -> float:
    """In milliseconds, the analysis of a residual network of 152 layers."""
    return 1e3 * results("receptive_field")["resnet152_224"]


@fact("bench-field-against-gradient", ".0f")
def _against_gradient() -> float:
    return results("receptive_field")["gradient"]["ratio_one_unit"]


@fact("bench-field-against-gradients", ".0f")
def _against_gradients() -> float:
    return results("receptive_field")["gradient"]["ratio_all_units"]


@fact("bench-field-sizes", ".2f")
def _sizes() -> float:
    return results("receptive_field")["resnet152_sizes"]["ratio"]


def _row(name: str, batch: int, dtype: str = "float32") -> dict:
    rows = results(f"functional-forward-{dtype}-1t")["rows"]
    return next(row for row in rows if (row["name"], row["batch"]) == (name, batch))

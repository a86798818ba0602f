"""How long an analysis takes: deep networks, long chains, large images, and against probing by gradients.

Run as ``python -m benchmarks.receptive_field``; writes results/receptive_field.json. Times are medians of
processor seconds on one thread; what counts are the ratios, both sides of which are measured in turn in the
same run.
"""

from __future__ import annotations

import json
import platform
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import torch
from torch import nn

from cnnbook.models.resnet import ResNet
from cnnbook.receptive_field import Conv, analyze, probe

RESULTS = Path(__file__).parent / "results" / "receptive_field.json"


def resnet(*depths: int) -> nn.Module:
    """Return a ResNet up to its last maps."""
    return nn.Sequential(*list(ResNet(depths))[:-3])


def chain(length: int) -> nn.Module:
    return nn.Sequential(*(nn.Conv2d(4, 4, 3, padding=1) for _ in range(length)))


def seconds(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return time.process_time() - start


def paired(a: Callable[[], object], b: Callable[[], object], rounds: int) -> tuple[float, float, float]:
    """Return the median times of two calls made in turn, and the median of their ratios b / a."""
    times = [(seconds(a), seconds(b)) for _ in range(rounds)]
    first, second = (statistics.median(column) for column in zip(*times, strict=True))
    return first, second, statistics.median(y / x for x, y in times)


def measure() -> dict:
    with torch.device("meta"):
        deep, chains = resnet(3, 8, 36, 3), {n: chain(n) for n in (100, 1_000, 10_000)}
    analyze(deep, (3, 224, 224))  # imports and caches
    result: dict = {
        "resnet152_224": statistics.median(seconds(lambda: analyze(deep, (3, 224, 224))) for _ in range(5))
    }
    result["chain"] = {
        n: statistics.median(seconds(lambda model=model: analyze(model, (4, 224, 224))) for _ in range(3))
        for n, model in chains.items()
    }
    result["chain_of_specs"] = {
        n: statistics.median(
            seconds(lambda n=n: analyze([Conv(3, padding=1)] * n, (1, 224, 224))) for _ in range(3)
        )
        for n in chains
    }
    small, large, ratio = paired(
        lambda: analyze(deep, (3, 224, 224)), lambda: analyze(deep, (3, 8192, 8192)), 9
    )
    result["resnet152_sizes"] = {"224": small, "8192": large, "ratio": ratio}
    small, large, ratio = paired(
        lambda: analyze(chains[1_000], (4, 224, 224)), lambda: analyze(chains[1_000], (4, 8192, 8192)), 9
    )
    result["chain_1000_sizes"] = {"224": small, "8192": large, "ratio": ratio}
    result["export_resnet152"] = seconds(
        lambda: torch.export.export(deep.eval(), (torch.empty(1, 3, 224, 224, device="meta"),))
    )
    return result | {"gradient": against_gradients()}


def against_gradients() -> dict:
    """Compare with the gradient probe on a residual net of 50 layers, one unit and all."""
    torch.manual_seed(0)
    model = resnet(3, 4, 6, 3)
    shape = (3, 224, 224)
    field = analyze(model, shape)
    centre = tuple(extent // 2 for extent in field.units)
    ours, theirs, ratio = paired(
        lambda: analyze(model, shape).region(centre),
        lambda: probe(model, shape, method="gradient", units=[centre]),
        3,
    )
    everything = seconds(lambda: probe(model, shape, method="gradient"))
    units = [(row, column) for row in range(field.units[0]) for column in range(field.units[1])]
    regions = seconds(
        lambda: [analyze(model, shape).region(unit) for unit in units[:1]] + [field.region(u) for u in units]
    )
    return {
        "analyze": ours,
        "probe_one_unit": theirs,
        "ratio_one_unit": ratio,
        "analyze_all_units": regions,
        "probe_all_units": everything,
        "ratio_all_units": everything / regions,
    }


def main() -> None:
    torch.set_num_threads(1)
    result = {
        "machine": platform.machine(),
        "python": platform.python_version(),
        "torch": torch.__version__,
    } | measure()
    RESULTS.write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()

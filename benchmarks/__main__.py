"""Run the benchmarks and write their results: `python -m benchmarks [--quick] [family ...]`.

Every configuration runs in a process of its own, with the number of threads fixed for NumPy's BLAS and for
torch alike, and without a variable that would keep NumPy from choosing the best kernels for the processor.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

from benchmarks.table import print_means

RESULTS = Path(__file__).parent / "results"

# family, dtype, threads, OpenBLAS kernels (None: the library's own choice)
RUNS = [
    *(("forward", dtype, threads, None) for dtype in ("float32", "float64") for threads in (1, 2)),
    *(("forward", "float32", 1, kernels) for kernels in ("Haswell", "SkylakeX")),
    *(("backward", dtype, 1, None) for dtype in ("float32", "float64")),
    *(("pooling", dtype, 1, None) for dtype in ("float32", "float64")),
    *(("pooling backward", dtype, 1, None) for dtype in ("float32", "float64")),
    ("peers", "float32", 1, None),
]
# Kernels that a processor needs an instruction set for.
NEEDS = {"Haswell": "avx2", "SkylakeX": "avx512f"}


def run(family: str, dtype: str, threads: int, kernels: str | None, quick: bool) -> dict:
    """Run one configuration and return its conditions and rows."""
    environment = {k: v for k, v in os.environ.items() if k != "OPENBLAS_CORETYPE"}
    environment |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), str(threads))
    environment["OMP_WAIT_POLICY"] = "PASSIVE"  # or torch's idle threads spin while it is our turn
    if kernels:
        environment["OPENBLAS_CORETYPE"] = kernels
    effort = ["--repetitions", "3", "--seconds", "0.2"] if quick else []
    if family == "peers":  # some take a thousand times as long
        effort = ["--repetitions", "3", "--seconds", "0.2", "--patience", "0.5"]
    command = [sys.executable, "-m", "benchmarks.worker", family, "--dtype", dtype, "--threads", str(threads)]
    done = subprocess.run([*command, *effort], env=environment, stdout=subprocess.PIPE, text=True, check=True)
    conditions, *rows = map(json.loads, done.stdout.splitlines())
    return {**conditions, "processor": processor(), "rows": rows}


def processor() -> str:
    """Return the processor's name."""
    return _cpuinfo("model name") or platform.processor()


def _cpuinfo(entry: str) -> str:
    """Return what Linux tells about the first processor under that name, or nothing."""
    path = Path("/proc/cpuinfo")
    lines = path.read_text().splitlines() if path.exists() else []
    return next((line.split(":")[1].strip() for line in lines if line.startswith(entry)), "")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("families", nargs="*", help="only these families (all when none is named)")
    parser.add_argument("--quick", action="store_true", help="three repetitions: to try the benchmark itself")
    options = parser.parse_args()
    RESULTS.mkdir(exist_ok=True)
    for family, dtype, threads, kernels in RUNS:
        if options.families and family not in options.families:
            continue
        if kernels and NEEDS[kernels] not in _cpuinfo("flags").split():
            print(f"left out: {kernels} kernels need {NEEDS[kernels]}, which this processor has not")
            continue
        parts = ["functional", *family.split(), dtype, f"{threads}t", *([kernels.lower()] if kernels else [])]
        name = "-".join(parts)
        print(f"{name} ...", flush=True)
        result = run(family, dtype, threads, kernels, options.quick)
        lines = ",\n  ".join(json.dumps(row) for row in result.pop("rows"))
        text = json.dumps(result, indent=1).removesuffix("\n}") + f',\n "rows": [\n  {lines}\n ]\n}}\n'
        (RESULTS / f"{name}.json").write_text(text)
    print_means(RESULTS)


if __name__ == "__main__":
    main()

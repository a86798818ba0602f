"""One process that times one family with one dtype and one number of threads, and prints JSON lines.

`python -m benchmarks` starts these with the environment that fixes the threads of every library.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import time
import tracemalloc

import numpy as np
import torch
from threadpoolctl import threadpool_info

from benchmarks.layers import LAYERS, POOLS, Layer, Pool
from benchmarks.measure import interleaved, summary
from benchmarks.peers import peers
from cnnbook import functional


def arrays(layer: Layer, dtype: str) -> tuple[np.ndarray, np.ndarray]:
    """Return an input and a weight for a layer."""
    rng = np.random.default_rng(0)
    x = rng.standard_normal((layer.batch, layer.channels, layer.size, layer.size), dtype)
    shape = (layer.kernels, layer.channels // layer.groups, layer.kernel, layer.kernel)
    return x, rng.standard_normal(shape, dtype)


def forward(layer: Layer, dtype: str) -> dict:
    x, w = arrays(layer, dtype)
    tensors = torch.from_numpy(x), torch.from_numpy(w)
    last = [t.contiguous(memory_format=torch.channels_last) for t in tensors]
    return {
        "cnnbook": lambda: functional.conv2d(x, w, **layer.options),
        "torch": lambda: torch.nn.functional.conv2d(*tensors, **layer.options),
        "torch channels_last": lambda: torch.nn.functional.conv2d(*last, **layer.options),
    }


def backward(layer: Layer, dtype: str) -> dict:
    x, w = arrays(layer, dtype)
    tensors = torch.from_numpy(x).requires_grad_(), torch.from_numpy(w).requires_grad_()
    output = torch.nn.functional.conv2d(*tensors, **layer.options)
    grad = torch.randn_like(output)
    return {
        "cnnbook": lambda: functional.conv2d_backward(grad.numpy(), x, w, **layer.options),
        "torch": lambda: torch.autograd.grad(output, tensors, grad, retain_graph=True),
    }


def others(layer: Layer, dtype: str) -> dict:
    """SciPy's call is made for one image only: it takes images one by one, and its time is multiplied."""
    x, w = arrays(layer, dtype)
    return {"cnnbook": lambda: functional.conv2d(x, w, **layer.options), **peers(x, w, layer.options)}


def pooling(pool: Pool, dtype: str) -> dict:
    x = np.random.default_rng(0).standard_normal((pool.batch, pool.channels, pool.size, pool.size), dtype)
    tensor = torch.from_numpy(x)
    ours, theirs = (getattr(module, pool.kind) for module in (functional, torch.nn.functional))
    return {"cnnbook": lambda: ours(x, **pool.options), "torch": lambda: theirs(tensor, **pool.options)}


def pooling_backward(pool: Pool, dtype: str) -> dict:
    x = np.random.default_rng(0).standard_normal((pool.batch, pool.channels, pool.size, pool.size), dtype)
    tensor = torch.from_numpy(x).requires_grad_()
    output = getattr(torch.nn.functional, pool.kind)(tensor, **pool.options)
    grad = torch.randn_like(output)
    ours, options = getattr(functional, pool.kind + "_backward"), dict(pool.options)
    if pool.kind == "max_pool2d":  # torch keeps them from its forward pass too
        options["indices"] = functional.max_pool2d(x, **pool.options, return_indices=True)[1]
    return {
        "cnnbook": lambda: ours(grad.numpy(), x, **options),
        "torch": lambda: torch.autograd.grad(output, tensor, grad, retain_graph=True),
        "zeros": lambda: np.full(x.shape, 0, dtype),  # fresh memory for the result, and nothing in it yet
    }


FAMILIES = {
    "forward": (forward, LAYERS),
    "backward": (backward, LAYERS),
    "peers": (others, LAYERS),
    "pooling": (pooling, POOLS),
    "pooling backward": (pooling_backward, POOLS),
}


def workspace(layer: Layer, dtype: str) -> float:
    """Return the mebibytes that a call holds at its peak beside its output."""
    x, w = arrays(layer, dtype)
    tracemalloc.start()
    output = functional.conv2d(x, w, **layer.options)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return round((peak - output.nbytes) / 2**20, 2)


def chosen(layer: Layer, dtype: str) -> str:
    """Return the method that `auto` picks."""
    x, w = arrays(layer, dtype)
    return functional.choose_method(x.shape, w.shape, **layer.options, dtype=dtype)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("family", choices=FAMILIES)
    parser.add_argument("--dtype", default="float32")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--repetitions", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--patience", type=float, default=np.inf, help="call nothing again that took longer")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    # A single thread is timed by the processor's clock, which stands still while others have the processor.
    clock = time.process_time if options.threads == 1 else time.perf_counter
    # After this, memory that was given back is kept by the process, as in any that has run for a while.
    np.ones(31 * 2**20, np.uint8)
    kernels = {info["architecture"] for info in threadpool_info() if info["internal_api"] == "openblas"}
    conditions = {
        "family": options.family,
        "dtype": options.dtype,
        "threads": options.threads,
        "blas": sorted(kernels),
        "clock": clock.__name__,
        "processors": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "versions": {
            "python": platform.python_version(),
            "numpy": np.__version__,
            "torch": torch.__version__,
        },
    }
    print(json.dumps(conditions))
    make, subjects = FAMILIES[options.family]
    for subject in subjects:
        calls = make(subject, options.dtype)
        times = interleaved(calls, options.repetitions, options.seconds, clock, options.patience)
        if "scipy.signal" in times:
            times["scipy.signal"] = [subject.batch * t for t in times["scipy.signal"]]
        row = {"name": subject.name, "batch": subject.batch, **summary(times)}
        if options.family == "forward":
            row["method"] = chosen(subject, options.dtype)
            row["workspace"] = workspace(subject, options.dtype)
        print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()

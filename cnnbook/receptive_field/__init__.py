"""Exact receptive fields: which input pixels each unit of a network can see.

`analyze` takes a PyTorch module, a plain list of layers, or an ONNX file, and returns a `ReceptiveField`.
`probe` and `verify` ask the model itself; `effective` measures how much each pixel matters. The last three
need PyTorch.
"""

from importlib import import_module

from cnnbook.receptive_field.analyze import analyze
from cnnbook.receptive_field.errors import DataDependentControlFlow, UnsupportedOperator
from cnnbook.receptive_field.result import ReceptiveField
from cnnbook.receptive_field.specs import Branch, Conv, ConvTranspose, GlobalPool, Pool, Upsample

__all__ = [
    "Branch",
    "Conv",
    "ConvTranspose",
    "DataDependentControlFlow",
    "GlobalPool",
    "Pool",
    "ReceptiveField",
    "UnsupportedOperator",
    "Upsample",
    "analyze",
    "effective",
    "probe",
    "verify",
]

_NEED_TORCH = {"probe": "probing", "verify": "probing", "effective": "effective_field"}


def __getattr__(name: str) -> object:
    """Import what needs PyTorch only when it is asked for."""
    if name not in _NEED_TORCH:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_NEED_TORCH[name]}"), name)

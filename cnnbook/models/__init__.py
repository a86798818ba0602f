"""Networks as torch modules, written to be read beside their papers.

`numpy_lenet` computes one of them without PyTorch; `weights` holds what training has made of them.
"""

from importlib import import_module

_MODULES = {"AlexNet": "alexnet", "CompactNet": "compact", "LeNet": "lenet", "LeNet5": "lenet5"}
__all__ = list(_MODULES)


def __getattr__(name: str) -> object:
    """Import a network when it is asked for: what needs no PyTorch in here can then do without."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)

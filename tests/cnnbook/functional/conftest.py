"""PyTorch as the oracle of single calls, for properties over random shapes and options."""

import inspect
import warnings

import numpy as np
import pytest
import torch
from hypothesis import settings

from cnnbook import functional

settings.register_profile("no deadline", deadline=None)  # a busy machine is no failure
settings.load_profile("no deadline")

# Ours computes float16 in float32 and rounds once; PyTorch adds up some gradients in float16 itself.
TOLERANCES = {"float64": 1e-11, "float32": 1e-5, "float16": 1e-2}


def awkward(array):
    """Return an equal array that is read-only and, if it has axes, not contiguous."""
    array = np.repeat(array, 2, axis=-1)[..., ::2] if array.ndim else array.copy()
    array.flags.writeable = False
    return array


def assert_same(got, expected):
    got, expected = (x if isinstance(x, tuple) else (x,) for x in (got, expected))
    for ours, theirs in zip(got, expected, strict=True):
        theirs = theirs.detach().numpy()
        assert isinstance(ours, np.ndarray)
        assert (ours.dtype, ours.shape) == (theirs.dtype, theirs.shape)
        tolerance = TOLERANCES.get(theirs.dtype.name, 0)
        scale = np.abs(theirs).max(initial=1, where=np.isfinite(theirs)) if tolerance else 0
        np.testing.assert_allclose(ours, theirs, rtol=tolerance, atol=tolerance * scale)


@pytest.fixture(scope="session")
def against_torch():
    """Compare one operator's output, and the gradients named, with PyTorch's; return the output."""

    def compare(name, *arguments, gradients="input", **options):
        call = inspect.signature(getattr(functional, name)).bind(*arguments, **options).arguments
        call = {
            key: awkward(value) if isinstance(value, np.ndarray) else value for key, value in call.items()
        }
        tensors = {
            key: torch.tensor(value, requires_grad=key in gradients.split())
            if isinstance(value, np.ndarray)
            else value
            for key, value in call.items()
        }
        theirs = getattr(torch.nn.functional, name, None) or getattr(torch, name)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # PyTorch warns of its own future
            expected = theirs(**tensors)
        got = getattr(functional, name)(**call)
        assert_same(got, expected)
        if gradients:
            first = expected[0] if isinstance(expected, tuple) else expected
            grad_output = np.random.default_rng(0).standard_normal(first.shape)
            grad_output = np.asarray(grad_output, first.detach().numpy().dtype)
            wanted = torch.autograd.grad(
                first, [tensors[key] for key in gradients.split()], torch.tensor(grad_output)
            )
            found = getattr(functional, f"{name}_backward")(awkward(grad_output), **call)
            found = tuple(x for x in found if x is not None) if isinstance(found, tuple) else found
            assert_same(found, wanted)
        return got

    return compare


@pytest.fixture(scope="session")
def numbers():
    """Return random numbers with many ties, some of them not finite if asked for."""

    def draw(seed, shape, dtype=np.float64, special=False):
        rng = np.random.default_rng(seed)
        array = np.asarray(rng.integers(-6, 7, tuple(shape)) / 4, dtype)
        if special:
            chosen = rng.random(shape) < 0.2
            array = np.where(chosen, rng.choice([np.nan, np.inf, -np.inf], shape), array).astype(dtype)
        return array

    return draw

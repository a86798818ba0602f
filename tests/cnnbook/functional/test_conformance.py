"""PyTorch's own test samples: its operator database, forward, gradients and errors, in two precisions."""

import importlib
import inspect
import warnings
from collections import Counter
from functools import cache

import numpy as np
import pytest
import torch

from cnnbook import functional

# Operator: gradients that its backward returns, number of sample inputs and of error inputs that PyTorch 2.13
# has for it. Fewer than that means that the database did not load as it should.
OPERATORS = {
    "conv1d": ("input weight bias", 10, 10),
    "conv2d": ("input weight bias", 30, 10),
    "conv3d": ("input weight bias", 20, 10),
    "conv_transpose1d": ("input weight bias", 10, 0),
    "conv_transpose2d": ("input weight bias", 12, 0),
    "conv_transpose3d": ("input weight bias", 10, 0),
    "unfold": ("input", 163, 0),
    "linear": ("input weight bias", 18, 0),
    "max_pool1d": ("input", 864, 24),
    "max_pool2d": ("input", 1440, 7),
    "max_pool3d": ("input", 576, 7),
    "max_unpool1d": ("input", 157, 1),
    "max_unpool2d": ("input", 316, 1),
    "max_unpool3d": ("input", 105, 1),
    "avg_pool1d": ("input", 9, 2),
    "avg_pool2d": ("input", 7, 5),
    "avg_pool3d": ("input", 8, 6),
    "adaptive_avg_pool1d": ("input", 6, 2),
    "adaptive_avg_pool2d": ("input", 10, 3),
    "adaptive_avg_pool3d": ("input", 12, 3),
    "adaptive_max_pool1d": ("input", 8, 2),
    "adaptive_max_pool2d": ("input", 24, 3),
    "adaptive_max_pool3d": ("input", 20, 3),
    "flatten": ("input", 6, 0),
    "batch_norm": ("input weight bias", 24, 0),
    "local_response_norm": ("input", 11, 0),
    "pad": ("input", 89, 0),
    "pixel_shuffle": ("input", 5, 0),
    "pixel_unshuffle": ("input", 5, 0),
    "interpolate": ("input", 158, 0),
    "relu": ("input", 4, 0),
    "leaky_relu": ("input", 9, 0),
    "sigmoid": ("input", 3, 0),
    "tanh": ("input", 1, 0),
    "gelu": ("input", 8, 1),
    "softmax": ("input", 14, 0),
    "log_softmax": ("input", 14, 0),
    "cross_entropy": ("input target", 21, 0),
    "nll_loss": ("input", 61, 0),
    "mse_loss": ("input target", 6, 0),
}
# The database has no entry for fold; the tests of cnnbook.functional.columns compare it with PyTorch.

# Relative to the largest value of an array: sums that nearly cancel carry the rounding errors of their terms.
TOLERANCES = {torch.float64: 1e-12, torch.float32: 2e-6}


@cache
def database():
    """Return PyTorch's operator database; building it takes seconds, so not while tests are collected."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # importing PyTorch's internal test tools sets off its own warnings
        return importlib.import_module("torch.testing._internal.common_methods_invocations").op_db


def entries(operator):
    """Return the operator's entries, one per variant; `pad` has one for each mode, for instance."""
    op_db = database()
    in_functional = [entry for entry in op_db if entry.name == f"nn.functional.{operator}"]
    return in_functional or [entry for entry in op_db if entry.name == operator]


def to_numpy(value):
    if isinstance(value, torch.Tensor):
        return value.detach().numpy()
    if isinstance(value, torch.dtype):
        return torch.empty((), dtype=value).numpy().dtype
    return tuple(value) if isinstance(value, torch.Size) else value


def numpy_arguments(operator, sample):
    """Return the sample as arguments by name, checked against our signature."""
    signature = inspect.signature(getattr(functional, operator))
    bound = signature.bind(sample.input, *sample.args, **sample.kwargs)
    return bound.arguments, {name: to_numpy(value) for name, value in bound.arguments.items()}


def assert_same(got, expected, sample):
    """Compare type, dtype, shape and values of one array or several."""
    got = got if isinstance(got, tuple) else (got,)
    expected = expected if isinstance(expected, tuple) else (expected,)
    assert len(got) == len(expected)
    for ours, theirs in zip(got, expected, strict=True):
        tolerance = TOLERANCES.get(theirs.dtype, 0)
        theirs = theirs.detach().numpy()
        assert isinstance(ours, np.ndarray), sample
        assert (ours.dtype, ours.shape) == (theirs.dtype, theirs.shape), sample
        atol = tolerance * np.abs(theirs).max(initial=1, where=np.isfinite(theirs))
        np.testing.assert_allclose(ours, theirs, rtol=tolerance, atol=atol, err_msg=sample)


def check_gradients(operator, output, tensors, arguments, sample):
    """Compare the gradients of all arguments that PyTorch differentiates, for a random output gradient."""
    names = OPERATORS[operator][0].split()
    wanted = [name for name in names if getattr(tensors.get(name), "requires_grad", False)]
    assert wanted, sample
    output = output[0] if isinstance(output, tuple) else output
    grad_output = torch.testing.make_tensor(output.shape, dtype=output.dtype, device="cpu")
    expected = torch.autograd.grad(output, [tensors[name] for name in wanted], grad_output)
    got = getattr(functional, f"{operator}_backward")(grad_output.numpy(), **arguments)
    got = dict(zip(names, got if isinstance(got, tuple) else (got,), strict=True))
    assert_same(tuple(got[name] for name in wanted), expected, sample)
    for name in set(names) - set(wanted):
        assert got[name] is None or tensors.get(name) is not None, sample


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32], ids=["float64", "float32"])
@pytest.mark.parametrize("operator", OPERATORS)
def test_every_sample_gives_pytorch_s_output_and_gradients(operator, dtype):
    torch.manual_seed(0)
    ran = Counter()
    for entry in entries(operator):
        for sample in entry.sample_inputs("cpu", dtype, requires_grad=True):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # PyTorch's, about its own arguments
                expected = entry.op(sample.input, *sample.args, **sample.kwargs)
            tensors, arguments = numpy_arguments(operator, sample)
            summary = f"{operator} { ({n: getattr(t, 'shape', t) for n, t in tensors.items()}) }"
            before = {name: np.copy(a) for name, a in arguments.items() if isinstance(a, np.ndarray)}
            assert_same(getattr(functional, operator)(**arguments), expected, summary)
            check_gradients(operator, expected, tensors, arguments, summary)
            for name, array in before.items():
                np.testing.assert_array_equal(arguments[name], array, err_msg=f"{operator} changed {name}")
            ran[entry.variant_test_name] += 1
    assert ran.total() >= OPERATORS[operator][1], ran


@pytest.mark.parametrize("operator", [name for name, (_, _, errors) in OPERATORS.items() if errors])
def test_every_error_input_is_refused_by_name(operator):
    refused = 0
    for entry in entries(operator):
        if entry.error_inputs_func is None:
            continue
        for error in entry.error_inputs("cpu"):
            sample = error.sample_input
            arguments = [to_numpy(value) for value in (sample.input, *sample.args)]
            keywords = {name: to_numpy(value) for name, value in sample.kwargs.items()}
            with pytest.raises((ValueError, TypeError), match=f"^{operator}: "):
                getattr(functional, operator)(*arguments, **keywords)
            refused += 1
    assert refused >= OPERATORS[operator][2]


def test_every_operator_of_the_database_that_we_have_is_compared():
    """A new operator of ours that PyTorch has samples for belongs into the table."""
    names = {entry.name.removeprefix("nn.functional.") for entry in database()}
    assert names & set(dir(functional)) == set(OPERATORS)

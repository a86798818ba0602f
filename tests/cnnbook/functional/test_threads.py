"""A layer computed in shares is the layer computed whole, and threads are left as they were found."""

import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from threadpoolctl import threadpool_limits

from cnnbook import functional
from cnnbook.functional._setting import Setting
from cnnbook.functional.methods.choose import METHODS, WORKSPACE
from cnnbook.functional.methods.compute import shares
from cnnbook.functional.methods.threads import available_threads, in_shares

rng = np.random.default_rng(3)


def layer(N=3, C=4, size=(13, 9), K=6, kernel=(3, 3), groups=1):
    return rng.standard_normal((N, C, *size)), rng.standard_normal((K, C // groups, *kernel))


CASES = [("im2col", (3, 2), 1), ("im2col", (3, 2), 2), ("depthwise", (3, 3), 8), ("pointwise", (1, 1), 1),
         ("winograd", (3, 3), 1), ("winograd", (5, 5), 1), ("winograd2x2", (3, 3), 1)]  # fmt: skip
DEALT = {
    "images": CASES,
    "rows": CASES,
    "kernels": [case for case in CASES if case[2] == 1],
    "channels": [("depthwise", (3, 3), 8), ("im2col", (3, 2), 8)],
}


@pytest.mark.parametrize(("by", "case"), [(by, case) for by, cases in DEALT.items() for case in cases])
def test_shares_make_the_whole(by, case):
    name, kernel, groups = case
    arrays = layer(C=8, K=8, kernel=kernel, groups=groups)
    edge = 0 if name == "pointwise" else 1
    setting = Setting((1, 1), ((edge, edge), (0, edge)), (1, 1), groups)
    whole = METHODS[name](*arrays, *setting)
    for count in (2, 3):
        np.testing.assert_allclose(in_shares(METHODS[name], *arrays, setting, by, count), whole, atol=1e-10)


@given(
    rows=st.integers(7, 20),
    kernel=st.integers(1, 3),
    stride=st.integers(1, 3),
    dilation=st.integers(1, 3),
    before=st.integers(0, 5),
    after=st.integers(0, 5),
)
def test_rows_of_any_layer(rows, kernel, stride, dilation, before, after):
    arrays = layer(N=1, size=(rows, 5), kernel=(kernel, 2))
    setting = Setting((stride, 1), ((before, after), (0, 0)), (dilation, 1), 1)
    whole = METHODS["im2col"](*arrays, *setting)
    count = min(3, whole.shape[2])
    np.testing.assert_allclose(
        in_shares(METHODS["im2col"], *arrays, setting, "rows", count), whole, atol=1e-12
    )


def test_products_have_their_threads_back():
    with threadpool_limits(2):
        assert available_threads() == 2
        x, w = rng.standard_normal((2, 64, 40, 40)), rng.standard_normal((64, 64, 3, 3))
        many = functional.conv2d(x, w, padding=1)
        assert available_threads() == 2
        with pytest.raises(ValueError, match="'depthwise' needs one channel a group"):
            in_shares(METHODS["depthwise"], x, w, Setting((1, 1), ((1, 1),) * 2, (1, 1), 1), "images", 2)
        assert available_threads() == 2
    with threadpool_limits(1):
        np.testing.assert_allclose(functional.conv2d(x, w, padding=1), many, atol=1e-10)


def test_infinities_warn_on_no_thread():
    x, w = rng.standard_normal((4, 64, 40, 40)), rng.standard_normal((64, 64, 3, 3))
    x[0, 0, 0, 0], x[1, 0, 0, 0] = np.inf, np.nan
    with threadpool_limits(2):
        assert np.isnan(functional.conv2d(x, w)[1, :, 0, 0]).all()


def test_what_is_dealt_out():
    one, pad, wide = (Setting((1, 1), ((p, p),) * 2, (1, 1), g) for p, g in ((0, 1), (1, 1), (15, 128)))
    assert shares("im2col", (8, 3, 224, 224), (64, 3, 3, 3), pad, 4, 2) == "images"
    assert shares("im2col", (1, 3, 224, 224), (64, 3, 3, 3), pad, 4, 2) is None  # one product
    few = pad._replace(groups=32)
    assert shares("im2col", (1, 128, 56, 56), (128, 4, 3, 3), few, 4, 2) == "rows"
    assert shares("depthwise", (1, 256, 56, 56), (256, 1, 3, 3), pad._replace(groups=256), 4, 2) == "channels"
    assert shares("winograd", (1, 256, 56, 56), (256, 256, 3, 3), pad, 4, 2) == "kernels"
    assert shares("pointwise", (8, 64, 56, 56), (256, 64, 1, 1), one, 4, 2) == "images"
    assert shares("pointwise", (1, 64, 56, 56), (256, 64, 1, 1), one, 4, 2) is None  # one product
    assert shares("im2col", (1, 3, 224, 224), (64, 3, 3, 3), pad, 4, 1) is None  # one thread
    assert shares("im2col", (1, 1, 32, 32), (6, 1, 5, 5), one, 4, 2) is None  # too small
    assert shares("fft", (1, 128, 56, 56), (128, 1, 31, 31), wide, 4, 2) is None
    huge = WORKSPACE // 2**23 + 1  # so many threads that their scratch memory is too much together
    assert shares("im2col", (64, 3, 224, 224), (64, 3, 3, 3), pad, 4, huge) is None


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_after_a_fork():
    code = """
import os, numpy as np
from cnnbook.functional import conv2d
from threadpoolctl import threadpool_limits
threadpool_limits(2)
x, w = np.ones((4, 64, 40, 40)), np.ones((64, 64, 3, 3))
before = conv2d(x, w)
child = os.fork()
if not child:
    os._exit(int(not np.array_equal(conv2d(x, w), before)))
assert os.waitpid(child, 0)[1] == 0
"""
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True, timeout=60)

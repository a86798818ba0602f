"""What the page on benchmarks says of the layers, against the committed figures."""

from statistics import geometric_mean

import pytest

from cnnbook.facts import text, value
from cnnbook.results import results


def rows(*names, result="functional-forward-float32-1t"):
    """Return the layers of these names, or all."""
    found = [row for row in results(result)["rows"] if not names or row["name"] in names]
    assert found
    return found


def ratios(found):
    return [row["torch"]["ratio"] for row in found]


def test_the_means_are_those_of_the_rows():
    assert value("bench-forward") == pytest.approx(geometric_mean(ratios(rows())))
    assert text("bench-forward-slowest") == f"{min(ratios(rows())):.2f}"


def test_winograd_wins_with_many_channels_and_several_images():
    many = {"AlexNet conv3", "AlexNet conv4", "AlexNet conv5", "VGG-16 conv3_2", "VGG-16 conv5_1"}
    many |= {"ResNet-50 3x3 at 28", "ResNet-50 3x3 at 14", "ResNet-50 3x3 at 7"}
    several = [row for row in rows(*many) if row["batch"] > 1]
    assert len(several) == len(many)
    assert all(row["method"].startswith("winograd") for row in several)
    assert min(ratios(several)) > 1


def test_a_kernel_as_large_as_the_image_wins_and_so_does_a_huge_one():
    assert min(ratios(rows("LeNet C5"))) > 2
    assert min(ratios(rows("depthwise 31x31"))) > 10
    assert {row["method"] for row in rows("depthwise 31x31")} == {"fft"}


def test_kernels_of_one_pixel_are_a_draw():
    pointwise = ratios(row for row in rows() if row["method"] == "pointwise")
    assert len(pointwise) == 8
    assert 0.9 < geometric_mean(pointwise) < 1.1


def test_what_is_lost():
    assert max(ratios(rows("depthwise 3x3"))) < 0.6
    assert value("bench-depthwise") == min(ratios(rows()))
    assert max(ratios(rows("ResNet-50 conv1", "ResNet-50 3x3 at 56"))) < 0.8
    small = rows("LeNet C1", "LeNet C3", "LeNet C5", result="functional-forward-float64-1t")
    assert max(ratios(row for row in small if row["batch"] == 1)) < 0.7
    assert value("bench-small-double") > value("bench-small-double-torch")


@pytest.mark.parametrize(
    ("peer", "closest"), [("tensordot", "LeNet C5"), ("scipy.signal", "depthwise 31x31")]
)
def test_where_other_convolutions_come_closest(peer, closest):
    peers = [row for row in rows(result="functional-peers-float32-1t") if peer in row]
    assert min(peers, key=lambda row: row[peer]["ratio"])["name"] == closest
    assert min(row[peer]["ratio"] for row in peers) > 1

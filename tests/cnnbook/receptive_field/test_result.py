from fractions import Fraction
from itertools import product

import pytest

from cnnbook.receptive_field import Branch, Conv, ConvTranspose, GlobalPool, Pool, Upsample, analyze

VGG = [Conv(3, padding=1), Conv(3, padding=1), Pool(2), Conv(3, padding=1), Conv(3, padding=1), Pool(2)]


def test_vgg_by_hand():
    field = analyze(VGG, (3, 32, 48))
    assert (field.size, field.stride, field.padding) == ((16, 16), (4, 4), (6, 6))
    assert field.units == (8, 12)
    assert field.region((0, 5)) == ((0, 9), (14, 29))
    assert field.region((0, 5), clip=False) == ((-6, 9), (14, 29))
    assert field.center((0, 5)) == (1.5, 21.5)
    assert field.density == (1.0, 1.0)
    assert field.aligned
    assert (
        repr(field) == "ReceptiveField('pool2', units=(8, 12), size=(16, 16), stride=(4, 4), padding=(6, 6))"
    )


def test_rows_and_columns_are_not_confused():
    field = analyze([Conv((3, 1), stride=(1, 2), padding=((0, 2), (0, 0)))], (1, 9, 8))
    assert (field.size, field.stride, field.padding) == ((3, 1), (1, 2), (0, 0))
    assert field.region((8, 3)) == ((8, 8), (6, 6))


def test_transposed_convolution_takes_turns():
    """Kernel 3, stride 2: even units read two inputs, odd units one."""
    field = analyze([ConvTranspose(3, stride=2)], (1, 5))
    assert field.units == (11,)
    assert (field.size, field.stride, field.padding) == ((None,), (Fraction(1, 2),), (None,))
    assert [phase.size for phase in field.phases[0]] == [2, 1]
    assert [field.region(u)[0] for u in range(4)] == [(0, 0), (0, 0), (0, 1), (1, 1)]


def test_units_that_see_nothing():
    field = analyze([ConvTranspose(1, stride=2)], (1, 4))
    assert [field.region(u) for u in range(3)] == [((0, 0),), (None,), ((1, 1),)]
    assert field.phases[0][1] == (0, None)
    assert field.center(1) == (None,)
    assert field.region(1, clip=False) == (None,)


def test_upsampling_undone_by_pooling_has_one_number_again():
    field = analyze([Upsample(2), Pool(2)], (1, 6))
    assert (field.size, field.stride, field.padding) == ((1,), (1,), (0,))


def test_holes_after_dilation():
    assert analyze([Conv(3, dilation=3)], (1, 20)).density == (3 / 7,)
    assert analyze([Conv(3, dilation=3), Conv(3)], (1, 20)).density == (1.0,)


def test_global_pooling_sees_everything_and_has_no_size():
    field = analyze([Conv(3, stride=2), GlobalPool(keep=True)], (1, 10))
    assert (field.size, field.unbounded, field.density) == ((None,), (True,), (None,))
    assert field.region(2) == ((0, 8),)
    assert field.unit_at(3) == (None,)
    assert "whole" in field.table()


def test_misaligned_branches_are_named():
    skewed = Branch([[Conv(3, padding=[(0, 2)])], [Conv(3, padding=1)]], name="sum")
    field = analyze([skewed, Conv(3)], (1, 12))
    assert not field.aligned
    assert field.misalignments == [("sum", 0, 1)]
    assert "1 misaligned" in repr(field)
    assert field.to_dict()["misalignments"] == [{"node": "sum", "axis": 0, "offset": 1.0}]
    assert field.layers["sum.conv1"].aligned


def test_branches_of_different_strides_have_no_single_number():
    paths = [[Pool(1, 2)], [Conv(6)]]
    field = analyze([Branch(paths)], (1, 11))
    assert (field.size, field.stride, field.phases) == ((None,), (None,), ((),))
    assert field.misalignments == [("branch1", 0, None)]
    assert [field.region(u)[0] for u in (0, 5)] == [(0, 5), (5, 10)]
    assert field.unit_at(9) == (5,)


def test_a_cross_is_not_its_hull_but_has_it():
    cross = Branch([[Conv((1, 5), padding=(0, 2))], [Conv((3, 1), padding=(1, 0))]], "concat")
    assert analyze([cross], (1, 9, 9)).size == (3, 5)


@pytest.mark.parametrize("layers", [VGG, [Conv(5, stride=3, padding=2)], [Upsample(2), Conv(3, padding=1)]])
def test_unit_at_is_the_unit_with_the_nearest_centre(layers):
    field = analyze(layers, (1, 24))
    for pixel in range(24):
        distance = {unit: abs(field.center(unit)[0] - pixel) for unit in range(field.units[0])}
        assert distance[field.unit_at(pixel)[0]] == min(distance.values())


def test_layers_are_every_value_in_order():
    field = analyze(VGG, (1, 16, 16))
    assert list(field.layers) == ["conv1", "conv2", "pool1", "conv3", "conv4", "pool2"]
    assert [one.size[0] for one in field.layers.values()] == [3, 5, 6, 10, 14, 16]
    assert "pool1" in field.layers
    assert repr(field.layers["pool1"].layers) == "<3 layers: conv1, conv2, pool1>"
    assert "conv3" not in field.layers["pool1"].layers
    assert len(field.table().splitlines()) == 7


def test_cone_follows_a_unit_down():
    cone = analyze(VGG, (1, 16, 16)).cone((0, 1))
    assert cone["pool1"] == ((0, 3), (0, 5))
    assert cone["pool2"] == ((0, 0), (1, 1))


def test_refusals():
    field = analyze(VGG, (1, 16, 16))
    with pytest.raises(IndexError, match=r"ReceptiveField\.region: unit \(4, 0\) is outside of \(4, 4\)"):
        field.region((4, 0))
    with pytest.raises(IndexError, match=r"ReceptiveField\.unit_at: pixel \(3\) is outside of \(16, 16\)"):
        field.unit_at(3)
    with pytest.raises(
        ValueError, match=r"input_shape must be positive integers \(C, \*spatial\), got \(1, 0\)"
    ):
        analyze(VGG, (1, 0))
    with pytest.raises(ValueError, match="input_shape is needed"):
        analyze(VGG)
    with pytest.raises(ValueError, match="output 'conv9' names no value; there are input, conv1"):
        analyze(VGG, (1, 16, 16), output="conv9")
    with pytest.raises(TypeError, match="got int"):
        analyze(3, (1, 16))
    with pytest.raises(
        ValueError, match=r"Branch: paths of 'branch1' end in different sizes: \[\(14,\), \(12,\)\]"
    ):
        analyze([Branch([[Conv(3)], [Conv(5)]])], (1, 16))


def test_every_region_lies_in_the_image():
    field = analyze([Conv(4, 3, "SAME"), Conv(3, padding=2, dilation=2)], (1, 17, 16))
    for unit in product(*map(range, field.units)):
        for ends, extent in zip(field.region(unit), field.input_size, strict=True):
            assert 0 <= ends[0] <= ends[1] < extent

"""Every row of the published table of receptive fields, recomputed from the networks' geometry.

The table is that of Araujo, Norris and Sim (Distill 2019) for networks as TF-Slim defines them: 'SAME'
padding depends on the resolution, and a residual block's stride sits in its last unit. Row by row it gives
size, stride and left padding at one resolution, or at any (None); then padding is given only where all
resolutions agree. All 585 rows are modelled, and all agree.
"""

import csv
import os
from functools import cache
from pathlib import Path

import pytest

from cnnbook.receptive_field import Branch, Conv, Pool, ReceptiveField, analyze

TABLE = Path(os.environ.get("CNNBOOK_DATA", "")) / "receptive_field" / "published.csv"
ROWS = list(csv.DictReader(TABLE.read_text().splitlines())) if TABLE.is_file() else []
NO_TABLE = (
    "the published table is not here: set CNNBOOK_DATA to the folder that holds receptive_field/published.csv"
)


def conv(kernel, stride=1, padding="SAME", name=None):
    return Conv(kernel, stride, padding, channels=1, name=name)


def pool(kernel, stride, padding="SAME", name=None):
    return Pool(kernel, stride, padding, name=name)


def block(*paths, name=None):
    return Branch(paths, "concat", name=name)


def alexnet():
    return [
        Conv(11, 4, name="conv1"),
        Pool(3, 2, name="pool1"),
        conv(5, name="conv2"),
        Pool(3, 2),
        conv(3, name="conv3"),
        conv(3, name="conv4"),
        conv(3, name="conv5"),
        Pool(3, 2, name="pool5"),
    ]


def vgg(*depths):
    layers = []
    for stage, depth in enumerate(depths, start=1):
        layers += [conv(3, name=f"conv{stage}/conv{stage}_{i}") for i in range(1, depth + 1)]
        layers.append(Pool(2, name=f"pool{stage}"))
    return layers


def mobilenet():
    layers = [conv(3, 2, name="Conv2d_0")]
    for i, stride in enumerate([1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1], start=1):
        layers += [conv(3, stride), conv(1, name=f"Conv2d_{i}_pointwise")]
    return layers


def resnet(*depths):
    layers = [Conv(7, 2, padding=3), pool(3, 2)]
    for stage, depth in enumerate(depths, start=1):
        for unit in range(1, depth + 1):
            stride = 2 if unit == depth and stage < len(depths) else 1
            name = f"block{stage}" if unit == depth else None
            layers.append(
                Branch([[Pool(1, stride)], [conv(1), Conv(3, stride, padding=1), conv(1)]], name=name)
            )
    return layers


def inception_v2():
    def mixed(name):
        return block(
            [conv(1)], [conv(1), conv(3)], [conv(1), conv(3), conv(3)], [pool(3, 1), conv(1)], name=name
        )

    def reduction(name):
        return block([conv(1), conv(3, 2)], [conv(1), conv(3), conv(3, 2)], [pool(3, 2)], name=name)

    stem = [
        conv(7, 2, name="Conv2d_1a_7x7"),
        pool(3, 2, name="MaxPool_2a_3x3"),
        conv(1, name="Conv2d_2b_1x1"),
        conv(3, name="Conv2d_2c_3x3"),
        pool(3, 2, name="MaxPool_3a_3x3"),
    ]
    return [
        *stem,
        mixed("Mixed_3b"),
        mixed("Mixed_3c"),
        reduction("Mixed_4a"),
        *(mixed(f"Mixed_4{x}") for x in "bcde"),
        reduction("Mixed_5a"),
        mixed("Mixed_5b"),
        mixed("Mixed_5c"),
    ]


def stem(padding):
    return [
        conv(3, 2, padding, "Conv2d_1a_3x3"),
        conv(3, 1, padding, "Conv2d_2a_3x3"),
        conv(3, name="Conv2d_2b_3x3"),
        pool(3, 2, padding, "MaxPool_3a_3x3"),
        conv(1, name="Conv2d_3b_1x1"),
        conv(3, 1, padding, "Conv2d_4a_3x3"),
        pool(3, 2, padding, "MaxPool_5a_3x3"),
    ]


def seven(name):
    """Inception's blocks with factored 7x7 convolutions."""
    short = [conv(1), conv((1, 7)), conv((7, 1))]
    long = [conv(1), conv((7, 1)), conv((1, 7)), conv((7, 1)), conv((1, 7))]
    return block([conv(1)], short, long, [pool(3, 1), conv(1)], name=name)


def cross():
    return block([conv((1, 3))], [conv((3, 1))])


def inception_v3():
    def five(name):
        return block(
            [conv(1)], [conv(1), conv(5)], [conv(1), conv(3), conv(3)], [pool(3, 1), conv(1)], name=name
        )

    def last(name):
        return block(
            [conv(1)], [conv(1), cross()], [conv(1), conv(3), cross()], [pool(3, 1), conv(1)], name=name
        )

    six_a = block([conv(3, 2, 0)], [conv(1), conv(3), conv(3, 2, 0)], [pool(3, 2, 0)], name="Mixed_6a")
    seven_a = block(
        [conv(1), conv(3, 2, 0)],
        [conv(1), conv((1, 7)), conv((7, 1)), conv(3, 2, 0)],
        [pool(3, 2, 0)],
        name="Mixed_7a",
    )
    return [
        *stem(0),
        *(five(f"Mixed_5{x}") for x in "bcd"),
        six_a,
        *(seven(f"Mixed_6{x}") for x in "bcde"),
        seven_a,
        last("Mixed_7b"),
        last("Mixed_7c"),
    ]


def inception_v4():
    def five(name):
        return block(
            [conv(1)], [conv(1), conv(3)], [conv(1), conv(3), conv(3)], [pool(3, 1), conv(1)], name=name
        )

    def last(name):
        long = [conv(1), conv((3, 1)), conv((1, 3)), cross()]
        return block([conv(1)], [conv(1), cross()], long, [pool(3, 1), conv(1)], name=name)

    return [
        *stem(0)[:3],
        block([pool(3, 2, 0)], [conv(3, 2, 0)], name="Mixed_3a"),
        block(
            [conv(1), conv(3, 1, 0)], [conv(1), conv((1, 7)), conv((7, 1)), conv(3, 1, 0)], name="Mixed_4a"
        ),
        block([conv(3, 2, 0)], [pool(3, 2, 0)], name="Mixed_5a"),
        *(five(f"Mixed_5{x}") for x in "bcde"),
        block([conv(3, 2, 0)], [conv(1), conv(3), conv(3, 2, 0)], [pool(3, 2, 0)], name="Mixed_6a"),
        *(seven(f"Mixed_6{x}") for x in "bcdefgh"),
        block(
            [conv(1), conv(3, 2, 0)],
            [conv(1), conv((1, 7)), conv((7, 1)), conv(3, 2, 0)],
            [pool(3, 2, 0)],
            name="Mixed_7a",
        ),
        *(last(f"Mixed_7{x}") for x in "bcd"),
    ]


def inception_resnet_v2(padding):
    def residual(*paths, name=None):
        return Branch([[], [block(*paths), conv(1)]], name=name)

    five = block(
        [conv(1)], [conv(1), conv(5)], [conv(1), conv(3), conv(3)], [pool(3, 1), conv(1)], name="Mixed_5b"
    )
    block35 = residual([conv(1)], [conv(1), conv(3)], [conv(1), conv(3), conv(3)])
    six_a = block(
        [conv(3, 2, padding)], [conv(1), conv(3), conv(3, 2, padding)], [pool(3, 2, padding)], name="Mixed_6a"
    )
    factored = [conv(1)], [conv(1), conv((1, 7)), conv((7, 1))]
    strided = [conv(1), conv(3, 2, padding)]
    seven_a = block(
        strided, strided, [conv(1), conv(3), conv(3, 2, padding)], [pool(3, 2, padding)], name="Mixed_7a"
    )
    block8 = residual([conv(1)], [conv(1), conv((1, 3)), conv((3, 1))])
    return [
        *stem(padding),
        five,
        *[block35] * 10,
        six_a,
        *[residual(*factored)] * 19,
        residual(*factored, name="PreAuxLogits"),
        seven_a,
        *[block8] * 10,
        conv(1, name="Conv2d_7b_1x1"),
    ]


NETWORKS = {
    "alexnet_v2": alexnet(),
    "vgg_a": vgg(1, 1, 2, 2, 2),
    "vgg_16": vgg(2, 2, 3, 3, 3),
    "mobilenet_v1": mobilenet(),
    "mobilenet_v1_075": mobilenet(),
    **{
        f"resnet_{version}_{layers}": resnet(*depths)
        for version in ("v1", "v2")
        for layers, depths in {
            50: (3, 4, 6, 3),
            101: (3, 4, 23, 3),
            152: (3, 8, 36, 3),
            200: (3, 24, 36, 3),
        }.items()
    },
    "inception_v2": inception_v2(),
    "inception_v2-no-separable-conv": inception_v2(),
    "inception_v3": inception_v3(),
    "inception_v4": inception_v4(),
    "inception_resnet_v2": inception_resnet_v2(0),
    "inception_resnet_v2-same": inception_resnet_v2("SAME"),
}


@cache
def computed(network, resolution) -> ReceptiveField:
    return analyze(NETWORKS[network], (1, resolution, resolution))


def at(row, resolution):
    field, name = computed(row["network"], resolution), row["end_point"].removeprefix(row["network"] + "/")
    return field if name == "final" else field.layers[name]


@pytest.mark.skipif(not ROWS, reason=NO_TABLE)
@pytest.mark.parametrize(
    "row", ROWS, ids=lambda row: "-".join([row["network"], row["resolution"], row["end_point"]])
)
def test_row(row):
    resolution = int(row["resolution"].split()[0].replace("None", "224"))
    field = at(row, resolution)
    assert set(field.size) == {int(row["receptive_field"])}
    assert set(field.stride) == {int(row["effective_stride"])}
    if row["effective_padding"] != "None":
        assert set(field.padding) == {int(row["effective_padding"])}
    else:  # the table gives none where it depends on the resolution, and so it must
        assert field.padding != at(row, 321).padding


@pytest.mark.skipif(not ROWS, reason=NO_TABLE)
def test_the_table_is_complete_and_every_row_is_modelled():
    assert len(ROWS) == 585
    assert {row["network"] for row in ROWS} == set(NETWORKS)


def test_a_few_rows_that_need_no_file():
    sizes = {
        "alexnet_v2": 195,
        "vgg_16": 212,
        "mobilenet_v1": 315,
        "resnet_v1_50": 483,
        "resnet_v1_101": 1027,
        "resnet_v1_152": 1507,
        "inception_v3": 1311,
    }
    assert {name: computed(name, 224).size[0] for name in sizes} == sizes

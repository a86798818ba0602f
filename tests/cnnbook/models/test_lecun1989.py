import torch

from cnnbook.models.lecun1989 import H2_INPUTS, LeCun1989

# Units, connections and parameters of each layer, as the paper counts them; a bias is a connection.
PAPER = {
    "H1": (12 * 64, 12 * 64 * 26, 12 * 25 + 12 * 64),
    "H2": (12 * 16, 12 * 16 * (8 * 25 + 1), 12 * 200 + 12 * 16),
    "H3": (30, 30 * (192 + 1), 30 * (192 + 1)),
    "output": (10, 10 * 31, 10 * 31),
}


def test_totals_of_the_paper():
    units, connections, parameters = (sum(column) for column in zip(*PAPER.values(), strict=True))
    assert units + 16 * 16 == 1_256
    assert connections == 64_660
    assert parameters == 9_760


def test_parameters_layer_by_layer():
    model = LeCun1989()
    counts = [sum(p.numel() for p in layer.parameters()) for layer in model]
    assert [counts[0] + counts[1], counts[3] + counts[4], counts[7], counts[9]] == [
        row[2] for row in PAPER.values()
    ]


def test_each_map_of_h2_reads_eight_maps():
    assert all(len(set(maps)) == 8 for maps in H2_INPUTS)
    assert {m for maps in H2_INPUTS for m in maps} == set(range(12))


def test_shapes():
    x, shapes = torch.zeros(1, 1, 16, 16), []
    for layer in LeCun1989():
        x = layer(x)
        shapes.append(tuple(x.shape[1:]))
    assert shapes[0] == (12, 8, 8)
    assert shapes[3] == (12, 4, 4)
    assert shapes[-1] == (10,)

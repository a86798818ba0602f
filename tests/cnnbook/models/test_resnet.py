import pytest
import torch

from cnnbook.models.resnet import ResNet


@pytest.mark.parametrize(
    ("depths", "count"),
    [((3, 4, 6, 3), 25_557_032), ((3, 4, 23, 3), 44_549_160), ((3, 8, 36, 3), 60_192_808)],
)
def test_published_counts_of_parameters(depths, count):
    with torch.device("meta"):
        assert sum(p.numel() for p in ResNet(depths).parameters()) == count


def test_each_stage_halves_the_size():
    with torch.device("meta"):
        assert torch.nn.Sequential(*list(ResNet().eval())[:-3])(torch.empty(2, 3, 224, 224)).shape == (
            2,
            2048,
            7,
            7,
        )


def test_a_block_that_adds_nothing_is_the_identity():
    block = ResNet((2, 1, 1, 1))[5].eval()
    torch.nn.init.zeros_(block.body[-1].weight)
    x = torch.rand(1, 256, 5, 5)
    assert torch.equal(block(x), x)

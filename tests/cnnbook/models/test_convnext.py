import torch

from cnnbook.models.convnext import Block, ChannelNorm, ConvNeXt


def test_sizes_and_published_count_of_parameters():
    with torch.device("meta"):
        model, images = ConvNeXt(), torch.empty(2, 3, 224, 224)
        assert torch.nn.Sequential(*list(model)[:-4])(images).shape == (2, 768, 7, 7)
        assert model(images).shape == (2, 1000)
    assert sum(p.numel() for p in model.parameters()) == 28_589_128


def test_norm_looks_at_one_position_at_a_time():
    x = torch.rand(2, 6, 3, 4)
    normal = ChannelNorm(6)(x)
    torch.testing.assert_close(normal[1, :, 2, 3], torch.nn.functional.layer_norm(x[1, :, 2, 3], (6,)))


def test_a_block_starts_near_the_identity():
    torch.manual_seed(0)
    x = torch.rand(1, 4, 9, 9)
    torch.testing.assert_close(Block(4)(x), x, atol=1e-4, rtol=0)

import torch

from cnnbook.models.vgg import VGG16


def test_sizes_halve_five_times_and_scores_come_out():
    with torch.device("meta"):
        model, images = VGG16(), torch.empty(2, 3, 224, 224)
    assert model.features(images).shape == (2, 512, 7, 7)
    assert model(images).shape == (2, 1000)


def test_published_count_of_parameters():
    with torch.device("meta"):
        assert sum(p.numel() for p in VGG16().parameters()) == 138_357_544

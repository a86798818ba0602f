import torch

from cnnbook.models.googlenet import GoogLeNet, Inception


def test_sizes_of_table_1():
    with torch.device("meta"):
        x, model = torch.empty(2, 3, 224, 224), GoogLeNet().eval()
        shapes = []
        for layer in model:
            x = layer(x)
            if isinstance(layer, Inception):
                shapes.append(tuple(x.shape[1:]))
    assert shapes[:2] == [(256, 28, 28), (480, 28, 28)]
    assert shapes[2:7] == [(512, 14, 14), (512, 14, 14), (512, 14, 14), (528, 14, 14), (832, 14, 14)]
    assert shapes[7:] == [(832, 7, 7), (1024, 7, 7)]
    assert x.shape == (2, 1000)


def test_parameters_of_the_first_module_as_in_table_1():
    module = Inception(192, 64, 96, 128, 16, 32, 32)
    assert round(sum(p.numel() for n, p in module.named_parameters() if "weight" in n), -3) == 163_000

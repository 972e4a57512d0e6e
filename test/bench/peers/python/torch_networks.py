"""The networks of Negatoscope in PyTorch, as src-main/engine/networks/resnet.ts and the starter encoder have them.

    python3 torch_networks.py     prints the numbers of weights as one JSON line
"""
import json

import torch
import torch.nn as nn
import torch.nn.functional as F


class Block(nn.Module):
    """Two 3x3 convolutions and a shortcut: "identity", "convolution" or "convolution-and-norm"."""

    def __init__(self, channels_in, channels_out, stride, shortcut):
        super().__init__()
        self.c1 = nn.Conv2d(channels_in, channels_out, 3, stride, 1, bias=False)
        self.b1 = nn.BatchNorm2d(channels_out)
        self.c2 = nn.Conv2d(channels_out, channels_out, 3, 1, 1, bias=False)
        self.b2 = nn.BatchNorm2d(channels_out)
        carried = nn.Conv2d(channels_in, channels_out, 1, stride, bias=False)
        norm = nn.BatchNorm2d(channels_out)
        self.short = {
            "identity": lambda: nn.Identity(),
            "convolution": lambda: carried,
            "convolution-and-norm": lambda: nn.Sequential(carried, norm),
        }[shortcut]()

    def forward(self, x):
        y = F.relu(self.b1(self.c1(x)))
        return F.relu(self.b2(self.c2(y)) + self.short(x))


def stem(channels):
    return [nn.Conv2d(3, channels, 3, 1, 1, bias=False), nn.BatchNorm2d(channels), nn.ReLU()]


def pooled():
    return [nn.AdaptiveAvgPool2d(1), nn.Flatten()]


def resnet8():
    """CIFAR-ResNet of n = 1, widths 32, 64, 128, plain 1x1 shortcuts; head 128-ReLU-64."""
    blocks = [(32, 32, 1), (32, 64, 2), (64, 128, 2)]
    return nn.Sequential(
        *stem(32),
        *[Block(i, o, stride, "convolution") for i, o, stride in blocks],
        *pooled(),
        nn.Linear(128, 128), nn.ReLU(), nn.Linear(128, 64))


def resnet18():
    """He 2016 with a 3x3 stem and without max-pool; head 512-BN-ReLU-128 (DCL, HCL)."""
    def stage(i, o, stride):
        first = "identity" if i == o else "convolution-and-norm"
        return [Block(i, o, stride, first), Block(o, o, 1, "identity")]
    return nn.Sequential(
        *stem(64),
        *stage(64, 64, 1), *stage(64, 128, 2), *stage(128, 256, 2), *stage(256, 512, 2),
        *pooled(),
        nn.Linear(512, 512, bias=False), nn.BatchNorm1d(512), nn.ReLU(), nn.Linear(512, 128))


class Excite(nn.Module):
    """Squeeze and excite with a hard sigmoid."""

    def __init__(self, channels, squeezed):
        super().__init__()
        self.down, self.up = nn.Conv2d(channels, squeezed, 1), nn.Conv2d(squeezed, channels, 1)

    def forward(self, x):
        return x * F.hardsigmoid(self.up(F.relu(self.down(x.mean((2, 3), keepdim=True)))))


class Inverted(nn.Module):
    """An inverted bottleneck of MobileNetV3; its batch norms are folded into the convolutions, as in the file."""

    def __init__(self, kernel, inner, out, squeezed, activation, stride, given):
        super().__init__()
        act = {"relu": nn.ReLU, "swish": nn.Hardswish}[activation]
        expand = [] if given == inner else [nn.Conv2d(given, inner, 1), act()]
        self.layers = nn.Sequential(
            *expand,
            nn.Conv2d(inner, inner, kernel, stride, kernel // 2, groups=inner), act(),
            *([Excite(inner, squeezed)] if squeezed else []),
            nn.Conv2d(inner, out, 1))
        self.adds = stride == 1 and given == out

    def forward(self, x):
        y = self.layers(x)
        return x + y if self.adds else y


# Kernel, inner channels, channels, squeezed channels, activation, stride: expanded_conv to expanded_conv_14.
STARTER = [
    (3, 16, 16, 0, "relu", 1), (3, 64, 24, 0, "relu", 2), (3, 72, 24, 0, "relu", 1),
    (5, 72, 32, 24, "relu", 2), (5, 96, 32, 24, "relu", 1), (5, 96, 32, 24, "relu", 1),
    (3, 192, 64, 0, "swish", 2), (3, 160, 64, 0, "swish", 1), (3, 144, 64, 0, "swish", 1),
    (3, 144, 64, 0, "swish", 1), (3, 384, 88, 96, "swish", 1), (3, 528, 88, 136, "swish", 1),
    (5, 528, 120, 136, "swish", 2), (5, 720, 120, 184, "swish", 1), (5, 720, 120, 184, "swish", 1),
]
TAPS, FIRST_TRAINED = (9, 11, 14), 10


class TunedStarter(nn.Module):
    """The starter encoder from expanded_conv_10 on, whitened to 384 numbers, with a linear adapter and no head."""

    def __init__(self):
        super().__init__()
        blocks, given = [], 16
        for kernel, inner, out, squeezed, activation, stride in STARTER:
            blocks.append(Inverted(kernel, inner, out, squeezed, activation, stride, given))
            given = out
        self.stem = nn.Sequential(nn.Conv2d(3, 16, 3, 2, 1), nn.Hardswish())
        self.blocks = nn.ModuleList(blocks)
        self.last = nn.Sequential(nn.Conv2d(120, 480, 1), nn.Hardswish())
        self.register_buffer("mean", torch.zeros(752))
        self.register_buffer("directions", 0.1 * torch.randn(752, 384))
        self.adapter = nn.Linear(384, 384, bias=False)
        nn.init.zeros_(self.adapter.weight)
        for part in [self.stem, *self.blocks[:FIRST_TRAINED]]:
            part.requires_grad_(False)

    def forward(self, x):
        tapped = []
        with torch.no_grad():
            x = self.stem(x)
            for at in range(FIRST_TRAINED):
                x = self.blocks[at](x)
            tapped.append(x)
        for at in range(FIRST_TRAINED, len(self.blocks)):
            x = self.blocks[at](x)
            if at in TAPS:
                tapped.append(x)
        tapped.append(self.last(x))
        rows = 0.5 * torch.cat([F.normalize(tap.mean((2, 3))) for tap in tapped], 1)
        scaled = F.normalize((rows - self.mean) @ self.directions) * 384 ** 0.5
        return scaled + self.adapter(scaled)


NETWORKS = {"resnet8": resnet8, "resnet18": resnet18, "starter": TunedStarter}


def weights_of(net):
    """How many weights are trained, and how many are not."""
    trained = sum(p.numel() for p in net.parameters() if p.requires_grad)
    return {"parameters": trained, "frozen": sum(p.numel() for p in net.parameters()) - trained}


if __name__ == "__main__":
    print(json.dumps({name: weights_of(make()) for name, make in NETWORKS.items()}))

"""One training step in PyTorch on the cpu: the same network, batch and loss as ours, Adam, no augmentation.

    python3 torch_step.py --net resnet8 [--threads 2] [--pictures 64] [--side 32] [--steps 10]

NT-Xent over 2 x pictures rows. It takes the faster of PyTorch's two layouts of tensors. Prints one line of JSON with the seconds of the median step.
"""
import argparse
import json
import statistics
import time

import torch
import torch.nn.functional as F
from torch_networks import NETWORKS, weights_of

parser = argparse.ArgumentParser()
parser.add_argument("--net", choices=list(NETWORKS), default="resnet8")
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--pictures", type=int, default=64)
parser.add_argument("--side", type=int, default=32)
parser.add_argument("--steps", type=int, default=10)
parser.add_argument("--temperature", type=float, default=0.5)
args, _ = parser.parse_known_args()

torch.set_num_threads(args.threads)
torch.manual_seed(0)
net = NETWORKS[args.net]()
optimiser = torch.optim.Adam([p for p in net.parameters() if p.requires_grad], 1e-3)
rows = 2 * args.pictures
target = (torch.arange(rows) + args.pictures) % rows
own = torch.eye(rows, dtype=torch.bool)


def seconds_of_step(layout):
    x = torch.rand(rows, 3, args.side, args.side).contiguous(memory_format=layout)
    start = time.perf_counter()
    z = F.normalize(net(x))
    logits = (z @ z.T / args.temperature).masked_fill(own, -1e4)
    loss = F.cross_entropy(logits, target)
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
    return time.perf_counter() - start


def warmed(layout):
    net.to(memory_format=layout)
    return min(seconds_of_step(layout) for _ in range(2))


# Which of the two layouts of its tensors is faster depends on the network.
layout = min((torch.contiguous_format, torch.channels_last), key=warmed)
warmed(layout)
times = [seconds_of_step(layout) for _ in range(args.steps)]
print(json.dumps({
    "by": "PyTorch " + torch.__version__,
    "seconds": {"step": statistics.median(times)},
    "notes": {**weights_of(net), "channelsLast": int(layout == torch.channels_last)},
}))

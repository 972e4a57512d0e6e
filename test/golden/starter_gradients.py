"""Features and gradients of the starter encoder by PyTorch, for starter-gradients.json.

    python3 starter_gradients.py MODELS > starter-gradients.json

MODELS is the folder `models` of the npm package @vladmandic/human. The graph of centernet.json is run node
by node with torch.nn.functional; nothing of the project is used. The pictures are
pixel(n, y, x, c) = (3 x + 5 y (n + 1) + 40 c) mod 256; the loss is sum over n and k of
sin(k + 1 + n) h[n, k] of the features h (four unit vectors side by side, halved).
"""

import base64
import json
import sys

import numpy as np
import torch
import torch.nn.functional as F

SIDE = 64
PREFIX = "tower_0/MobilenetV3/"
TAPS = [PREFIX + f"expanded_conv_{n}/add" for n in (9, 11, 14)]
TAPS.append("tower_0/extern1/hard_swish/mul_1")
FIRST = "expanded_conv_10"

models = sys.argv[1]
model = json.load(open(f"{models}/centernet.json"))
raw = open(f"{models}/centernet.bin", "rb").read()
nodes = {node["name"]: node for node in model["modelTopology"]["node"]}
values, offset = {}, 0
for group in model["weightsManifest"]:
    for entry in group["weights"]:
        kind = entry.get("quantization", {}).get("dtype", entry["dtype"])
        dtype = {"float16": "<f2", "float32": "<f4", "int32": "<i4"}[kind]
        count = int(np.prod(entry["shape"]))
        array = np.frombuffer(raw, dtype, count, offset)
        offset += array.nbytes
        values[entry["name"]] = torch.tensor(array.astype("i4" if kind == "int32" else "f4").reshape(entry["shape"]))

order = []


def visit(name):
    if name not in order:
        for below in nodes[name].get("input", []):
            visit(below)
        order.append(name)


for tap in TAPS:
    visit(tap)
trained = [
    name
    for name in order
    if name in values and values[name].ndim > 0 and values[name].dtype == torch.float32
]
trained = trained[next(i for i, name in enumerate(trained) if FIRST in name) :]
for name in trained:
    values[name].requires_grad_(True)


def convolution(node, x):
    is_depthwise = "Depthwise" in node["op"]
    weights = values[node["input"][1]].permute((2, 3, 0, 1) if is_depthwise else (3, 2, 0, 1))
    stride = int(node["attr"]["strides"]["list"]["i"][1])
    pads = []
    for side, size in ((x.shape[3], weights.shape[3]), (x.shape[2], weights.shape[2])):
        total = max(0, (-(-side // stride) - 1) * stride + size - side)
        pads += [total // 2, total - total // 2]
    fused = [base64.b64decode(op).decode() for op in node["attr"]["fused_ops"]["list"]["s"]]
    bias = values[node["input"][2]]
    y = F.conv2d(F.pad(x, pads), weights, bias, stride, groups=x.shape[1] if is_depthwise else 1)
    return F.relu(y) if "Relu" in fused else y


pixels = np.fromfunction(lambda n, c, y, x: (3 * x + 5 * y * (n + 1) + 40 * c) % 256, (2, 3, SIDE, SIDE))
out = {"tower_0/images": torch.tensor(pixels, dtype=torch.float32)}
for name in order:
    node = nodes[name]
    inputs = [out.get(below, values.get(below)) for below in node.get("input", [])]
    if node["op"] == "Mul":
        out[name] = inputs[0] * inputs[1]
    elif node["op"] == "Add":
        out[name] = inputs[0] + inputs[1]
    elif node["op"] == "Relu6":
        out[name] = F.relu6(inputs[0])
    elif node["op"] == "Mean":
        axes = [{1: 2, 2: 3}[axis] for axis in inputs[1].tolist()]
        out[name] = inputs[0].mean(axes, keepdim=True)
    elif "Conv" in node["op"]:
        out[name] = convolution(node, inputs[0])
h = torch.cat([F.normalize(out[tap].mean((2, 3)), dim=1) for tap in TAPS], 1) / 2
k = torch.arange(h.shape[1])
loss = sum((torch.sin(k + 1.0 + n) * h[n]).sum() for n in range(2))
loss.backward()


def numbers(tensor):
    return [float(f"{value:.7g}") for value in tensor.reshape(-1)[:3].tolist()]


print(
    json.dumps(
        {
            "side": SIDE,
            "first": FIRST,
            "loss": loss.item(),
            "features": [numbers(h[n]) for n in range(2)],
            "gradients": {
                name: {
                    "norm": float(f"{values[name].grad.norm().item():.7g}"),
                    "first": numbers(values[name].grad),
                }
                for name in trained
            },
        },
        indent=1,
    )
)

"""Writes the golden values of PCL (Li et al. 2021, eq. 11 and 12) in NumPy float64.

As salesforce/PCL computes it. Concentration of each cluster (main_pcl.py, run_kmeans): the mean distance
of its Z rows to the centre over log(Z + 10); a cluster of one row takes the largest; clipped to the
percentiles 10 and 90; scaled to a mean of t. Loss (main_pcl.py, train): cross entropy of the logits
q . c_p / phi_p with the row's own cluster as the target, added to InfoNCE of the row and its other view.
Here InfoNCE is that of a batch (NT-Xent), and both views of a picture are rows.

    python3 test/golden/pcl.py     writes p23_*.json beside itself
"""

import json
import pathlib

import numpy as np

B, D, P, N, T = 4, 6, 5, 23, 0.2
random = np.random.default_rng(23)


def unit(rows):
    return rows / np.sqrt((rows**2).sum(-1, keepdims=True))


def concentrations(rows, of, centres):
    distances = [[] for _ in centres]
    for row, cluster in zip(rows, of):
        distances[cluster].append(((row - centres[cluster]) ** 2).sum())
    density = np.zeros(len(centres))
    for cluster, found in enumerate(distances):
        if len(found) > 1:
            density[cluster] = (np.asarray(found) ** 0.5).mean() / np.log(len(found) + 10)
    widest = density.max()
    for cluster, found in enumerate(distances):
        if len(found) <= 1:
            density[cluster] = widest
    density = density.clip(np.percentile(density, 10), np.percentile(density, 90))
    return T * density / density.mean()


def cross_entropy(logits, target):
    return np.log(np.exp(logits).sum(-1)) - logits[np.arange(len(logits)), target]


rows = unit(random.normal(size=(N, D)))
centres = unit(random.normal(size=(P, D)))
of = (rows @ centres.T).argmax(-1)
of[0] = 0
of[of == P - 1] = 1
of[5] = P - 1  # a cluster of one row
phi = concentrations(rows, of, centres)

z1, z2 = unit(random.normal(size=(B, D))), unit(random.normal(size=(B, D)))
own = np.array([0, 3, 1, 3])
z = np.concatenate([z1, z2])
prototype = cross_entropy(z @ centres.T / phi, np.concatenate([own, own]))
plain = cross_entropy(z @ centres.T / T, np.concatenate([own, own]))

similarities = z @ z.T / T
np.fill_diagonal(similarities, -np.inf)
instance = cross_entropy(similarities, (np.arange(2 * B) + B) % (2 * B))

name = f"p23_pcl_B{B}_d{D}_P{P}_t{T}"
values = {
    "name": name,
    "objective": "pcl",
    "params": {"B": B, "d": D, "P": P, "temperature": T},
    "inputs": {
        "rows": rows.tolist(),
        "of": of.tolist(),
        "centres": centres.tolist(),
        "own": own.tolist(),
        "z1": z1.tolist(),
        "z2": z2.tolist(),
    },
    "expected": {
        "concentrations": phi.tolist(),
        "prototype_loss": prototype.mean(),
        "prototype_loss_without_concentration": plain.mean(),
        "loss": prototype.mean() + instance.mean(),
    },
}
file = pathlib.Path(__file__).with_name(f"{name}.json")
file.write_text(json.dumps(values) + "\n")

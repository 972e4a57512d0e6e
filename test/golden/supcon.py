"""Writes the golden values of the supervised contrastive loss, in NumPy float64.

Khosla et al. 2020, eq. 2 (L_out), over the rows I of two views, A(i) all rows but i, P(i) those of A(i)
that show the picture of i or share a label with it:

    l_i = -1/|P(i)| sum_{p in P(i)} log( exp(z_i.z_p/t) / sum_{a in A(i)} exp(z_i.z_a/t) )

`excluded_*` are the same with a denominator of the row's other view and the rows of other labels only:
what a training does with pictures that verdicts attract. Gradients of the mean are complex steps.
The second case has pictures without a label and with several, -1 filling the places that are left.

    python3 test/golden/supcon.py p20 > test/golden/p20_supcon_B6_d8_t0.2.json
    python3 test/golden/supcon.py p32 > test/golden/p32_supcon_B7_d5_t0.1_sets.json
"""

import json
import sys

import numpy as np

CASES = {
    "p20": {
        "name": "p20_supcon_B6_d8_t0.2",
        "seed": 20,
        "sizes": (6, 8, 0.2),
        "labels": [0, 1, 0, 2, 1, 0],
        "notes": "excluded_*: positives of other pictures stay out of the denominator",
    },
    "p32": {
        "name": "p32_supcon_B7_d5_t0.1_sets",
        "seed": 32,
        "sizes": (7, 5, 0.1),
        "labels": [[0, -1], [-1, -1], [0, 1], [1, -1], [-1, -1], [2, -1], [1, 0]],
        "notes": "pictures 1 and 4 have no label, 2 and 6 have two: they share one with 0, with 3 and with each other",
    },
}
CASE = CASES[sys.argv[1]]
B, D, T = CASE["sizes"]
LABELS = [{label for label in np.atleast_1d(labels) if label >= 0} for labels in CASE["labels"]]


def per_anchor(z, excludes_positives):
    losses = []
    for i in range(2 * B):
        others = [a for a in range(2 * B) if a != i]
        partner = (i + B) % (2 * B)
        positives = [p for p in others if p == partner or LABELS[p % B] & LABELS[i % B]]
        if excludes_positives:
            denominator = [a for a in others if a == partner or a not in positives]
        else:
            denominator = others
        mass = sum(np.exp(np.dot(z[i], z[a]) / T) for a in denominator)
        terms = [np.log(np.exp(np.dot(z[i], z[p]) / T) / mass) for p in positives]
        losses.append(-sum(terms) / len(positives))
    return losses


def gradient(z, excludes_positives, step=1e-30):
    grad = np.zeros_like(z)
    for index in np.ndindex(*z.shape):
        moved = z.astype(complex)
        moved[index] += 1j * step
        grad[index] = np.mean(per_anchor(moved, excludes_positives)).imag / step
    return grad


def through_l2norm(grad, z):
    return grad - np.sum(grad * z, axis=1, keepdims=True) * z


def by_view(rows):
    return {"z1": rows[:B].tolist(), "z2": rows[B:].tolist()}


def expected(z, excludes_positives, prefix=""):
    losses = per_anchor(z, excludes_positives)
    grad = gradient(z, excludes_positives)
    return {
        f"{prefix}loss": float(np.mean(losses)),
        f"{prefix}per_anchor": [float(loss) for loss in losses],
        f"{prefix}grad": by_view(grad),
        f"{prefix}grad_through_l2norm": by_view(through_l2norm(grad, z)),
    }


random = np.random.default_rng(CASE["seed"])
first = random.normal(size=(B, D))
second = first + 0.8 * random.normal(size=(B, D))
z = np.concatenate([first, second])
z /= np.linalg.norm(z, axis=1, keepdims=True)
case = {
    "name": CASE["name"],
    "objective": "supcon",
    "params": {"B": B, "d": D, "temperature": T},
    "inputs": {**by_view(z), "labels": CASE["labels"]},
    "expected": {**expected(z, False), **expected(z, True, "excluded_")},
    "source": "reference implementation: SupCon (arXiv 2004.11362, eq. 2) by loops, supcon.py",
    "notes": CASE["notes"],
}
print(json.dumps(case, separators=(",", ":")))

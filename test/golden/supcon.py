"""Writes the golden values of the supervised contrastive loss, in NumPy float64.

Khosla et al. 2020, eq. 2 (L_out), over the rows I of two views, A(i) all rows but i, P(i) those of A(i)
with the label of i:

    l_i = -1/|P(i)| sum_{p in P(i)} log( exp(z_i.z_p/t) / sum_{a in A(i)} exp(z_i.z_a/t) )

`excluded_*` are the same with a denominator of the row's other view and the rows of other labels only:
what a training does with pictures that verdicts attract. Gradients of the mean are complex steps.

    python3 test/golden/supcon.py > test/golden/p20_supcon_B6_d8_t0.2.json
"""

import json

import numpy as np

B, D, T = 6, 8, 0.2
LABELS = [0, 1, 0, 2, 1, 0]


def per_anchor(z, excludes_positives):
    labels = LABELS + LABELS
    losses = []
    for i in range(2 * B):
        others = [a for a in range(2 * B) if a != i]
        positives = [p for p in others if labels[p] == labels[i]]
        partner = (i + B) % (2 * B)
        if excludes_positives:
            denominator = [a for a in others if a == partner or labels[a] != labels[i]]
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


random = np.random.default_rng(20)
first = random.normal(size=(B, D))
second = first + 0.8 * random.normal(size=(B, D))
z = np.concatenate([first, second])
z /= np.linalg.norm(z, axis=1, keepdims=True)
case = {
    "name": "p20_supcon_B6_d8_t0.2",
    "objective": "supcon",
    "params": {"B": B, "d": D, "temperature": T},
    "inputs": {**by_view(z), "labels": LABELS},
    "expected": {**expected(z, False), **expected(z, True, "excluded_")},
    "source": "reference implementation: SupCon (arXiv 2004.11362, eq. 2) by loops, supcon.py",
    "notes": "excluded_*: positives of other pictures stay out of the denominator",
}
print(json.dumps(case, separators=(",", ":")))

"""Writes the golden values of CMC by binary NCE on two banks, in NumPy float64.

Tian et al. 2020, eq. 12, as HobbitLong/CMC computes it (NCE/NCEAverage.py, NCE/NCECriterion.py): each
view is scored against the other view's bank, out_l = exp(memory_ab . l / t) / Z_l and the same for ab;
where Z is negative, it is that of this batch, n * mean(exp) over positives and draws, without a gradient.
The noise distribution is uniform, Pn = 1 / n; with m draws each view's loss is

    -(1/B) sum_i [ log(p_i0 / (p_i0 + m Pn + eps)) + sum_k log(m Pn / (p_ik + m Pn + eps)) ]

and both are added. Then each bank row moves: v <- (a v + (1 - a) x) / |...|, a the momentum. The second
file is a second batch after the first: banks and Z are those that the first one left behind. Gradients
are complex steps.

    python3 test/golden/cmc_nce.py     writes p21_*.json and p22_*.json beside itself
"""

import json
import pathlib

import numpy as np

B, D, N, K = 3, 8, 24, 6
MOMENTUM, EPS = 0.5, 1e-7
random = np.random.default_rng(21)


def unit(rows):
    return rows / np.sqrt((rows**2).sum(-1, keepdims=True))


def side_scores(x, memory, indices, t):
    return np.exp(np.einsum("bkd,bd->bk", memory[indices], x) / t)


def nce(scores, z):
    noise = K / N
    p = scores / z
    positive = np.log(p[:, 0] / (p[:, 0] + noise + EPS))
    negative = np.log(noise / (p[:, 1:] + noise + EPS))
    return -(positive.sum() + negative.sum()) / len(p)


def gradient(x, memory, indices, t, z, step=1e-30):
    grad = np.zeros_like(x)
    for at in np.ndindex(x.shape):
        moved = x.astype(complex)
        moved[at] += 1j * step
        grad[at] = nce(side_scores(moved, memory, indices, t), z).imag / step
    return grad


def through_norm(grad, x):
    return grad - (grad * x).sum(1, keepdims=True) * x


def moved_rows(memory, own, x):
    return unit(MOMENTUM * memory[own] + (1 - MOMENTUM) * x)


def case(name, t, l, ab, own, memory_l, memory_ab, indices, z_l, z_ab, notes):
    out_l = side_scores(l, memory_ab, indices, t)
    out_ab = side_scores(ab, memory_l, indices, t)
    used_l = z_l if z_l > 0 else out_l.mean() * N
    used_ab = z_ab if z_ab > 0 else out_ab.mean() * N
    loss_l, loss_ab = nce(out_l, used_l), nce(out_ab, used_ab)
    grad_l = gradient(l, memory_ab, indices, t, used_l)
    grad_ab = gradient(ab, memory_l, indices, t, used_ab)
    rows_l, rows_ab = moved_rows(memory_l, own, l), moved_rows(memory_ab, own, ab)
    content = {
        "name": name,
        "objective": "cmc_nce",
        "params": {
            "B": B,
            "d": D,
            "bank_size": N,
            "K": K,
            "temperature": t,
            "memory_momentum": MOMENTUM,
            "Z_l": z_l,
            "Z_ab": z_ab,
            "eps": EPS,
        },
        "inputs": {
            "l": l.tolist(),
            "ab": ab.tolist(),
            "indices": own.tolist(),
            "memory_l": memory_l.tolist(),
            "memory_ab": memory_ab.tolist(),
            "sample_indices": indices.tolist(),
        },
        "expected": {
            "loss": loss_l + loss_ab,
            "grad": {"l": grad_l.tolist(), "ab": grad_ab.tolist()},
            "grad_through_l2norm": {
                "l": through_norm(grad_l, l).tolist(),
                "ab": through_norm(grad_ab, ab).tolist(),
            },
            "aux": {
                "loss_l": loss_l,
                "loss_ab": loss_ab,
                "Z_l_used": used_l,
                "Z_ab_used": used_ab,
                "new_memory_l_rows": rows_l.tolist(),
                "new_memory_ab_rows": rows_ab.tolist(),
            },
        },
        "source": "reference cmc_nce.py (NumPy), after HobbitLong/CMC NCE/NCEAverage.py + NCE/NCECriterion.py",
        "notes": notes,
    }
    pathlib.Path(__file__).with_name(f"{name}.json").write_text(json.dumps(content) + "\n")
    memory_l, memory_ab = memory_l.copy(), memory_ab.copy()
    memory_l[own], memory_ab[own] = rows_l, rows_ab
    return memory_l, memory_ab, used_l, used_ab


def batch():
    own = random.permutation(N)[:B]
    noise = random.integers(0, N, size=(B, K))
    return unit(random.normal(size=(B, D))), unit(random.normal(size=(B, D))), own, np.hstack([own[:, None], noise])


memory_l, memory_ab = unit(random.normal(size=(N, D))), unit(random.normal(size=(N, D)))
l, ab, own, indices = batch()
T = 0.1
left = case(
    f"p21_cmc_nce_B{B}_d{D}_n{N}_K{K}_t{T}_Zinit", T, l, ab, own, memory_l, memory_ab, indices, -1.0, -1.0,
    "Z = -1 means: set Z = mean(exp(s/t)) * bank_size from this batch, constant, no gradient",
)
l, ab, own, indices = batch()
case(
    f"p22_cmc_nce_B{B}_d{D}_n{N}_K{K}_t{T}_second", T, l, ab, own, left[0], left[1], indices, left[2], left[3],
    "the batch after p21: banks and Z are what p21 left behind",
)

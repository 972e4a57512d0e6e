"""Writes the golden values of false negative cancellation in a queue, in NumPy float64.

Huynh et al. 2022 with a memory, as google-research/fnc searches it (objective.py,
add_contrastive_loss_with_memory): c_ij is the largest similarity of any of the V keys of picture i (the
slow encoder's views of it) to row j of the queue, its own pictures left out. F_i are the columns among
the k largest c_i with c_ij > threshold. Query q_i has the positive k_i, the first of its keys:

    attraction:  l_i = log(e^(q_i.k_i/t) + sum_j e^(q_i.u_j/t)) - (q_i.k_i + sum_{F_i} q_i.u_j) / (t (1 + |F_i|))
    elimination: the same with j not in F_i and only k_i in the mean

over the queue's rows u_j of other pictures. With fn_quantile the threshold is that quantile of all c_ij of
other pictures (numpy.quantile, inverted_cdf). Gradients of the mean are complex steps; keys and queue
are constants.

    python3 test/golden/fnc_queue.py     writes p29_*.json to p31_*.json beside itself
"""

import json
import pathlib

import numpy as np

B, D, K, V, T, TOPK = 4, 8, 20, 2, 0.2, 3
random = np.random.default_rng(29)


def unit(rows):
    return rows / np.sqrt((rows**2).sum(-1, keepdims=True))


def false_negatives(keys, queue, is_own, threshold, quantile):
    scores = np.max(np.einsum("vbd,kd->vbk", keys, queue), axis=0)
    cut = np.quantile(scores[~is_own], quantile, method="inverted_cdf") if quantile else threshold
    found = np.zeros((B, K), dtype=bool)
    for i in range(B):
        order = sorted((j for j in range(K) if not is_own[i, j]), key=lambda j: -scores[i, j])
        for j in order[:TOPK]:
            found[i, j] = scores[i, j] > cut
    return found, cut


def per_anchor(q, keys, queue, is_own, found, attracts):
    losses = []
    for i in range(B):
        own = np.dot(q[i], keys[0, i]) / T
        logits = [np.dot(q[i], queue[j]) / T for j in range(K)]
        false = [logits[j] for j in range(K) if found[i, j]]
        mass = np.exp(own)
        for j in range(K):
            if not is_own[i, j] and (attracts or not found[i, j]):
                mass = mass + np.exp(logits[j])
        positives = [own] + (false if attracts else [])
        losses.append(np.log(mass) - sum(positives) / len(positives))
    return losses


def gradient(q, *others, step=1e-30):
    grad = np.zeros_like(q)
    for at in np.ndindex(*q.shape):
        moved = q.astype(complex)
        moved[at] += 1j * step
        grad[at] = np.mean(per_anchor(moved, *others)).imag / step
    return grad


def write(number, mode, threshold, quantile):
    middle = unit(random.normal(size=(B, D)))
    q = unit(middle + 0.3 * random.normal(size=(B, D)))
    keys = unit(middle + 0.3 * random.normal(size=(V, B, D)))
    queue = unit(random.normal(size=(K, D)))
    pictures = [i + 1 for i in range(B)]
    queue_pictures = [int(p) for p in random.permutation(K) + 3]
    is_own = np.equal.outer(pictures, queue_pictures)
    # A column of the anchor's own picture, and columns that look like an anchor, as a class does.
    for j in range(K):
        if queue_pictures[j] <= B or j % 3 == 0:
            of = queue_pictures[j] - 1 if queue_pictures[j] <= B else j % B
            queue[j] = unit(middle[of] + 0.25 * random.normal(size=D))
    found, cut = false_negatives(keys, queue, is_own, threshold, quantile)
    scores = np.max(np.einsum("vbd,kd->vbk", keys, queue), axis=0)
    gap = np.sort(np.abs(scores[~is_own] - cut))[1 if quantile else 0]
    assert found.any() and is_own.any() and gap > 1e-4
    arguments = (keys, queue, is_own, found, mode == "attraction")
    grad = gradient(q, *arguments)
    losses = per_anchor(q, *arguments)
    rule = {"fn_quantile": quantile} if quantile else {"fn_threshold": threshold}
    text = "_".join(f"{'q' if name == 'fn_quantile' else 'thr'}{value}" for name, value in rule.items())
    name = f"p{number}_fnc_queue_{mode}_B{B}_d{D}_K{K}_S{V - 1}_top{TOPK}_{text}"
    case = {
        "name": name,
        "objective": f"fnc_queue_{mode}",
        "params": {"B": B, "d": D, "K": K, "support_size": V - 1, "temperature": T, "fn_topk": TOPK, **rule},
        "inputs": {
            "q": q.tolist(),
            "keys": keys.tolist(),
            "queue": queue.tolist(),
            "pictures": pictures,
            "queue_pictures": queue_pictures,
        },
        "expected": {
            "loss": float(np.mean(losses)),
            "per_anchor": [float(loss) for loss in losses],
            "grad": {"q": grad.tolist()},
            "grad_through_l2norm": {"q": (grad - (grad * q).sum(1, keepdims=True) * q).tolist()},
            "aux": {"false_negative_columns": [np.flatnonzero(row).tolist() for row in found]},
        },
        "source": "reference test/golden/fnc_queue.py (NumPy float64)",
    }
    pathlib.Path(__file__).with_name(f"{name}.json").write_text(json.dumps(case) + "\n")


write(29, "attraction", 0.6, None)
write(30, "elimination", 0.6, None)
write(31, "attraction", None, 0.9)

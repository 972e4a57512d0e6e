"""Writes the golden values of ADNCE, the decoupled, the global and the pairwise sigmoid loss, and VICReg.

NumPy float64, by loops, after the authors' code; anchors 0..B-1 = z1, B..2B-1 = z2, and the negatives of
an anchor are the rows of other pictures, N = 2 (B - 1). Gradients are complex steps; what the authors
detach is computed of the real parts, so that it has no gradient.

- adnce: Wu et al. 2023, junkangwu/ADNCE image/model.py, estimator "adnce" (mu is its tau_plus, sigma its
  beta): the weights have the mean 1 over the negatives and are detached.
- decoupled: Yeh et al. 2022, eq. 5 (L_DC), raminnakhli/Decoupled-Contrastive-Learning loss/dcl.py: the
  mean of both directions.
- sogclr: Yuan et al. 2022, Optimization-AI/LibAUC GCLoss_v1 without individual temperatures: u moves
  first, weights are exp(s/t) / u, detached. Its scalar, -(s+ - sum_j w_j s_j / N), summed over both
  views, is 2 t times a function with the gradient written here; the loss here is -s+/t + log u. u is that
  of each picture before the batch, below 0 for none; `u_next` is the mean of both views'.
- siglip: Zhai et al. 2023, algorithm 1, with the rows of both views as texts of each other: log sigmoid of
  the pair's logit s/t + b, its sign turned for negatives, summed over the row.
- vicreg: Bardes et al. 2022, facebookresearch/vicreg main_vicreg.py: rows are not of unit length.

    python3 test/golden/further_losses.py     writes p23_*.json to p28_*.json beside itself
"""

import json
import pathlib

import numpy as np

random = np.random.default_rng(23)


def unit(rows):
    return rows / np.sqrt((rows**2).sum(-1, keepdims=True))


def split_rows(rows, batch):
    return {"z1": rows[:batch].tolist(), "z2": rows[batch:].tolist()}


def pairs(z, batch):
    for i in range(2 * batch):
        positive = (i + batch) % (2 * batch)
        yield i, positive, [j for j in range(2 * batch) if j % batch != i % batch]


def adnce(z, batch, temperature, mu, sigma):
    losses = []
    for i, positive, negatives in pairs(z, batch):
        s = np.array([np.dot(z[i], z[j]) for j in negatives])
        weights = np.exp(-((s.real - mu) ** 2) / (2 * sigma**2)) / (sigma * np.sqrt(2 * np.pi))
        weights = weights / weights.mean()
        p = np.exp(np.dot(z[i], z[positive]) / temperature)
        losses.append(-np.log(p / (p + np.sum(weights * np.exp(s / temperature)))))
    return losses


def decoupled(z, batch, temperature):
    losses = []
    for i, positive, negatives in pairs(z, batch):
        mass = sum(np.exp(np.dot(z[i], z[j]) / temperature) for j in negatives)
        losses.append(-np.dot(z[i], z[positive]) / temperature + np.log(mass))
    return losses


def siglip(z, batch, temperature, bias):
    losses = []
    for i, positive, negatives in pairs(z, batch):
        logit = lambda j: np.dot(z[i], z[j]) / temperature + bias
        log_sigmoid = lambda x: -np.log(1 + np.exp(-x))
        losses.append(-log_sigmoid(logit(positive)) - sum(log_sigmoid(-logit(j)) for j in negatives))
    return losses


def averages(z, batch, temperature, gamma, u):
    moved = []
    for i, _, negatives in pairs(z, batch):
        mean = np.mean([np.exp(np.dot(z[i], z[j]).real / temperature) for j in negatives])
        before = u[i % batch]
        moved.append(mean if before < 0 else (1 - gamma) * before + gamma * mean)
    return np.array(moved)


def sogclr(z, batch, temperature, gamma, u):
    return [
        -np.dot(z[i], z[positive]).real / temperature + np.log(average)
        for (i, positive, _), average in zip(pairs(z, batch), averages(z, batch, temperature, gamma, u))
    ]


def sogclr_scalar(z, batch, temperature, gamma, u):
    moved = averages(z, batch, temperature, gamma, u)
    total = 0
    for i, positive, negatives in pairs(z, batch):
        weights = [np.exp(np.dot(z[i], z[j]).real / temperature) / moved[i] for j in negatives]
        sums = sum(w * np.dot(z[i], z[j]) for w, j in zip(weights, negatives)) / (2 * (batch - 1))
        total += -(np.dot(z[i], z[positive]) - sums)
    return total / batch / (2 * temperature)


def vicreg(z, batch, invariance, variance, covariance):
    x, y = z[:batch], z[batch:]
    width = z.shape[1]
    repr_loss = ((x - y) ** 2).mean()
    std_loss, cov_loss = 0, 0
    for rows in (x, y):
        centred = rows - rows.mean(0)
        std = np.sqrt((centred**2).sum(0) / (batch - 1) + 0.0001)
        std_loss += np.mean([max(0, (1 - one).real) if one.real > 1 else 1 - one for one in std]) / 2
        cov = centred.T @ centred / (batch - 1)
        cov_loss += sum(cov[a, b] ** 2 for a in range(width) for b in range(width) if a != b) / width
    return invariance * repr_loss + variance * std_loss + covariance * cov_loss


def gradient(scalar, z, step=1e-30):
    grad = np.zeros_like(z)
    for at in np.ndindex(*z.shape):
        moved = z.astype(complex)
        moved[at] += 1j * step
        grad[at] = scalar(moved).imag / step
    return grad


def through_l2norm(grad, z):
    """Through x / |x|, also where |x| is not 1."""
    lengths = np.sqrt((z**2).sum(1, keepdims=True))
    units = z / lengths
    return (grad - (grad * units).sum(1, keepdims=True) * units) / lengths


def write(name, objective, z, batch, params, per_anchor, scalar, aux=None, inputs=None, source="", loss=None):
    grad = gradient(scalar, z)
    expected = {
        "loss": float(np.real(np.mean(per_anchor) if loss is None else loss)),
        **({} if per_anchor is None else {"per_anchor": [float(np.real(l)) for l in per_anchor]}),
        "grad": split_rows(grad, batch),
        "grad_through_l2norm": split_rows(through_l2norm(gradient(scalar, unit(z)), unit(z)), batch)
        if np.allclose(z, unit(z))
        else split_rows(through_l2norm(gradient(scalar, unit(z)), z), batch),
        **({"aux": aux} if aux else {}),
    }
    content = {
        "name": name,
        "objective": objective,
        "params": {"B": batch, "d": z.shape[1], **params},
        "inputs": {**split_rows(z, batch), **(inputs or {})},
        "expected": expected,
        "source": f"reference implementation by loops, further_losses.py, after {source}",
    }
    file = pathlib.Path(__file__).parent / f"{name}.json"
    file.write_text(json.dumps(content, separators=(",", ":")) + "\n")


def two_views(batch, width, noise=0.6):
    first = random.normal(size=(batch, width))
    return unit(np.concatenate([first, first + noise * random.normal(size=(batch, width))]))


z = two_views(6, 8)
for name, mu, sigma in (("p23_adnce_B6_d8_t0.4_mu0.7_sigma0.5", 0.7, 0.5), ("p24_adnce_B6_d8_t0.2_mu0_sigma0.1", 0.0, 0.1)):
    t = 0.4 if mu else 0.2
    write(name, "adnce", z, 6, {"temperature": t, "mu": mu, "sigma": sigma},
          adnce(z, 6, t, mu, sigma), lambda x: np.mean(adnce(x, 6, t, mu, sigma)),
          source="junkangwu/ADNCE image/model.py")

z = two_views(5, 8)
write("p25_decoupled_B5_d8_t0.1", "decoupled", z, 5, {"temperature": 0.1},
      decoupled(z, 5, 0.1), lambda x: np.mean(decoupled(x, 5, 0.1)),
      source="raminnakhli/Decoupled-Contrastive-Learning loss/dcl.py")

z = two_views(5, 8)
u = np.array([3.0, -1.0, 40.0, 0.5, -1.0])
moved = averages(z, 5, 0.2, 0.9, u)
write("p26_sogclr_B5_d8_t0.2_gamma0.9", "sogclr", z, 5, {"temperature": 0.2, "gamma": 0.9},
      sogclr(z, 5, 0.2, 0.9, u), lambda x: sogclr_scalar(x, 5, 0.2, 0.9, u),
      aux={"u_next": ((moved[:5] + moved[5:]) / 2).tolist()}, inputs={"u": u.tolist()},
      source="Optimization-AI/LibAUC GCLoss_v1")

z = two_views(4, 8)
write("p27_siglip_B4_d8_t0.1_b-10", "siglip", z, 4, {"temperature": 0.1, "bias": -10.0},
      siglip(z, 4, 0.1, -10.0), lambda x: np.mean(siglip(x, 4, 0.1, -10.0)),
      source="google-research/big_vision trainers/proj/image_text/siglip.py")

raw = np.concatenate([random.normal(size=(6, 5)), random.normal(size=(6, 5))]) * np.array([2, 0.3, 1.2, 0.5, 0.8])
write("p28_vicreg_B6_d5", "vicreg", raw, 6, {"invariance": 25.0, "variance": 25.0, "covariance": 1.0},
      None, lambda x: vicreg(x, 6, 25.0, 25.0, 1.0), loss=vicreg(raw, 6, 25.0, 25.0, 1.0),
      source="facebookresearch/vicreg main_vicreg.py")

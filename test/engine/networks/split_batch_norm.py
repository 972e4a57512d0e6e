"""Writes split-batch-norm.json: batch norm in splits by NumPy in float64, forward and backward.

The rule is that of class SplitBatchNorm in the CIFAR notebook of MoCo's authors, which views its input
[N, C, H, W] as [N / S, S C, H, W]: row i is in split i mod S. Running statistics move by 0.1 towards the
splits' mean, with unbiased variances.
"""

import json
import pathlib

import numpy as np

EPSILON, MOMENTUM = 1e-5, 0.1
random = np.random.default_rng(15)


def case(shape, splits):
    channels = shape[-1]
    x = np.round(2 * random.normal(size=shape) + 0.7, 4)
    dy = np.round(random.normal(size=shape), 4)
    gamma, beta, running_mean = (np.round(random.normal(size=channels), 4) for _ in range(3))
    running_variance = np.round(1 + random.random(channels), 4)
    y, dx = np.zeros(shape), np.zeros(shape)
    dgamma, dbeta = np.zeros(channels), np.zeros(channels)
    means, variances = [], []
    for split in range(splits):
        rows = [row for row in range(shape[0]) if row % splits == split]
        part, d = x[rows].reshape(-1, channels), dy[rows].reshape(-1, channels)
        mean, variance = part.mean(0), part.var(0)
        unit = (part - mean) / np.sqrt(variance + EPSILON)
        # The Jacobian row by row instead of a closed form.
        du = d * gamma
        n = len(part)
        back = np.zeros_like(part)
        for channel in range(channels):
            u = unit[:, channel]
            jacobian = (np.eye(n) - 1 / n - np.outer(u, u) / n) / np.sqrt(variance[channel] + EPSILON)
            back[:, channel] = jacobian @ du[:, channel]
        y[rows] = (unit * gamma + beta).reshape(x[rows].shape)
        dx[rows] = back.reshape(x[rows].shape)
        dgamma += (d * unit).sum(0)
        dbeta += d.sum(0)
        means.append(mean)
        variances.append(part.var(0, ddof=1))
    return {
        "splits": splits,
        "x": x,
        "dy": dy,
        "gamma": gamma,
        "beta": beta,
        "runningMean": running_mean,
        "runningVariance": running_variance,
        "y": y,
        "dx": dx,
        "dgamma": dgamma,
        "dbeta": dbeta,
        "nextMean": (1 - MOMENTUM) * running_mean + MOMENTUM * np.mean(means, 0),
        "nextVariance": (1 - MOMENTUM) * running_variance + MOMENTUM * np.mean(variances, 0),
    }


cases = [case((8, 2, 3, 2), 4), case((6, 2, 2, 3), 3), case((12, 3), 2)]
plain = [
    {name: value.tolist() if isinstance(value, np.ndarray) else value for name, value in one.items()}
    for one in cases
]
pathlib.Path(__file__).with_name("split-batch-norm.json").write_text(json.dumps(plain) + "\n")

"""Writes many-labels.json: multinomial logistic regression by SciPy in float64, run to its minimum.

The estimator is the one that docs/formulas.md states: columns standardised over the training rows, a
constant column, mean cross-entropy + (0.001 / 2) |W|^2.
"""

import json
import pathlib

import numpy as np
from scipy.optimize import minimize

RIDGE = 1e-3
LABELS, EACH, DIMENSIONS, SPREAD = 60, 5, 10, 0.75
random = np.random.default_rng(14)

centres = random.normal(size=(LABELS, DIMENSIONS))
labels = np.tile(np.arange(LABELS), EACH)
rows = centres[labels] + SPREAD * random.normal(size=(len(labels), DIMENSIONS))
rows = np.round(rows / np.linalg.norm(rows, axis=1, keepdims=True), 6)
held = np.arange(len(labels)) >= LABELS * (EACH - 1)
train = ~held

mean, deviation = rows[train].mean(0), rows[train].std(0)
features = np.hstack([(rows - mean) / deviation, np.ones((len(rows), 1))])
x, y = features[train], labels[train]


def loss(flat):
    weights = flat.reshape(LABELS, -1)
    scores = x @ weights.T
    scores -= scores.max(1, keepdims=True)
    masses = np.exp(scores)
    total = masses.sum(1, keepdims=True)
    own = np.arange(len(y)), y
    value = (np.log(total[:, 0]) - scores[own]).mean() + RIDGE / 2 * (weights**2).sum()
    residuals = masses / total
    residuals[own] -= 1
    return value, (residuals.T @ x / len(y) + RIDGE * weights).ravel()


start = np.zeros(LABELS * x.shape[1])
found = minimize(loss, start, jac=True, method="L-BFGS-B", options=dict(maxiter=10000, maxfun=100000, gtol=1e-9, ftol=1e-15))
scores = features[held] @ found.x.reshape(LABELS, -1).T
best = np.sort(scores, axis=1)
content = {
    "labels": labels.tolist(),
    "rows": rows.tolist(),
    "trainingRows": int(train.sum()),
    "minimum": found.fun,
    "predicted": scores.argmax(1).tolist(),
    "margins": np.round(best[:, -1] - best[:, -2], 4).tolist(),
    "accuracy": float((scores.argmax(1) == labels[held]).mean()),
}
pathlib.Path(__file__).with_name("many-labels.json").write_text(json.dumps(content) + "\n")
print(found.fun, found.nit, content["accuracy"], min(content["margins"]))

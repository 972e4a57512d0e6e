"""Writes linear-probe.json: scikit-learn's LogisticRegression run to its minimum, in float64.

The estimator is the one that docs/formulas.md states: columns standardised over the training rows, and
sum of cross-entropies times C plus |W|^2 / 2 with a free constant. `cases` are single fits with few and
with many labels; `nested` is a whole probe over given folds, its C tuned within the training folds.
"""

import json
import pathlib

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

STRENGTHS = [1e-4, 1e-3, 1e-2, 0.1, 1, 10, 100]
random = np.random.default_rng(14)


def clusters(labels, each, dimensions, spread):
    centres = random.normal(size=(labels, dimensions))
    y = np.tile(np.arange(labels), each)
    rows = centres[y] + spread * random.normal(size=(len(y), dimensions))
    return np.round(rows / np.linalg.norm(rows, axis=1, keepdims=True), 6), y


def fitted(rows, y, strength):
    model = make_pipeline(StandardScaler(), LogisticRegression(C=strength, tol=1e-10, max_iter=100000))
    return model.fit(rows, y)


def case(labels, each, dimensions, spread, strength):
    rows, y = clusters(labels, each, dimensions, spread)
    train = np.arange(len(y)) < labels * (each - 1)
    model = fitted(rows[train], y[train], strength)
    return {
        "labels": y.tolist(),
        "rows": rows.tolist(),
        "trainingRows": int(train.sum()),
        "strength": strength,
        "probabilities": np.round(model.predict_proba(rows[~train]), 8).tolist(),
    }


def nested():
    rows, y = clusters(5, 16, 6, 1.1)
    folds = random.permutation(np.arange(len(y)) % 5)
    predicted, chosen = np.zeros(len(y), int), []
    for held in range(5):
        inner = (folds != held) & (folds != (held + 1) % 5)
        tuned = folds == (held + 1) % 5
        losses = []
        for strength in STRENGTHS:
            probabilities = fitted(rows[inner], y[inner], strength).predict_proba(rows[tuned])
            losses.append(log_loss(y[tuned], probabilities, labels=np.arange(5)))
        chosen.append(STRENGTHS[int(np.argmin(losses))])
        model = fitted(rows[folds != held], y[folds != held], chosen[-1])
        predicted[folds == held] = model.predict(rows[folds == held])
    return {
        "labels": y.tolist(),
        "rows": rows.tolist(),
        "folds": folds.tolist(),
        "strengths": chosen,
        "predicted": predicted.tolist(),
    }


content = {
    "source": f"scikit-learn {sklearn.__version__}, NumPy {np.__version__}",
    "cases": [case(4, 30, 8, 0.9, 1.0), case(4, 30, 8, 0.9, 0.01), case(60, 5, 10, 0.75, 3.0)],
    "nested": nested(),
}
pathlib.Path(__file__).with_name("linear-probe.json").write_text(json.dumps(content) + "\n")
print(content["source"], content["nested"]["strengths"])

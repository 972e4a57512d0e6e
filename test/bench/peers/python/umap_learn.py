"""The map of umap-learn on the cpu, of the same rows, neighbours and epochs as ours.

    python3 umap_learn.py --folder DIR [--dimensions 128] [--neighbours 15] [--epochs 200]

DIR/vectors.f32 holds unit rows, raw float32. It runs without a seed, so on all threads, and after a run that compiles
what the timed one needs. Prints one line of JSON with the seconds of everything, and the trustworthiness (k = 15, of
2,000 rows at most) of its map, and of ours in DIR/ours.f32.
"""
import argparse
import json
import os
import time
import warnings

import numpy as np

warnings.filterwarnings("ignore")
import umap  # noqa: E402
from sklearn.manifold import trustworthiness  # noqa: E402

parser = argparse.ArgumentParser()
parser.add_argument("--folder", required=True)
parser.add_argument("--dimensions", type=int, default=128)
parser.add_argument("--neighbours", type=int, default=15)
parser.add_argument("--epochs", type=int, default=200)
args, _ = parser.parse_known_args()

# Above 4,096 rows it searches neighbours as it does for many: that is compiled too.
COMPILED_ROWS = 4500


def fit(rows, epochs):
    return umap.UMAP(n_neighbors=args.neighbours, n_epochs=epochs, metric="cosine").fit_transform(rows)


x = np.fromfile(os.path.join(args.folder, "vectors.f32"), "<f4").reshape(-1, args.dimensions)
fit(x[:COMPILED_ROWS], 10)
start = time.perf_counter()
y = fit(x, args.epochs)
seconds = time.perf_counter() - start

some = np.random.default_rng(1).permutation(len(x))[:2000]


def trust(coordinates):
    return float(trustworthiness(x[some], coordinates[some], n_neighbors=15, metric="cosine"))


notes = {"trustworthiness": trust(y)}
ours = os.path.join(args.folder, "ours.f32")
if os.path.exists(ours):
    notes["trustworthinessOfOurs"] = trust(np.fromfile(ours, "<f4").reshape(-1, 2))
print(json.dumps({"by": "umap-learn " + umap.__version__, "seconds": {"all": seconds}, "notes": notes}))

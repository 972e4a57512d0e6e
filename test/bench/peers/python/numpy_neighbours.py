"""The exact nearest neighbours in NumPy: products of blocks of rows, then a partial sort.

    python3 numpy_neighbours.py --folder DIR [--dimensions 128] [--k 15]

DIR/vectors.f32 holds unit rows, raw float32. Prints one line of JSON with the seconds, and which part of the neighbours
in DIR/ours.i32 it found too.
"""
import argparse
import json
import os
import time

import numpy as np

parser = argparse.ArgumentParser()
parser.add_argument("--folder", required=True)
parser.add_argument("--dimensions", type=int, default=128)
parser.add_argument("--k", type=int, default=15)
args, _ = parser.parse_known_args()

BLOCK = 1024


def neighbours(x, k):
    """The k most similar other rows of each row, the most similar first: [n, k]."""
    found = np.empty((len(x), k), np.int32)
    for first in range(0, len(x), BLOCK):
        rows = x[first:first + BLOCK]
        similar = rows @ x.T
        similar[np.arange(len(rows)), first + np.arange(len(rows))] = -np.inf
        nearest = np.argpartition(similar, -k, axis=1)[:, -k:]
        of_those = np.take_along_axis(similar, nearest, 1)
        order = np.argsort(-of_those, axis=1, kind="stable")
        found[first:first + BLOCK] = np.take_along_axis(nearest, order, 1)
    return found


x = np.fromfile(os.path.join(args.folder, "vectors.f32"), "<f4").reshape(-1, args.dimensions)
x[:BLOCK] @ x[:BLOCK].T  # starts the threads of the products
start = time.perf_counter()
found = neighbours(x, args.k)
seconds = time.perf_counter() - start
notes = {}
ours = os.path.join(args.folder, "ours.i32")
if os.path.exists(ours):
    theirs = np.fromfile(ours, "<i4").reshape(found.shape)
    both = sum(len(np.intersect1d(a, b)) for a, b in zip(found, theirs))
    notes["sameNeighbours"] = both / found.size
print(json.dumps({"by": "NumPy " + np.__version__, "seconds": {"all": seconds}, "notes": notes}))

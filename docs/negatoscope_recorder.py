"""Records a training for Negatoscope: import the folder with `negatoscope import FOLDER`. Needs numpy."""

import os

import numpy as np


class Recorder:
    """Writes epoch_0001.npz, negatives_0001.npz and so on; keeps `top` negatives of an anchor and step."""

    def __init__(self, folder, top=32):
        os.makedirs(folder, exist_ok=True)
        self.folder, self.top, self.step, self.steps = folder, top, 0, []

    def negatives(self, anchor_paths, negative_paths, similarity, weight, loss):
        """A training step: A anchors, M negatives; similarity and weight are A x M, loss is A.

        The weight is the negative's part of the anchor's gradient up to a factor: exp(s / t) of a softmax.
        """
        anchors, others = np.asarray(anchor_paths, dtype=str), np.asarray(negative_paths, dtype=str)
        s, w = np.asarray(similarity, np.float64), np.array(weight, np.float64)
        w[anchors[:, None] == others[None, :]] = 0  # a picture is no negative of itself
        total, count = np.abs(w).sum(1, keepdims=True), (w != 0).sum(1, keepdims=True)
        share = w / np.maximum(total, 1e-300)
        pushed = np.maximum(share, 0)
        rank = np.argsort(np.argsort(-np.where(w != 0, s, -np.inf), axis=1), axis=1)
        kept = np.argsort(-np.abs(share), axis=1, kind="stable")[:, : self.top]
        take = lambda values: np.take_along_axis(values, kept, axis=1)
        self.steps.append((anchors, np.where(take(share) != 0, others[kept], ""), take(s), take(share * count),
                           take(share), take(rank), count[:, 0], np.asarray(loss, np.float64).reshape(-1),
                           pushed.sum(1) ** 2 / np.maximum((pushed**2).sum(1), 1e-300), np.full(len(anchors), self.step)))
        self.step += 1

    def epoch(self, paths, embeddings, epoch):
        """The end of an epoch: the vectors of all pictures, and the negatives of its steps."""
        np.savez(self._file("epoch", epoch), paths=np.asarray(paths, dtype=str), vectors=np.asarray(embeddings, np.float32))
        if self.steps:
            anchor, negative, similarity, weight, share, rank, count, loss, effective, step = map(_stack, zip(*self.steps))
            names, places = np.unique(np.concatenate([anchor, negative.reshape(-1)]), return_inverse=True)
            np.savez(self._file("negatives", epoch), paths=names, anchor=places[: len(anchor)].astype(np.int32),
                     negative=places[len(anchor) :].reshape(negative.shape).astype(np.int32), loss=loss.astype(np.float32),
                     effective=effective.astype(np.float32), similarity=similarity.astype(np.float32), step=step,
                     weight=weight.astype(np.float32), share=share.astype(np.float32), rank=rank.astype(np.int32), count=count)
            self.steps = []

    def _file(self, name, epoch):
        return os.path.join(self.folder, f"{name}_{epoch:04d}.npz")


def _stack(arrays):
    """Steps under each other; those with fewer negatives are filled up with none."""
    width = max(a.shape[1] for a in arrays) if arrays[0].ndim == 2 else 0
    return np.concatenate([np.pad(a, ((0, 0), (0, width - a.shape[1]))) if a.ndim == 2 else a for a in arrays])

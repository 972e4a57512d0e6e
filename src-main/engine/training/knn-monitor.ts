import type { Embedder } from '../embedding/embedder.ts';
import { leaveOneOutAccuracy } from '../evaluation/weighted-knn.ts';
import { exactNeighbours } from '../neighbours/exact-neighbours.ts';
import { flatWeights } from './training-state.ts';
import type { TrainingState } from './training-state.ts';

/** k of the kNN accuracy that runs are compared by. */
export const knnNeighbours = 5;
/** Pictures that are looked at. */
export const monitoredPictures = 2000;
/** Share of the training time that watching may take. */
const share = 0.05;
/** A guess until it has been measured: one pass forward where a training step takes six. */
const guessedShareOfEpoch = 0.2;

export interface MonitoredPictures {
  readonly sampleIds: Uint32Array;
  /** -1 where a picture has no label. */
  readonly labels: Int32Array;
  readonly readPixels: (sampleIds: Uint32Array) => Uint8Array;
}

/** Watches the weighted-kNN accuracy while training, as often as its share of the time allows. */
export class KnnMonitor {
  readonly #pictures: MonitoredPictures;
  readonly #embedder: Embedder;
  readonly #now: () => number;
  #spentSeconds = 0;
  #lastSeconds: number | null = null;

  constructor(pictures: MonitoredPictures, embedder: Embedder, now: () => number) {
    this.#pictures = pictures;
    this.#embedder = embedder;
    this.#now = now;
  }

  /** The accuracy after an epoch, or null when it is not this epoch's turn. */
  async afterEpoch(
    state: TrainingState,
    epochSeconds: number,
    breathe: () => Promise<void>,
  ): Promise<number | null> {
    const expected = this.#lastSeconds ?? guessedShareOfEpoch * epochSeconds;
    if (this.#spentSeconds + expected > share * state.seconds) return null;
    const started = this.#now();
    const accuracy = await this.#accuracy(state, breathe);
    this.#lastSeconds = (this.#now() - started) / 1000;
    this.#spentSeconds += this.#lastSeconds;
    return accuracy;
  }

  async #accuracy(state: TrainingState, breathe: () => Promise<void>): Promise<number | null> {
    const { sampleIds, labels, readPixels } = this.#pictures;
    if (sampleIds.length <= knnNeighbours || labels.every((label) => label < 0)) return null;
    const { h } = await this.#embedder.embed(flatWeights(state), readPixels(sampleIds), breathe);
    const rows = { vectors: h, count: sampleIds.length, dimensions: this.#embedder.featureLength };
    const neighbours = await exactNeighbours({ ...rows, k: knnNeighbours, threads: 1 });
    return leaveOneOutAccuracy({ neighbours, labels }, knnNeighbours);
  }
}

import type { ScoreNumbers } from '../../contract/runs.ts';
import { knnNeighbours, scoreProtocol } from '../../contract/run-scores.ts';
import { linearProbe } from '../evaluation/linear-probe.ts';
import { knownScores, neededNeighbours, scoreEmbeddings } from '../evaluation/score-embeddings.ts';
import { exactNeighbours } from '../neighbours/exact-neighbours.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';
import type { Neighbours } from '../neighbours/exact-neighbours.ts';
import type { TrainingMaterial } from './material/training-material.ts';
import { flatWeights } from './plan/training-state.ts';
import type { TrainingState } from './plan/training-state.ts';

/** The part of the training time that scoring may take. */
const share = 0.05;
/** The time of the first scoring, as a part of an epoch's time; later it is the last measured time. */
const guessedShareOfEpoch = 0.2;

/** The pictures that a training is scored on, and their labels' numbers. */
interface MonitoredPictures {
  readonly sampleIds: Uint32Array;
  /** -1 where a picture has no label. */
  readonly labels: Int32Array;
  /** The groups whose pictures do not vote for each other; null where every picture is on its own. */
  readonly groups: Int32Array | null;
  /** The pictures whose alignment is measured, the same at every epoch. */
  readonly aligned: Uint32Array;
}

/** Of more pictures the neighbours take minutes, for which a training must not wait. */
const scoredBeforeAtMost = 10_000;

/**
 * Scores h after epochs of a training, as often as its share of the time allows. After the last epoch
 * it always does, and then fits the linear probe too.
 */
export class EpochMonitor {
  readonly #pictures: MonitoredPictures;
  readonly #material: TrainingMaterial;
  readonly #now: () => number;
  #spentSeconds = 0;
  #lastSeconds: number | null = null;

  constructor(pictures: MonitoredPictures, material: TrainingMaterial, now: () => number) {
    this.#pictures = pictures;
    this.#material = material;
    this.#now = now;
  }

  /**
   * The scores before the first step, without the alignment; empty without the labels that they are
   * for, and for many pictures. They do not count as time spent on scoring.
   */
  async beforeTraining(
    state: TrainingState,
    yieldToEvents: () => Promise<void>,
  ): Promise<ScoreNumbers> {
    if (!this.#hasNeighbours() || this.#pictures.sampleIds.length > scoredBeforeAtMost) return {};
    return await this.#scores(state, 'first', yieldToEvents);
  }

  /** The scores after an epoch; empty if the epoch is skipped to save time. */
  async afterEpoch(
    state: TrainingState,
    epochSeconds: number,
    isLast: boolean,
    yieldToEvents: () => Promise<void>,
  ): Promise<ScoreNumbers> {
    const expected = this.#lastSeconds ?? guessedShareOfEpoch * epochSeconds;
    const isTooMuch = this.#spentSeconds + expected > share * state.seconds;
    if (isTooMuch && !isLast) return {};
    const started = this.#now();
    const scores = await this.#scores(state, isLast ? 'last' : 'between', yieldToEvents);
    this.#lastSeconds = (this.#now() - started) / 1000;
    this.#spentSeconds += this.#lastSeconds;
    return scores;
  }

  async #scores(
    state: TrainingState,
    at: 'first' | 'between' | 'last',
    yieldToEvents: () => Promise<void>,
  ): Promise<ScoreNumbers> {
    const { sampleIds } = this.#pictures;
    const weights = flatWeights(state);
    const { h } = await this.#material.embed(weights, sampleIds, yieldToEvents);
    const rows = {
      vectors: h,
      count: sampleIds.length,
      dimensions: this.#material.featureLength,
    };
    const { labels, groups, aligned } = this.#pictures;
    const scores = await scoreEmbeddings({
      rows,
      ...{ labels, groups },
      neighbours: await this.#neighbours(rows),
      k: knnNeighbours,
      sample: Uint32Array.from(sampleIds.keys()),
      alignment: at === 'first' ? null : await this.#material.alignment(weights, aligned),
      fitProbe: at === 'last' ? (scored) => linearProbe(rows, scored, groups, yieldToEvents) : null,
    });
    return { ...knownScores(scores), protocol: scoreProtocol };
  }

  /** The nearest pictures, which scores by label need; null without labels or with too few pictures. */
  async #neighbours(rows: UnitRows): Promise<Neighbours | null> {
    const { groups } = this.#pictures;
    const k = neededNeighbours(rows.count - 1);
    return this.#hasNeighbours()
      ? await exactNeighbours({ ...rows, k, threads: 1, ...(groups && { groups }) })
      : null;
  }

  #hasNeighbours(): boolean {
    const { labels, sampleIds } = this.#pictures;
    const isLabelled = labels.some((label) => label >= 0);
    return isLabelled && neededNeighbours(sampleIds.length - 1) >= knnNeighbours;
  }
}

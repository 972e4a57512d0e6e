import { mutualNeighbourCount } from '../contract/bins.ts';
import type { SampleColumns } from '../contract/library.ts';
import type { RunEmbeddings } from './embedding-cache.ts';
import { mutualNeighbours } from './mutual-neighbours.ts';
import { labelRelations } from './negatives/assign-bins.ts';
import { rankBySimilarity } from './negatives/similarity-rank.ts';
import type { SimilarityRanking } from './negatives/similarity-rank.ts';
import { dotProduct } from './neighbours/unit-rows.ts';
import { seedRandom, shuffledOrder } from './training/random.ts';

/** What an anchor competes with, as columns; `rows` are rows of the run's embeddings, ascending. */
export interface CandidateColumns {
  readonly rows: Uint32Array;
  readonly similarities: Float64Array;
  /** One of `labelRelations` for each candidate. */
  readonly labelRelation: Uint8Array;
  /** 1 where anchor and candidate are among each other's nearest neighbours in the whole library. */
  readonly mutualKnn: Uint8Array;
  readonly ranking: SimilarityRanking;
}

/** One batch of `size` pictures with the anchor among them, drawn by a seed. */
export interface DrawnBatch {
  readonly size: number;
  readonly seed: number;
}

/**
 * The candidates of the anchor in row `row`: every other embedded picture, or those that share a drawn
 * batch with it. Labels are those of `samples`.
 */
export function candidatesOf(
  embeddings: RunEmbeddings,
  row: number,
  samples: SampleColumns,
  batch: DrawnBatch | null = null,
): CandidateColumns {
  const { vectors, dimensions, count, ids, neighbours } = embeddings;
  const rows = batch === null ? otherRows(count, row) : batchRows(count, row, batch);
  const labels = labelsOfRows(ids, samples);
  const label = labels[row] ?? -1;
  const isMutual = new Uint8Array(count);
  for (const other of mutualNeighbours(embeddings, neighbours, row, mutualNeighbourCount)) {
    isMutual[other] = 1;
  }
  const similarities = new Float64Array(rows.length);
  const labelRelation = new Uint8Array(rows.length);
  const mutualKnn = new Uint8Array(rows.length);
  for (let candidate = 0; candidate < rows.length; candidate++) {
    const other = rows[candidate] ?? 0;
    similarities[candidate] = dotProduct(vectors, row * dimensions, other * dimensions, dimensions);
    labelRelation[candidate] = relation(label, labels[other] ?? -1);
    mutualKnn[candidate] = isMutual[other] ?? 0;
  }
  const ranking = rankBySimilarity(similarities);
  return { rows, similarities, labelRelation, mutualKnn, ranking };
}

/** The run that is explored, and both sides of a comparison. */
const keptCandidates = 3;

/** Keeps the candidates asked for last: turning a knob changes none of them. */
export class LastCandidates {
  #kept: readonly { readonly key: readonly unknown[]; readonly found: CandidateColumns }[] = [];

  of(...asked: Required<Parameters<typeof candidatesOf>>): CandidateColumns {
    const [embeddings, row, samples, batch] = asked;
    const key = [embeddings, row, samples, batch?.size, batch?.seed];
    const isAsked = (one: readonly unknown[]): boolean =>
      one.every((part, place) => part === key[place]);
    const found = this.#kept.find((kept) => isAsked(kept.key))?.found ?? candidatesOf(...asked);
    const others = this.#kept.filter((kept) => kept.found !== found);
    this.#kept = [{ key, found }, ...others].slice(0, keptCandidates);
    return found;
  }
}

function otherRows(count: number, row: number): Uint32Array {
  const rows = new Uint32Array(count - 1);
  for (let other = 0; other < rows.length; other++) rows[other] = other < row ? other : other + 1;
  return rows;
}

function batchRows(count: number, row: number, { size, seed }: DrawnBatch): Uint32Array {
  const order = shuffledOrder(count, seedRandom(seed));
  return order
    .filter((other) => other !== row)
    .subarray(0, size - 1)
    .sort();
}

function relation(first: number, second: number): number {
  if (first < 0 || second < 0) return labelRelations.unknown;
  return first === second ? labelRelations.same : labelRelations.different;
}

/** Both lists of ids ascend. */
function labelsOfRows(ids: Uint32Array, samples: SampleColumns): Int32Array {
  const labels = new Int32Array(ids.length);
  let place = 0;
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row] as number;
    while ((samples.ids[place] ?? Infinity) < id) place++;
    labels[row] = samples.ids[place] === id ? (samples.labelIndex[place] ?? -1) : -1;
  }
  return labels;
}

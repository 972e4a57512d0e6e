import { mutualNeighbourCount } from '../../contract/bins.ts';
import type { SampleColumns } from '../../contract/library.ts';
import type { RunEmbeddings } from '../neighbours/embedding-cache.ts';
import { mutualNeighbours } from '../neighbours/mutual-neighbours.ts';
import { relationOf } from '../verdicts/false-pairs.ts';
import { labelRelations } from './assign-bins.ts';
import { rankBySimilarity, similarityPercentiles } from './similarity-rank.ts';
import type { SimilarityRanking } from './similarity-rank.ts';
import { dotProduct } from '../numeric/unit-rows.ts';
import { seedRandom, shuffledOrder } from '../numeric/random.ts';
import { labelsOf } from '../store/samples.ts';

/** What an anchor competes with, as columns, hardest first. */
export interface CandidateColumns {
  /** Rows of the run's embeddings; of those that are as similar, the lower row comes first. */
  readonly rows: Uint32Array;
  readonly similarities: Float64Array;
  /** One of `labelRelations` for each candidate. */
  readonly labelRelation: Uint8Array;
  /** 1 where anchor and candidate are among each other's nearest neighbours in the whole library. */
  readonly mutualKnn: Uint8Array;
  /** Each candidate's place is its rank. */
  readonly ranking: SimilarityRanking;
  /** Share of the other candidates that are less similar, 0 to 1. */
  readonly percentile: Float64Array;
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
  const { count, ids, neighbours } = embeddings;
  const rows = batch === null ? otherRows(count, row) : batchRows(count, row, batch);
  const labels = labelsOf(samples, ids);
  const label = labels[row] ?? -1;
  const isMutual = new Uint8Array(count);
  for (const other of mutualNeighbours(embeddings, neighbours, row, mutualNeighbourCount)) {
    isMutual[other] = 1;
  }
  const found = similaritiesOf(embeddings, row, rows);
  const { order } = rankBySimilarity(found);
  const columns = {
    rows: new Uint32Array(rows.length),
    similarities: new Float64Array(rows.length),
    labelRelation: new Uint8Array(rows.length),
    mutualKnn: new Uint8Array(rows.length),
  };
  for (let rank = 0; rank < order.length; rank++) {
    const place = order[rank] ?? 0;
    const other = rows[place] ?? 0;
    columns.rows[rank] = other;
    columns.similarities[rank] = found[place] ?? 0;
    columns.labelRelation[rank] = labelRelations[relationOf(label, labels[other] ?? -1)];
    columns.mutualKnn[rank] = isMutual[other] ?? 0;
  }
  const ranking = rankedAsTheyStand(rows.length);
  const percentile = similarityPercentiles(columns.similarities, ranking);
  return { ...columns, ranking, percentile };
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

function similaritiesOf(
  { vectors, dimensions }: RunEmbeddings,
  row: number,
  rows: Uint32Array,
): Float64Array {
  const found = new Float64Array(rows.length);
  for (let place = 0; place < rows.length; place++) {
    const other = (rows[place] ?? 0) * dimensions;
    found[place] = dotProduct(vectors, row * dimensions, other, dimensions);
  }
  return found;
}

function rankedAsTheyStand(count: number): SimilarityRanking {
  const places = new Uint32Array(count);
  for (let place = 0; place < count; place++) places[place] = place;
  return { order: places, rank: places };
}

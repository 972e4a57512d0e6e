import { mutualNeighbourCount } from '../../contract/bins.ts';
import { labelRelation } from '../../contract/label-relation.ts';
import type { SampleColumns } from '../../contract/library.ts';
import type { RunEmbeddings } from '../neighbours/embedding-cache.ts';
import { mutualNeighbours } from '../neighbours/mutual-neighbours.ts';
import { labelRelations } from './assign-bins.ts';
import { rankBySimilarity, similarityPercentiles } from '../numeric/similarity-rank.ts';
import type { SimilarityRanking } from '../numeric/similarity-rank.ts';
import { crossSimilarities, rowSimilarity } from '../numeric/two-sided-rows.ts';
import type { ComparedRows } from '../numeric/two-sided-rows.ts';
import { seedRandom, shuffledOrder } from '../numeric/random.ts';
import { labelsOf } from '../store/samples.ts';
import { splitsOfCandidates } from './positive-candidates.ts';
import type { CandidateSplits } from './positive-candidates.ts';
import type { CandidateSides } from './two-sided-loss.ts';

/** The candidates of an anchor as columns, the most similar first. */
export interface CandidateColumns {
  /** Rows of the run's embeddings; of equally similar ones the lower row comes first. */
  readonly rows: Uint32Array;
  readonly similarities: Float64Array;
  /** Those of each side, where the rows have two sides and `similarities` are the means. */
  readonly sides?: CandidateSides;
  /** One of `labelRelations` for each candidate. */
  readonly labelRelation: Uint8Array;
  /** 1 where anchor and candidate are among each other's nearest neighbours in the whole library. */
  readonly mutualKnn: Uint8Array;
  /** The ranking of these columns: each candidate's index is its rank. */
  readonly ranking: SimilarityRanking;
  /** The part of the other candidates that is less similar, 0 to 1. */
  readonly percentile: Float64Array;
  /** The splits of the candidates; left out where the library has none. */
  readonly splits?: CandidateSplits;
  /** The row of the anchor. */
  readonly anchor: number;
  /** Each candidate's rank among all other pictures, 0 the most similar. */
  readonly libraryRank: Uint32Array;
}

/** A batch of `size` pictures, the anchor among them, drawn with a seed. */
export interface DrawnBatch {
  readonly size: number;
  readonly seed: number;
}

/**
 * The candidates of the anchor in row `row`: every other embedded picture or, with `batch`, the other
 * pictures of that batch. Labels are those of `samples`; similarities are those of `compared`, which has
 * the same pictures in the same rows, while neighbours are always those of h.
 */
export function candidatesOf(
  embeddings: RunEmbeddings,
  row: number,
  samples: SampleColumns,
  batch: DrawnBatch | null = null,
  compared: ComparedRows = embeddings,
): CandidateColumns {
  const { count, ids, neighbours } = embeddings;
  const rows = batch === null ? otherRows(count, row) : batchRows(count, row, batch);
  const labels = labelsOf(samples, ids);
  const label = labels[row] as number;
  const isMutual = new Uint8Array(count);
  for (const other of mutualNeighbours(embeddings, neighbours, row, mutualNeighbourCount)) {
    isMutual[other] = 1;
  }
  const { similarities: found, crossed } = comparedWith(compared, row, rows);
  const { order } = rankBySimilarity(found);
  const columns = {
    rows: new Uint32Array(rows.length),
    similarities: new Float64Array(rows.length),
    labelRelation: new Uint8Array(rows.length),
    mutualKnn: new Uint8Array(rows.length),
  };
  for (let rank = 0; rank < order.length; rank++) {
    const index = order[rank] ?? 0;
    const other = rows[index] ?? 0;
    columns.rows[rank] = other;
    columns.similarities[rank] = found[index] ?? 0;
    columns.labelRelation[rank] =
      labelRelations[labelRelation(label, labels[other] as number, samples.labelMembers)];
    columns.mutualKnn[rank] = isMutual[other] ?? 0;
  }
  const ranking = identityRanking(rows.length);
  const percentile = similarityPercentiles(columns.similarities, ranking);
  const isWhole = rows.length === count - 1;
  const libraryRank = isWhole ? ranking.rank : libraryRanks(compared, row, columns.rows);
  return {
    ...columns,
    ...sidesInOrder(crossed, order),
    ...splitsOfCandidates(
      samples,
      ids[row] ?? 0,
      columns.rows.map((other) => ids[other] ?? 0),
    ),
    ranking,
    percentile,
    anchor: row,
    libraryRank,
  };
}

/**
 * The rank of each candidate among all other pictures, of equally similar ones the lower row first; the
 * anchor's own row ranks last.
 */
export function libraryRanks(
  compared: ComparedRows,
  row: number,
  candidates: Uint32Array,
): Uint32Array {
  const others = otherRows(compared.count, row);
  const { rank } = rankBySimilarity(similaritiesOf(compared, row, others));
  const rankOf = (other: number): number => rank[other < row ? other : other - 1] ?? 0;
  return candidates.map((other) => (other === row ? others.length - 1 : rankOf(other)));
}

/** Enough for the run that is explored and for both sides of a comparison. */
const cachedEntries = 3;

/**
 * Caches the candidates that were asked for last, which do not change with the objective's
 * settings.
 */
export class CandidateCache {
  #entries: readonly { readonly key: readonly unknown[]; readonly found: CandidateColumns }[] = [];

  /** The candidates of `candidatesOf`, from the cache if they are there. */
  of(...asked: Required<Parameters<typeof candidatesOf>>): CandidateColumns {
    const [embeddings, row, samples, batch, compared] = asked;
    const key = [embeddings, row, samples, batch?.size, batch?.seed, compared];
    const isAsked = (one: readonly unknown[]): boolean =>
      one.every((part, index) => part === key[index]);
    const cached = this.#entries.find((entry) => isAsked(entry.key));
    const found = cached?.found ?? candidatesOf(...asked);
    const others = this.#entries.filter((entry) => entry.found !== found);
    this.#entries = [{ key, found }, ...others].slice(0, cachedEntries);
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

function similaritiesOf(compared: ComparedRows, row: number, rows: Uint32Array): Float64Array {
  const found = new Float64Array(rows.length);
  for (let index = 0; index < rows.length; index++) {
    found[index] = rowSimilarity(compared, row, rows[index] ?? 0);
  }
  return found;
}

/** The similarities of both sides, in the order of the rows that the anchor is compared with. */
interface Crossed {
  readonly first: Float64Array;
  readonly second: Float64Array;
}

/** The similarities of a row to others; of two-sided rows those of each side, too, once for both. */
function comparedWith(
  compared: ComparedRows,
  row: number,
  rows: Uint32Array,
): { readonly similarities: Float64Array; readonly crossed: Crossed | null } {
  if (!compared.isTwoSided) {
    return { similarities: similaritiesOf(compared, row, rows), crossed: null };
  }
  const similarities = new Float64Array(rows.length);
  const crossed = { first: similarities.slice(), second: similarities.slice() };
  for (let index = 0; index < rows.length; index++) {
    const { first, second } = crossSimilarities(compared, row, rows[index] ?? 0);
    crossed.first[index] = first;
    crossed.second[index] = second;
    similarities[index] = (first + second) / 2;
  }
  return { similarities, crossed };
}

function sidesInOrder(
  crossed: Crossed | null,
  order: Uint32Array,
): Pick<CandidateColumns, 'sides'> {
  if (crossed === null) return {};
  return { sides: [sideOf(crossed.first, order), sideOf(crossed.second, order)] };
}

function sideOf(found: Float64Array, order: Uint32Array): CandidateSides[0] {
  const similarities = new Float64Array(order.length);
  for (let rank = 0; rank < order.length; rank++) {
    similarities[rank] = found[order[rank] ?? 0] ?? 0;
  }
  return { similarities, ranking: rankBySimilarity(similarities) };
}

function identityRanking(count: number): SimilarityRanking {
  const ranks = new Uint32Array(count);
  for (let index = 0; index < count; index++) ranks[index] = index;
  return { order: ranks, rank: ranks };
}

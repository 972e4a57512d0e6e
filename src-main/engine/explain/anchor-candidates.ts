import { mutualNeighbourCount } from '../../contract/bins.ts';
import { labelRelation } from '../../contract/label-relation.ts';
import { noLabel } from '../../contract/label-sets.ts';
import type { SampleColumns } from '../../contract/library.ts';
import type { RunEmbeddings } from '../neighbours/embedding-cache.ts';
import { mutualNeighbours } from '../neighbours/mutual-neighbours.ts';
import { labelRelations } from './assign-bins.ts';
import {
  orderBySimilarity,
  rankBySimilarity,
  similarityPercentiles,
} from '../numeric/similarity-rank.ts';
import type { SimilarityRanking } from '../numeric/similarity-rank.ts';
import { crossSimilarities, rowSimilarity } from '../numeric/two-sided-rows.ts';
import type { ComparedRows } from '../numeric/two-sided-rows.ts';
import { productsWithAll } from '../numeric/unit-rows.ts';
import { valuesAt } from '../numeric/values-at.ts';
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
  const { similarities: found, crossed, products } = comparedWith(compared, row, rows);
  const order = orderBySimilarity(found);
  const ordered = rowsInOrder(rows, order);
  const similarities = valuesAt(found, order);
  const isByFeatures = products && compared.vectors === embeddings.vectors;
  const ofFeatures = isByFeatures ? { products, nearestFirst: ordered } : undefined;
  const ranking = identityRanking(rows.length);
  const isWhole = rows.length === count - 1;
  return {
    rows: ordered,
    similarities,
    labelRelation: relationsTo(row, ordered, ids, samples),
    mutualKnn: marked(
      mutualNeighbours(embeddings, neighbours, row, mutualNeighbourCount, ofFeatures),
      ordered,
    ),
    ...sidesInOrder(crossed, order),
    ...splitsOfRows(samples, row, ordered, ids),
    ranking,
    percentile: similarityPercentiles(similarities, ranking),
    anchor: row,
    libraryRank: isWhole ? ranking.rank : libraryRanks(compared, row, ordered),
  };
}

/** The relation of the anchor's label to that of each row, one of `labelRelations`. */
function relationsTo(
  anchor: number,
  rows: Uint32Array,
  ids: Uint32Array,
  samples: SampleColumns,
): Uint8Array {
  const labels = labelsOf(samples, ids);
  const own = labels[anchor] ?? noLabel;
  const { labelMembers } = samples;
  // There are few labels, and many rows.
  const byLabel = labelMembers.map(
    (_, label) => labelRelations[labelRelation(own, label, labelMembers)],
  );
  const relations = new Uint8Array(rows.length);
  for (let index = 0; index < rows.length; index++) {
    const label = labels[rows[index] as number] as number;
    relations[index] = label === noLabel ? labelRelations.unknown : (byLabel[label] as number);
  }
  return relations;
}

/** 1 for each of `rows` that is among `some`, which are few. */
function marked(some: Int32Array, rows: Uint32Array): Uint8Array {
  const marks = new Uint8Array(rows.length);
  for (const one of some) {
    const place = rows.indexOf(one);
    if (place >= 0) marks[place] = 1;
  }
  return marks;
}

function splitsOfRows(
  samples: SampleColumns,
  anchor: number,
  rows: Uint32Array,
  ids: Uint32Array,
): Pick<CandidateColumns, 'splits'> {
  if (samples.splits.length === 0) return {};
  const idsOfRows = rows.map((other) => ids[other] ?? 0);
  return splitsOfCandidates(samples, ids[anchor] ?? 0, idsOfRows);
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

/** The similarities of a row to others. */
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

/**
 * The similarities of a row to others; of two-sided rows those of each side, too, once for both. Where
 * the others are all, the products with all rows come with them.
 */
function comparedWith(
  compared: ComparedRows,
  row: number,
  rows: Uint32Array,
): {
  readonly similarities: Float64Array;
  readonly crossed: Crossed | null;
  readonly products?: Float64Array;
} {
  if (!compared.isTwoSided && rows.length === compared.count - 1) {
    const products = productsWithAll(compared, row);
    const similarities = new Float64Array(rows.length);
    similarities.set(products.subarray(0, row));
    similarities.set(products.subarray(row + 1), row);
    return { similarities, crossed: null, products };
  }
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
  const similarities = valuesAt(found, order);
  return { similarities, ranking: rankBySimilarity(similarities) };
}

// A loop and not `map` with a function, which takes several times as long.
function rowsInOrder(rows: Uint32Array, order: Uint32Array): Uint32Array {
  const ordered = new Uint32Array(order.length);
  for (let rank = 0; rank < order.length; rank++) {
    ordered[rank] = rows[order[rank] as number] as number;
  }
  return ordered;
}

function identityRanking(count: number): SimilarityRanking {
  const ranks = new Uint32Array(count);
  for (let index = 0; index < count; index++) ranks[index] = index;
  return { order: ranks, rank: ranks, isInOrder: true };
}

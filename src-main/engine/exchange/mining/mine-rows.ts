import type { KnownPairs } from '../../verdicts/false-pairs.ts';
import { leftOutReasons } from '../../../contract/mining.ts';
import type { LeftOutReason, MineInput } from '../../../contract/mining.ts';
import { rankBySimilarity } from '../../numeric/similarity-rank.ts';
import { dotProduct } from '../../numeric/unit-rows.ts';
import type { UnitRows } from '../../numeric/unit-rows.ts';
import { seedRandom, shuffledOrder } from '../../numeric/random.ts';
import { AnchorRelations } from './anchor-relations.ts';
import { fixRules } from './fix-rules.ts';
import { mineAnchor } from './mine-anchor.ts';
import type { FixedRules, RankedCandidates } from './mine-anchor.ts';

/** The negatives of one anchor; rows are rows of the embeddings. */
export interface AnchorNegatives {
  readonly anchor: number;
  readonly positives: readonly number[];
  readonly positiveScores: readonly number[];
  /** The most similar first. */
  readonly negatives: readonly number[];
  readonly negativeScores: readonly number[];
  readonly leftOut: LeftOut;
}

/**
 * Candidates that are not negatives, as columns. `rank` counts all pictures by similarity; `reason` is
 * an index into `leftOutReasons`.
 */
interface LeftOut {
  readonly rows: Int32Array;
  readonly scores: Float32Array;
  readonly ranks: Int32Array;
  readonly reasons: Uint8Array;
}

export interface MinedRows {
  readonly rules: FixedRules;
  readonly anchors: readonly AnchorNegatives[];
  /** How many rows have no positive, so that they are not anchors. */
  readonly withoutPositive: number;
}

/**
 * Mines the hard negatives of every row that has a positive. First, the anchor itself and the pictures
 * that labels and verdicts exclude are removed. Of the rest, the range_max + most positives most
 * similar pictures are the candidates for `mineAnchor`, so that excluded pictures do not count towards
 * range_max. Ends after `most` anchors.
 */
export async function mineRows(
  rows: UnitRows,
  known: KnownPairs,
  input: Omit<MineInput, 'file' | 'left_out' | 'overwrite'>,
  yieldToEvents: (done: number) => Promise<void>,
  most = Infinity,
): Promise<MinedRows> {
  const relations = new AnchorRelations(known, input);
  const random = seedRandom(input.seed);
  const positives = Array.from({ length: rows.count }, (_, row) =>
    relations.positives(row, random),
  );
  const mostPositives = positives.reduce((most, { length }) => Math.max(most, length), 1);
  const rules = fixRules(input, mostPositives);
  const anchors: AnchorNegatives[] = [];
  for (const [anchor, own] of positives.entries()) {
    if (own.length === 0) continue;
    if (anchors.length === most) break;
    const similarities = similaritiesTo(rows, anchor);
    const candidates = candidatesOf(
      anchor,
      similarities,
      relations,
      rules.range_max + mostPositives,
    );
    const positiveScores = own.map((row) => similarities[row] ?? 0);
    const draw = (options: number, count: number): number[] =>
      Array.from(shuffledOrder(options, random).subarray(0, count));
    const { pool } = candidates;
    const mined = mineAnchor(pool, new Set(own), Math.min(...positiveScores), rules, draw);
    anchors.push({
      anchor,
      positives: own,
      positiveScores,
      negatives: mined.negatives.map((index) => pool.rows[index] ?? 0),
      negativeScores: mined.negatives.map((index) => pool.scores[index] ?? 0),
      leftOut: leftOutOf(candidates, mined.reasons),
    });
    await yieldToEvents((anchor + 1) / rows.count);
  }
  const withoutPositive = positives.filter(({ length }) => length === 0).length;
  return { rules, anchors, withoutPositive };
}

/** The candidates of an anchor, and the pictures that were excluded before. */
interface Candidates {
  readonly pool: RankedCandidates;
  readonly poolRanks: readonly number[];
  /**
   * By rank among all pictures, up to the last candidate: the reason for exclusion; undefined for
   * candidates.
   */
  readonly ruledOut: readonly (LeftOutReason | undefined)[];
  readonly order: Uint32Array;
  readonly similarities: Float64Array;
}

function similaritiesTo({ vectors, count, dimensions }: UnitRows, anchor: number): Float64Array {
  return Float64Array.from({ length: count }, (_, row) =>
    dotProduct(vectors, anchor * dimensions, row * dimensions, dimensions),
  );
}

/** The most similar pictures that are not excluded, and the excluded pictures that are as similar. */
function candidatesOf(
  anchor: number,
  similarities: Float64Array,
  relations: AnchorRelations,
  poolSize: number,
): Candidates {
  const { order } = rankBySimilarity(similarities);
  const poolRanks: number[] = [];
  const ruledOut: (LeftOutReason | undefined)[] = [];
  for (let rank = 0; rank < order.length && poolRanks.length < poolSize; rank++) {
    const reason = relations.ruledOut(anchor, order[rank] ?? 0);
    ruledOut.push(reason);
    if (reason === undefined) poolRanks.push(rank);
  }
  const rows = Int32Array.from(poolRanks, (rank) => order[rank] ?? 0);
  const scores = Float64Array.from(rows, (row) => similarities[row] ?? 0);
  return { pool: { rows, scores }, poolRanks, ruledOut, order, similarities };
}

function leftOutOf(
  { poolRanks, ruledOut, order, similarities }: Candidates,
  poolReasons: readonly (LeftOutReason | undefined)[],
): LeftOut {
  const reasons = [...ruledOut];
  for (const [index, rank] of poolRanks.entries()) reasons[rank] = poolReasons[index];
  const ranks = Int32Array.from([...reasons.keys()].filter((rank) => reasons[rank] !== undefined));
  const rows = Int32Array.from(ranks, (rank) => order[rank] ?? 0);
  return {
    rows,
    ranks,
    scores: Float32Array.from(rows, (row) => similarities[row] ?? 0),
    reasons: Uint8Array.from(ranks, (rank) =>
      leftOutReasons.indexOf(reasons[rank] ?? 'not-needed'),
    ),
  };
}

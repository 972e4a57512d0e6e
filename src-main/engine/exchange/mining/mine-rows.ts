import type { KnownPairs } from '../../verdicts/false-pairs.ts';
import { leftOutReasons } from '../../../contract/mining.ts';
import type { LeftOutReason, MineInput } from '../../../contract/mining.ts';
import { rankBySimilarity } from '../../explain/similarity-rank.ts';
import { dotProduct } from '../../numeric/unit-rows.ts';
import type { UnitRows } from '../../numeric/unit-rows.ts';
import { seedRandom, shuffledOrder } from '../../numeric/random.ts';
import { AnchorRelations } from './anchor-relations.ts';
import { fixRules } from './fix-rules.ts';
import { mineAnchor } from './mine-anchor.ts';
import type { FixedRules, RankedCandidates } from './mine-anchor.ts';

/** What was mined for one anchor; rows are rows of the embeddings. */
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
 * Candidates that are no negatives, as columns: `rank` is among all pictures by similarity, `reason` a
 * place among `leftOutReasons`.
 */
export interface LeftOut {
  readonly rows: Int32Array;
  readonly scores: Float32Array;
  readonly ranks: Int32Array;
  readonly reasons: Uint8Array;
}

export interface MinedRows {
  readonly rules: FixedRules;
  readonly anchors: readonly AnchorNegatives[];
  /** Rows that have no positive: they are no anchors. */
  readonly withoutPositive: number;
}

/**
 * Mines the hard negatives of every row that has a positive. What labels and verdicts rule out, and the
 * anchor itself, leave an anchor's corpus before its most similar range_max + most positives are
 * taken, so that they use up no candidate's place; the rest is `mineAnchor`. Ends after `most` anchors.
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
      negatives: mined.negatives.map((place) => pool.rows[place] ?? 0),
      negativeScores: mined.negatives.map((place) => pool.scores[place] ?? 0),
      leftOut: leftOutOf(candidates, mined.reasons),
    });
    await yieldToEvents((anchor + 1) / rows.count);
  }
  const withoutPositive = positives.filter(({ length }) => length === 0).length;
  return { rules, anchors, withoutPositive };
}

/** A candidate that may be a negative, or a reason why it cannot; places are ranks among all pictures. */
interface Candidates {
  readonly pool: RankedCandidates;
  readonly poolRanks: readonly number[];
  /** Reasons by rank of all pictures that are as similar as the pool reaches; undefined in the pool. */
  readonly ruledOut: readonly (LeftOutReason | undefined)[];
  readonly order: Uint32Array;
  readonly similarities: Float64Array;
}

function similaritiesTo({ vectors, count, dimensions }: UnitRows, anchor: number): Float64Array {
  return Float64Array.from({ length: count }, (_, row) =>
    dotProduct(vectors, anchor * dimensions, row * dimensions, dimensions),
  );
}

/** The pool, and what is ruled out among the pictures that are as similar as it reaches. */
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
  for (const [place, rank] of poolRanks.entries()) reasons[rank] = poolReasons[place];
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

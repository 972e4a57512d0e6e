import { seedRandom, shuffledOrder } from '../../numeric/random.ts';
import type { ComparedRows } from '../../numeric/two-sided-rows.ts';
import type { UnitRows } from '../../numeric/unit-rows.ts';
import { AnchorRanker } from './anchor-ranker.ts';
import { eachAnchorsSimilarities } from './anchor-similarities.ts';

const mostAnchors = 1000;
const fewestAnchors = 50;
/** Products of two numbers that may be computed while a user waits: up to a second. */
const productsAtMost = 6e8;
const anchorSeed = 1;
/** How many of the nearest rows of each anchor are kept. */
const keptNearest = 10;

/**
 * A sample of anchors, each compared with all rows: A anchors of M rows. It depends on the vectors
 * alone, so that what is known of pairs can be counted again in milliseconds.
 */
export interface RankedAnchors {
  /** All rows in random order, [M]; the first A are the anchors, the place decides the fold. */
  readonly order: Uint32Array;
  readonly anchors: Uint32Array;
  /** The first rank of each bin. */
  readonly starts: Uint32Array;
  /** The bin of each row's rank, `ownRank` for the anchor itself, [A, M]. */
  readonly rankBins: Uint8Array;
  /** The level of each row's similarity, [A, M]; 0 for the anchor itself. */
  readonly levels: Uint16Array;
  /** How many pairs of an anchor and another row have each level, [`similarityLevels`]. */
  readonly pairsByLevel: Uint32Array;
  /** The most similar rows of each anchor, the most similar first, [A, `nearestCount`]. */
  readonly nearest: Uint32Array;
  readonly nearestCount: number;
}

/** What a test fixes in place of the drawn order and of the number of anchors. */
export interface AnchorSample {
  readonly order: Uint32Array;
  readonly anchors: number;
}

/**
 * Ranks all rows for a sample of anchors: up to 1,000, fewer where the product of rows and dimensions
 * is large, so that it takes a second or so at most. Other calls are answered in between.
 */
export async function rankAnchors(
  rows: ComparedRows,
  sample: AnchorSample = drawnSample(rows),
): Promise<RankedAnchors> {
  const { count } = rows;
  const anchors = sample.order.slice(0, sample.anchors);
  const ranker = new AnchorRanker(count, Math.min(keptNearest, count - 1));
  const { starts, nearestCount } = ranker;
  const found = {
    rankBins: new Uint8Array(anchors.length * count),
    levels: new Uint16Array(anchors.length * count),
    nearest: new Uint32Array(anchors.length * nearestCount),
  };
  const part = <T extends Uint8Array | Uint16Array | Uint32Array>(of: T, index: number): T =>
    of.subarray(
      (index * of.length) / anchors.length,
      ((index + 1) * of.length) / anchors.length,
    ) as T;
  await eachAnchorsSimilarities(rows, anchors, (index, similarities) => {
    ranker.rank(similarities, anchors[index] as number, {
      rankBins: part(found.rankBins, index),
      levels: part(found.levels, index),
      nearest: part(found.nearest, index),
    });
  });
  const { pairsByLevel } = ranker;
  return { order: sample.order, anchors, starts, ...found, pairsByLevel, nearestCount };
}

function drawnSample({ count, dimensions }: UnitRows): AnchorSample {
  const affordable = Math.floor(productsAtMost / (count * dimensions));
  const anchors = Math.max(fewestAnchors, Math.min(mostAnchors, affordable));
  return { order: shuffledOrder(count, seedRandom(anchorSeed)), anchors };
}

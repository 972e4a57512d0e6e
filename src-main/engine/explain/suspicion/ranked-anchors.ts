import { seedRandom, shuffledOrder } from '../../numeric/random.ts';
import type { ComparedRows } from '../../numeric/two-sided-rows.ts';
import type { UnitRows } from '../../numeric/unit-rows.ts';
import { rankBySimilarity } from '../../numeric/similarity-rank.ts';
import { eachAnchorsSimilarities } from './anchor-similarities.ts';
import { binOfRanks, rankBinStarts } from './rank-bins.ts';

const mostAnchors = 1000;
const fewestAnchors = 50;
/** Products of two numbers that may be computed while a user waits: up to a second. */
const productsAtMost = 6e8;
const anchorSeed = 1;
/** How many of the nearest rows of each anchor are kept. */
const keptNearest = 10;

/** The levels into which similarities from -1 to 1 are counted. */
export const similarityLevels = 65_536;

/** Marks an anchor in its own row of `rankBins`. */
export const ownRank = 255;

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
  /** The level of each row's similarity, [A, M]. */
  readonly levels: Uint16Array;
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
  const starts = rankBinStarts(count - 1);
  const binOf = binOfRanks(starts, count - 1);
  const nearestCount = Math.min(keptNearest, count - 1);
  const found = {
    rankBins: new Uint8Array(anchors.length * count).fill(ownRank),
    levels: new Uint16Array(anchors.length * count),
    nearest: new Uint32Array(anchors.length * nearestCount),
  };
  const similarities = new Float64Array(count - 1);
  await eachAnchorsSimilarities(rows, anchors, (index, all) => {
    const anchor = anchors[index] as number;
    similarities.set(all.subarray(0, anchor));
    similarities.set(all.subarray(anchor + 1), anchor);
    const { rank, order } = rankBySimilarity(similarities);
    for (let other = 0; other < similarities.length; other++) {
      const at = index * count + rowOf(other, anchor);
      found.rankBins[at] = binOf[rank[other] as number] as number;
      found.levels[at] = levelOf(similarities[other] as number);
    }
    for (let near = 0; near < nearestCount; near++) {
      found.nearest[index * nearestCount + near] = rowOf(order[near] as number, anchor);
    }
  });
  return { order: sample.order, anchors, starts, ...found, nearestCount };
}

/** The lowest similarity of a level. */
export function similarityOfLevel(level: number): number {
  return (2 * level) / similarityLevels - 1;
}

function levelOf(similarity: number): number {
  const level = Math.floor(((similarity + 1) / 2) * similarityLevels);
  return Math.max(0, Math.min(similarityLevels - 1, level));
}

function drawnSample({ count, dimensions }: UnitRows): AnchorSample {
  const affordable = Math.floor(productsAtMost / (count * dimensions));
  const anchors = Math.max(fewestAnchors, Math.min(mostAnchors, affordable));
  return { order: shuffledOrder(count, seedRandom(anchorSeed)), anchors };
}

/** The row of one of the other rows, which are all but the anchor's, in their order. */
function rowOf(other: number, anchor: number): number {
  return other < anchor ? other : other + 1;
}

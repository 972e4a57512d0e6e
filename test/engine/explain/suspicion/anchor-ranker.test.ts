import { describe, expect, it } from 'vitest';
import {
  AnchorRanker,
  ownRank,
} from '../../../../src-main/engine/explain/suspicion/anchor-ranker.ts';
import {
  binOfRanks,
  rankBinStarts,
} from '../../../../src-main/engine/explain/suspicion/rank-bins.ts';
import { seedRandom } from '../../../../src-main/engine/numeric/random.ts';

const count = 4001;
const nearestCount = 10;
const random = seedRandom(5);
const drawn = (): number => random.uniform(-1, 1);

const columns: Readonly<Record<string, Float64Array>> = {
  'spread evenly': Float64Array.from({ length: count }, drawn),
  'all near each other': Float64Array.from({ length: count }, () => 0.3 + drawn() / 1e5),
  'of copies': Float64Array.from({ length: count }, (_, row) => (row % 5) / 10),
  'all the same': new Float64Array(count).fill(1 / 3),
  'a little beyond 1': Float64Array.from({ length: count }, () => 1 + drawn() * 1e-4),
};

/** The rows but the anchor's, the most similar first, by a full sort. */
function sorted(similarities: Float64Array, anchor: number): number[] {
  return [...similarities.keys()]
    .filter((row) => row !== anchor)
    .sort((a, b) => similarities[b]! - similarities[a]! || a - b);
}

function rankOf(ranker: AnchorRanker, similarities: Float64Array, anchor: number) {
  const found = {
    rankBins: new Uint8Array(count),
    levels: new Uint16Array(count),
    nearest: new Uint32Array(nearestCount),
  };
  ranker.rank(similarities, anchor, found);
  return found;
}

describe.each(Object.entries(columns))('similarities %s', (_, similarities) => {
  const ranker = new AnchorRanker(count, nearestCount);

  it.each([0, 17, count - 1])(
    'have the bins and the nearest of a full sort, seen from row %i',
    (anchor) => {
      const order = sorted(similarities, anchor);
      const binOf = binOfRanks(rankBinStarts(count - 1), count - 1);
      const bins = new Uint8Array(count).fill(ownRank);
      order.forEach((row, rank) => (bins[row] = binOf[rank]!));
      const { rankBins, nearest } = rankOf(ranker, similarities, anchor);
      expect(rankBins).toEqual(bins);
      expect([...nearest]).toEqual(order.slice(0, nearestCount));
    },
  );
});

describe('an anchor', () => {
  it('counts its pairs by level, not itself', () => {
    const ranker = new AnchorRanker(count, nearestCount);
    const similarities = new Float64Array(count).fill(-1);
    similarities.set([1, 0.5, 0.5], 2);
    rankOf(ranker, similarities, 2);
    rankOf(ranker, similarities, 0);
    const { pairsByLevel } = ranker;
    expect(pairsByLevel[0]).toBe(2 * count - 7);
    expect(pairsByLevel[49_152]).toBe(4);
    expect(pairsByLevel[65_535]).toBe(1);
  });

  it('refuses a similarity that is not a number', () => {
    const similarities = new Float64Array(count);
    similarities[9] = NaN;
    const ranker = new AnchorRanker(count, nearestCount);
    expect(() => rankOf(ranker, similarities, 0)).toThrow(/not a number/);
  });
});

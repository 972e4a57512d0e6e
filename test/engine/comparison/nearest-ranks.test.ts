import { expect, test } from 'vitest';
import { NearestRanksFinder } from '../../../src-main/engine/comparison/nearest-ranks.ts';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';

const rows = 300;
const self = 7;

function sortedRows(similarities: Float32Array): number[] {
  return [...similarities.keys()]
    .filter((row) => row !== self)
    .sort((a, b) => similarities[b]! - similarities[a]! || a - b);
}

test.each(['many ties', 'few ties', 'all the same'])(
  'the ranks are those of sorting, ties by lower row (%s)',
  (kind) => {
    const random = seedRandom(4);
    const values = { 'many ties': 40, 'few ties': 1e9, 'all the same': 1 }[kind]!;
    const similarities = Float32Array.from(
      { length: rows },
      () => (2 * random.index(values)) / values - 1,
    );
    const sorted = sortedRows(similarities);
    const finder = new NearestRanksFinder(rows);
    const ascending = (ids: Iterable<number>): number[] => [...ids].sort((a, b) => a - b);
    for (const [inner, outer] of [
      [0, 0],
      [0, 1],
      [1, 29],
      [29, 298],
      [298, 299],
    ] as const) {
      const found = finder.find(similarities, self, { inner, outer });
      expect(ascending(found.outer)).toEqual(ascending(sorted.slice(0, outer)));
      expect(ascending(found.inner)).toEqual(ascending(sorted.slice(0, inner)));
    }
  },
);

test('similarities that rounding puts beyond 1 are the highest', () => {
  const similarities = Float32Array.from([0.5, 1.0000001, 0, -1.0000001, 1]);
  const found = new NearestRanksFinder(5).find(similarities, 2, { inner: 1, outer: 2 });
  expect([[...found.inner], [...found.outer]]).toEqual([[1], [1, 4]]);
});

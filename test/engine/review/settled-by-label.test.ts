import { expect, test } from 'vitest';
import { labelRelation } from '../../../src-main/contract/label-relation.ts';
import { pairsOfOneLabel } from '../../../src-main/engine/review/settled-by-label.ts';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';

test('counts the pairs that share a label as looking at each of them does', () => {
  // Three single labels, and sets of two and three of them.
  const members = [[0], [1], [2], [0, 1], [1, 2], [0, 1, 2]];
  const random = seedRandom(3);
  const labels = Int32Array.from({ length: 60 }, () => random.index(7) - 1);
  let expected = 0;
  for (let one = 0; one < labels.length; one += 1) {
    for (let other = one + 1; other < labels.length; other += 1) {
      if (labelRelation(labels[one]!, labels[other]!, members) === 'same') expected += 1;
    }
  }
  expect(expected).toBeGreaterThan(100);
  expect(pairsOfOneLabel(labels, members)).toBe(expected);
});

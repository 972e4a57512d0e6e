import { expect, test } from 'vitest';
import { pairFilter } from '../../../src-main/engine/review/pair-filter.ts';

/** 1 and 2 are cats, 3 is a dog, 4 is both, 5 has no label. */
const samples = {
  ...{ ids: Uint32Array.of(1, 2, 3, 4, 5), hashes: ['a', 'b', 'c', 'd', 'e'], paths: [] },
  ...{ labels: ['cat', 'cat|dog', 'dog'], labelIndex: Int32Array.of(0, 0, 2, 1, -1) },
  ...{ labelMembers: [[0], [0, 2], [2]], splits: [], splitIndex: new Int32Array(5).fill(-1) },
  sizes: new Uint32Array(10),
};

function allowed(input: Parameters<typeof pairFilter>[1]): string[] {
  const { allows, mayHold, isAnchor } = pairFilter(samples, input);
  const found: string[] = [];
  for (const one of samples.ids) {
    for (const other of samples.ids) {
      if (one >= other) continue;
      expect(allows(other, one)).toBe(allows(one, other));
      if (!allows(one, other)) continue;
      expect([mayHold(one), mayHold(other)]).toEqual([true, true]);
      expect(isAnchor(one) || isAnchor(other)).toBe(true);
      found.push(`${one}${other}`);
    }
  }
  return found;
}

test('one label is that of either picture, two are one of each', () => {
  expect(allowed({})).toHaveLength(10);
  expect(allowed({ labels: ['dog'] })).toEqual(['13', '14', '23', '24', '34', '35', '45']);
  expect(allowed({ labels: ['cat', 'dog'] })).toEqual(['13', '14', '23', '24', '34']);
  expect(allowed({ labels: ['cat', 'cat'] })).toEqual(['12', '14', '24']);
});

test('a selection holds both pictures, or one, and goes together with a label', () => {
  expect(allowed({ selection: { ids: [1, 5], both: true } })).toEqual(['15']);
  expect(allowed({ selection: { ids: [5], both: false } })).toEqual(['15', '25', '35', '45']);
  const both = { labels: ['dog'], selection: { ids: [5], both: false } };
  expect(allowed(both)).toEqual(['35', '45']);
});

test('a label that no picture has is refused by its name', () => {
  expect(() => pairFilter(samples, { labels: ['horse'] })).toThrow(
    'No picture of this library has the label "horse".',
  );
});

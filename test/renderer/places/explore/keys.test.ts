import { expect, it } from 'vitest';
import { mapToolKeys } from '../../../../src-renderer/places/explore/map-tool-keys.ts';
import { tileKeys } from '../../../../src-renderer/places/explore/tile-keys.ts';

it('has a key for each tool of the map', () => {
  expect(mapToolKeys.map(({ tool, keys }) => [tool, ...keys])).toEqual([
    ['pan', 'V'],
    ['lasso', 'L'],
    ['rectangle', 'R'],
  ]);
});

it('makes a negative the anchor by Enter and shows its numbers by Space', () => {
  const done: string[] = [];
  const actions = { makeAnchor: () => done.push('anchor'), inspect: () => done.push('numbers') };
  for (const key of ['Enter', ' ', 'a']) {
    tileKeys.find(({ takes }) => takes === key)?.press(actions);
  }
  expect(done).toEqual(['anchor', 'numbers']);
});

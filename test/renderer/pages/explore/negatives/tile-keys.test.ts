import { expect, it } from 'vitest';
import { tileKeys } from '../../../../../src-renderer/pages/explore/negatives/tile-keys.ts';

it('makes a negative the anchor by Enter and shows its numbers by Space', () => {
  const done: string[] = [];
  const actions = { makeAnchor: () => done.push('anchor'), inspect: () => done.push('numbers') };
  for (const key of ['Enter', ' ', 'a']) {
    tileKeys.find(({ takes }) => takes === key)?.press(actions);
  }
  expect(done).toEqual(['anchor', 'numbers']);
});

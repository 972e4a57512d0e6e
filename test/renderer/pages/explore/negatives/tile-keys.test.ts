import { expect, it } from 'vitest';
import { tileKeys } from '../../../../../src-renderer/pages/explore/negatives/tile-keys.ts';

it('makes a negative the anchor by Enter, shows its numbers by Space and selects it by X', () => {
  const done: string[] = [];
  const actions = {
    makeAnchor: () => done.push('anchor'),
    inspect: () => done.push('numbers'),
    select: () => done.push('selection'),
  };
  for (const key of ['Enter', ' ', 'x', 'a']) {
    tileKeys.find(({ takes }) => takes === key)?.press(actions);
  }
  expect(done).toEqual(['anchor', 'numbers', 'selection']);
});

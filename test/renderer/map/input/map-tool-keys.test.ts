import { expect, it } from 'vitest';
import { mapToolKeys } from '../../../../src-renderer/map/input/map-tool-keys.ts';

it('has a key for each tool of the map', () => {
  expect(mapToolKeys.map(({ tool, keys }) => [tool, ...keys])).toEqual([
    ['pan', 'V'],
    ['lasso', 'L'],
    ['rectangle', 'R'],
  ]);
});

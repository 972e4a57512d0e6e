import { expect, it } from 'vitest';
import { epochsOf } from '../../src-main/contract/epochs.ts';

it.each([
  ['simclr', {}, 30],
  ['moco', {}, 30],
  ['cmc', {}, 30],
  ['ir', {}, 60],
  ['ir-ring', {}, 60],
  ['fnc', { source: 'bank' }, 60],
  ['ir', { source: 'batch' }, 30],
])('%s with %o has as many views in %i epochs as the others', (objective, settings, epochs) => {
  expect(epochsOf({ objective, settings })).toBe(epochs);
  expect(epochsOf({ objective, settings, epochs: 7 })).toBe(7);
});

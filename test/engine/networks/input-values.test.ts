import { expect, it } from 'vitest';
import type { Preprocessing } from '../../../src-main/contract/preprocessing.ts';
import { InputValues } from '../../../src-main/engine/networks/input-values.ts';

const plan: Preprocessing = {
  ...{ mode: 'crop', resize: 1, width: 2, height: 1, kernel: 'cubic', channels: 'rgb' },
  ...{ scale: 1, mean: [0, 0, 0], std: [1, 1, 1] },
};

it('leaves nothing of the batch before in one that is not full', () => {
  const values = new InputValues({ type: 'float32', layout: 'NCHW' }, plan);
  const full = values.of(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), 2);
  expect([...full]).toEqual([1, 4, 2, 5, 3, 6, 7, 10, 8, 11, 9, 12]);
  const half = values.of(Uint8Array.of(6, 5, 4, 3, 2, 1), 2);
  expect([...half]).toEqual([6, 3, 5, 2, 4, 1, 0, 0, 0, 0, 0, 0]);
  expect(values.of(Uint8Array.of(1, 1, 1, 1, 1, 1), 1)).toHaveLength(6);
});

import { expect, it } from 'vitest';
import { withoutKey } from '../../../../src-renderer/app/training/without-key.ts';

it('leaves one key out and the record as it was', () => {
  const record: { beta?: number; tauPlus?: number } = { beta: 1, tauPlus: 0.1 };
  expect(withoutKey(record, 'beta')).toEqual({ tauPlus: 0.1 });
  expect(record).toEqual({ beta: 1, tauPlus: 0.1 });
  expect(withoutKey<{ beta?: number; tauPlus?: number }>({ beta: 1 }, 'tauPlus')).toEqual({
    beta: 1,
  });
});

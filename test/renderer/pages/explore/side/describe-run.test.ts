import { describe, expect, it } from 'vitest';
import { describeRun } from '../../../../../src-renderer/pages/explore/side/describe-run.ts';
import { runOf } from '../../../run-of.ts';

describe('a run in one line', () => {
  it('is its epochs, the settings of its objective, and its precision at 20', () => {
    const run = runOf(1, {
      settings: { temperature: 0.5, beta: 1, tauPlus: 0.0999, ringOuter: 0.123, seed: 7 },
      ...{ metrics: { precisionAt20: 0.206, knn: 0.4 }, epochs: 1 },
    });
    expect(describeRun(run)).toBe(
      '1 epoch · t 0.5 · β 1 · τ⁺ 0.1 · outer 0.12 · P@20\u00a020.6\u00a0%',
    );
  });

  it('leaves out what is no number or was not measured', () => {
    expect(describeRun(runOf(1, { settings: { temperature: 'warm' }, epochs: 3 }))).toBe(
      '3 epochs',
    );
  });

  it('says of what was not trained here where it is from', () => {
    expect(describeRun(runOf(1, { kind: 'loaded' }))).toBe('no training');
    expect(describeRun(runOf(1, { kind: 'imported', epochs: 0 }))).toBe('imported');
    expect(describeRun(runOf(1, { kind: 'imported', epochs: 12 }))).toBe('imported · 12 epochs');
  });
});

import { describe, expect, it } from 'vitest';
import { keptEpochs } from '../../src-main/contract/kept-checkpoints.ts';

describe('the epochs whose weights are kept', () => {
  it.each([
    ['all', 4, [1, 2, 3, 4]],
    [10, 4, [1, 2, 3, 4]],
    [1, 30, [30]],
    [3, 30, [10, 20, 30]],
    [4, 10, [3, 5, 8, 10]],
  ] as const)('%s of %i', (keep, epochs, kept) => {
    expect([...keptEpochs(keep, epochs)]).toEqual(kept);
  });

  it('are as many as were asked for, whatever the length of the training', () => {
    for (let epochs = 1; epochs <= 60; epochs++) {
      for (let keep = 1; keep <= epochs; keep++) {
        const kept = keptEpochs(keep, epochs);
        expect(kept.size).toBe(keep);
        expect(kept.has(epochs)).toBe(true);
        expect(Math.min(...kept)).toBeGreaterThan(0);
      }
    }
  });
});

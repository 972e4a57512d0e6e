import { describe, expect, it } from 'vitest';
import { storedEpochs } from '../../src-main/contract/stored-checkpoints.ts';

describe('the epochs whose weights are stored', () => {
  it.each([
    ['all', 4, [1, 2, 3, 4]],
    [10, 4, [1, 2, 3, 4]],
    [1, 30, [30]],
    [3, 30, [10, 20, 30]],
    [4, 10, [3, 5, 8, 10]],
  ] as const)('%s of %i', (count, epochs, stored) => {
    expect([...storedEpochs(count, epochs)]).toEqual(stored);
  });

  it('are as many as were asked for, whatever the length of the training', () => {
    for (let epochs = 1; epochs <= 60; epochs++) {
      for (let count = 1; count <= epochs; count++) {
        const stored = storedEpochs(count, epochs);
        expect(stored.size).toBe(count);
        expect(stored.has(epochs)).toBe(true);
        expect(Math.min(...stored)).toBeGreaterThan(0);
      }
    }
  });
});

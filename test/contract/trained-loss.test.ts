import { describe, expect, test } from 'vitest';
import { areLossesComparable, trainedNegatives } from '../../src-main/contract/trained-loss.ts';

const settings = { temperature: 0.5, batch: 64, pictures: 1000 };
const run = (objective: string, change = {}, kind: 'trained' | 'loaded' = 'trained') => ({
  ...{ kind, objective, settings: { ...settings, ...change } },
});

describe('the negatives of an anchor in a training', () => {
  test('are both views of the other pictures of a batch', () => {
    expect(trainedNegatives(run('simclr'))).toBe(2 * 63);
  });

  test('are the rows of a queue, or the other pictures of a bank', () => {
    expect(trainedNegatives(run('moco', { queueSize: 256 }))).toBe(256);
    expect(trainedNegatives(run('ir'))).toBe(999);
  });

  test('follow a source that was chosen in place of the preset’s', () => {
    expect(trainedNegatives(run('simclr', { source: 'queue', queueSize: 512 }))).toBe(512);
  });

  test('are not known of a run that was not trained here, or without its batch', () => {
    expect(trainedNegatives(run('simclr', {}, 'loaded'))).toBeNull();
    expect(trainedNegatives(run('simclr', { batch: undefined }))).toBeNull();
  });
});

describe('the losses of runs', () => {
  test('can be compared where objective, its settings and the negatives are the same', () => {
    const other = run('simclr', { seed: 2, epochs: 9, learningRate: 1 });
    expect(areLossesComparable([run('simclr'), other])).toBe(true);
    expect(areLossesComparable([])).toBe(true);
  });

  test.each([
    ['objective', run('hard')],
    ['temperature', run('simclr', { temperature: 0.2 })],
    ['number of negatives', run('simclr', { batch: 32 })],
  ])('cannot where they differ in the %s', (_, other) => {
    expect(areLossesComparable([run('simclr'), run('simclr'), other])).toBe(false);
  });

  test('cannot where a setting of the loss differs', () => {
    expect(areLossesComparable([run('hard', { beta: 1 }), run('hard', { beta: 2 })])).toBe(false);
  });
});

import { describe, expect, test } from 'vitest';
import {
  keptShareWords,
  negativesMeasures,
  negativesWords,
} from '../../src-main/contract/comparison-measures.ts';

const none = { kept: 0, new: 0, gone: 0 };
const names = { a: 'simclr', b: 'moco' };

describe('the negatives of two runs', () => {
  test('say of which run’s negatives the kept ones are a share', () => {
    const hard = { kept: 8, new: 3.9, gone: 56 };
    const [measure] = negativesMeasures({
      negatives: { hard, false: none, suspected: none, ring: none },
    });
    // 8 of the 8 + 56 that the left run has; what is new does not count.
    expect(measure).toMatchObject({ bin: 'hard', before: 64, keptShare: 0.125 });
    expect(keptShareWords(measure!, names)).toBe(
      '13\u00a0% of the 64.0 hard negatives that simclr has',
    );
  });

  test('of a bin that the left run has not, no share is said', () => {
    const ring = { kept: 0, new: 2, gone: 0 };
    const measure = negativesMeasures({
      negatives: { hard: none, false: none, suspected: none, ring },
    }).at(-1);
    expect(keptShareWords(measure!, names)).toBe('simclr has no ring negatives');
  });

  test('are named by both runs', () => {
    expect(negativesWords(names)).toBe(
      'kept: in the bin by simclr and by moco; new: by moco only; gone: by simclr only',
    );
  });
});

import { expect, it } from 'vitest';
import { tuningCostWords } from '../../src-main/contract/tuning-cost.ts';

const words = {
  duration: (seconds: number) => `${seconds} s`,
  size: (bytes: number) => `${bytes} bytes`,
};

it('says what a fine-tuning takes, and what nobody has measured yet', () => {
  const cost = { seconds: 40, bytes: 1000, weights: 1_234_567, frozenShare: 0.523 };
  expect(tuningCostWords(cost, words)).toBe(
    '1,234,567 weights are trained, about 40 s on the processor and up to about 1000 bytes of memory; 52 % of the encoder is before them and is not trained.',
  );
  expect(tuningCostWords({ ...cost, seconds: null }, words)).toMatch(/a time that the first steps/);
});

import { expect, it } from 'vitest';
import { tuningCostWords } from '../../src-main/contract/tuning-cost.ts';

const words = {
  duration: (seconds: number) => `${seconds} s`,
  size: (bytes: number) => `${bytes} bytes`,
};

it('says what a fine-tuning takes, and what nobody has measured yet', () => {
  const cost = { seconds: 40, bytes: 1000, weights: 1_234_567, frozenShare: 0.523, cached: null };
  expect(tuningCostWords(cost, words)).toBe(
    '1,234,567 weights are trained, about 40 s on the processor and up to about 1000 bytes of memory; 52 % of the encoder is before them and is not trained.',
  );
  expect(tuningCostWords({ ...cost, seconds: null }, words)).toMatch(/a time that the first steps/);
  const cached = { views: 8, seconds: 25, bytes: 400 };
  expect(tuningCostWords({ ...cost, cached }, words)).toMatch(
    / is not trained: 8 views of each picture go through it before the first step, in about 25 s of these, and their features take 400 bytes in the library\.$/,
  );
  expect(tuningCostWords({ ...cost, cached: { ...cached, seconds: null } }, words)).toMatch(
    /before the first step, and their features take 400 bytes/,
  );
});

import { expect, it } from 'vitest';
import { judgedSameWords } from '../../../../../src-renderer/pages/train/report/judged-same-words.ts';

const judged = { epoch: 3, pairs: 12, negatives: 5, anchors: 9, gradientShare: 0.0312 };

it('says how many pairs were pushed apart, and their part of the gradient', () => {
  expect(judgedSameWords(judged)).toEqual(['5', 'of 12, 3.1\u00a0% of the gradient']);
});

it('says nothing without a ledger or without such pairs', () => {
  expect(judgedSameWords(null)).toBeNull();
  expect(judgedSameWords({ ...judged, pairs: 0, gradientShare: null })).toBeNull();
});

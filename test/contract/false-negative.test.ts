import { describe, expect, it } from 'vitest';
import { isFalseNegative, labelRelation } from '../../src-main/contract/false-negative.ts';

describe('a negative is a false one', () => {
  const cases = [
    ['judged the same, whatever the labels', 'same', 'different', false, true],
    ['judged different, whatever the labels', 'different', 'same', true, false],
    ['judged different, with a label missing', 'different', 'unknown', true, false],
    ['of one label, without a verdict', null, 'same', false, true],
    ['of different labels, near as they may be', null, 'different', true, false],
    ['each other’s nearest, where a label is missing', null, 'unknown', true, true],
    ['of nothing that is known', null, 'unknown', false, false],
  ] as const;

  it.each(cases)('%s', (_what, verdict, labels, isSuspected, expected) => {
    expect(isFalseNegative({ verdict, labels, isSuspected })).toBe(expected);
  });
});

describe('the relation of two labels', () => {
  // 0: cat, 1: cat|dog, 2: dog, 3: bird.
  const members = [[0], [0, 2], [2], [3]];

  it.each([
    ['cat and cat', 0, 0, 'same'],
    ['cat and dog', 0, 2, 'different'],
    ['cat|dog and cat|dog', 1, 1, 'same'],
    ['cat|dog and dog', 1, 2, 'same'],
    ['cat and cat|dog', 0, 1, 'same'],
    ['cat|dog and bird', 1, 3, 'different'],
    ['none and cat', -1, 0, 'unknown'],
    ['cat and none', 0, -1, 'unknown'],
    ['none and none', -1, -1, 'unknown'],
  ] as const)('%s', (_what, label, other, expected) => {
    expect(labelRelation(label, other, members)).toBe(expected);
  });
});

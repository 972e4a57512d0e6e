import { describe, expect, it } from 'vitest';
import { labelRelation } from '../../src-main/contract/label-relation.ts';

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

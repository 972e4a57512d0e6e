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

  it.each(cases)('%s', (_what, verdict, labels, isMutual, expected) => {
    expect(isFalseNegative({ verdict, labels, isMutual })).toBe(expected);
  });
});

describe('the relation of two labels', () => {
  it('is by names with null for none, or by numbers with -1 for none', () => {
    expect(labelRelation<string | null>('cat', 'cat', null)).toBe('same');
    expect(labelRelation<string | null>('cat', 'dog', null)).toBe('different');
    expect(labelRelation<string | null>(null, null, null)).toBe('unknown');
    expect([labelRelation(0, 0, -1), labelRelation(0, 1, -1)]).toEqual(['same', 'different']);
    expect([labelRelation(-1, 0, -1), labelRelation(0, -1, -1)]).toEqual(['unknown', 'unknown']);
    expect(labelRelation(-1, -1, -1)).toBe('unknown');
  });
});

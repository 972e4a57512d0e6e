import { describe, expect, it } from 'vitest';
import { isFalseNegative } from '../../src-main/contract/false-negative.ts';

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

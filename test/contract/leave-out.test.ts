import { describe, expect, it } from 'vitest';
import {
  leaveOutText,
  leftOutWords,
  nameExpression,
  nothingLeftOut,
  parseLeaveOut,
} from '../../src-main/contract/leave-out.ts';
import {
  boundsWords,
  isMeasuredOtherwise,
  protocolWords,
  scoreProtocol,
} from '../../src-main/contract/run-scores.ts';

describe('what is left out of voting', () => {
  it.each([
    ['none', nothingLeftOut, ''],
    ['near-duplicates', { ...nothingLeftOut, nearDuplicates: true }, 'without near-duplicates'],
    [
      'near-duplicates, verdicts,name:([a-z]{1,2})_',
      { nearDuplicates: true, verdicts: true, name: '([a-z]{1,2})_' },
      'without near-duplicates, verdict groups, pictures of the same name',
    ],
  ])('%s is read, and said', (text, expected, words) => {
    const chosen = parseLeaveOut(text);
    expect(chosen).toEqual(expected);
    expect(parseLeaveOut(leaveOutText(chosen))).toEqual(expected);
    expect(leftOutWords(leaveOutText(chosen))).toBe(words);
  });

  it('is refused where a word is unknown, and where a pattern cannot be read or catches nothing', () => {
    expect(() => parseLeaveOut('duplicates')).toThrow('"duplicates" cannot be left out');
    expect(() => parseLeaveOut('name:(')).toThrow('cannot be read');
    expect(() => parseLeaveOut('name:[a-z]+')).toThrow('has no group');
    expect(nameExpression('(x)|y').exec('y')?.[1]).toBeUndefined();
  });
});

describe('beside a score', () => {
  const protocol = scoreProtocol;

  it('stands how else it was measured', () => {
    expect(protocolWords({ knn: 0.5 })).toBe('measured by an older version; evaluate again');
    expect(protocolWords({ knn: 0.5, protocol })).toBe('');
    expect(protocolWords({ knn: 0.5, protocol, leftOut: 'verdicts' })).toBe(
      'without verdict groups',
    );
    expect(protocolWords({})).toBe('');
  });

  it('is told apart from those of today, which leave out the same', () => {
    expect(isMeasuredOtherwise({ knn: 0.5 }, '')).toBe(true);
    expect(isMeasuredOtherwise({ knn: 0.5, protocol }, '')).toBe(false);
    expect(isMeasuredOtherwise({ knn: 0.5, protocol }, 'verdicts')).toBe(true);
    expect(isMeasuredOtherwise({}, 'verdicts')).toBe(false);
    // Without labels nothing votes.
    expect(isMeasuredOtherwise({ protocol, uniformity: -1 }, 'verdicts')).toBe(false);
  });

  it('stand chance and ceiling, where they are known', () => {
    const text = (share: number): string => share.toFixed(2);
    expect(boundsWords({ precisionChance: 0.04, precisionCeiling: 1 }, text)).toBe(
      'chance 0.04, at best 1.00',
    );
    expect(boundsWords({ precisionChance: null }, text)).toBe('');
  });
});

import type { JoinedGroups } from '../../../../src-main/contract/joined-groups.ts';
import { describe, expect, it } from 'vitest';
import {
  chainWords,
  joinedGroups,
  joinedWords,
  joiningWords,
} from '../../../../src-renderer/app/verdicts/pair-words.ts';

describe('a verdict that others imply, in words', () => {
  const name = (hash: string): string => `${hash}.png`;
  const words = (apart: number | null, ...chain: readonly string[]): string =>
    chainWords({ verdict: apart === null ? 'same' : 'different', chain, apart }, name);

  it('is the way from one picture to the other', () => {
    expect(words(null, 'a', 'b', 'c')).toBe('a.png = b.png = c.png');
  });

  it('has the one step that is different where it is', () => {
    expect(words(0, 'a', 'b', 'c')).toBe('a.png ≠ b.png = c.png');
    expect(words(1, 'a', 'b', 'c')).toBe('a.png = b.png ≠ c.png');
    expect(words(0, 'a', 'b')).toBe('a.png ≠ b.png');
  });

  it('is a name for one picture, and nothing for none', () => {
    expect(words(null, 'a')).toBe('a.png');
    expect(words(null)).toBe('');
  });
});

describe('the group that a pair would make', () => {
  const groups = [
    ['a', 'b', 'c'],
    ['d', 'e'],
  ];

  it('has the pictures of both, and is none where they are one already', () => {
    expect(joinedGroups(groups, 'b', 'e')).toEqual([3, 2]);
    expect(joinedGroups(groups, 'x', 'a')).toEqual([1, 3]);
    expect(joinedGroups(groups, 'x', 'y')).toEqual([1, 1]);
    expect(joinedGroups([], 'a', 'b')).toEqual([1, 1]);
    expect(joinedGroups(groups, 'a', 'c')).toBeNull();
  });

  it('is told before and after, with a warning where both are large', () => {
    expect(joiningWords(null)).toBe('');
    expect(joiningWords([1, 1])).toBe('');
    expect(joiningWords([1, 3])).toBe('“Same” makes one group of 4.');
    expect(joiningWords([7, 5])).toBe(
      '“Same” joins two groups of 7 and 5 pictures: be sure of it.',
    );
    const join = (one: number, other: number): JoinedGroups => ({
      pair: ['a', 'b'],
      groups: [Array.from({ length: one }, String), Array.from({ length: other }, String)],
    });
    expect(joinedWords([])).toBe('');
    expect(joinedWords([join(7, 5)])).toBe('It joins two groups of 7 and 5 pictures.');
    expect(joinedWords([join(7, 5), join(12, 6)])).toBe(
      '2 of them join large groups, first those of 7 and 5 pictures.',
    );
  });
});

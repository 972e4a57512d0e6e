import { describe, expect, it } from 'vitest';
import { chainWords, joinedGroups } from '../../../../src-renderer/app/verdicts/pair-words.ts';

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

  it('has the pictures of both', () => {
    expect(joinedGroups(groups, 'b', 'e')).toBe(5);
    expect(joinedGroups(groups, 'x', 'a')).toBe(4);
    expect(joinedGroups(groups, 'x', 'y')).toBe(2);
    expect(joinedGroups([], 'a', 'b')).toBe(2);
  });
});

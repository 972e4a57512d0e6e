import { describe, expect, it } from 'vitest';
import { queueOrder } from '../../../../src-main/contract/verdict-queue.ts';
import { verdictKind } from '../../../../src-main/contract/verdicts.ts';
import { chainWords, joinedGroups } from '../../../../src-renderer/places/review/pair-words.ts';
import { queueOrders } from '../../../../src-renderer/places/review/queue-orders.ts';
import { answers, verdictWords } from '../../../../src-renderer/places/review/verdict-words.ts';

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

describe('what is offered in Review', () => {
  it('is every order of the contract, with what it is for', () => {
    expect(queueOrders.map(({ value }) => value).sort()).toEqual([...queueOrder.options].sort());
    expect(queueOrders.every(({ label, hint }) => label !== '' && hint !== '')).toBe(true);
  });

  it('is every answer of the contract, each by a key of its own', () => {
    expect(answers.map(({ kind }) => kind)).toEqual(verdictKind.options);
    expect(answers.map(({ key }) => key)).toEqual(['F', 'T', 'U']);
    expect(new Set(Object.values(verdictWords)).size).toBe(verdictKind.options.length);
  });
});

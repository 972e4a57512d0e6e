import { describe, expect, it } from 'vitest';
import { JudgedPairs } from '../../src-main/contract/judged-pairs.ts';
import type { VerdictKind } from '../../src-main/contract/verdicts.ts';

function judged(...said: readonly (readonly [string, VerdictKind, string])[]): JudgedPairs {
  return new JudgedPairs(said.map(([hashA, verdict, hashB]) => ({ hashA, hashB, verdict })));
}

describe('verdicts on other pairs', () => {
  it('decide that what is the same as the same is the same, and say through which pictures', () => {
    const pairs = judged(['a', 'same', 'b'], ['b', 'same', 'c'], ['d', 'same', 'e']);
    expect(pairs.implied('c', 'a')).toEqual({
      verdict: 'same',
      chain: ['c', 'b', 'a'],
      apart: null,
    });
    expect(pairs.implied('a', 'b')).toBeNull();
    expect(pairs.implied('a', 'd')).toBeNull();
    expect(pairs.settled('a', 'c')).toBe('same');
    expect(pairs.settled('a', 'x')).toBeNull();
  });

  it('decide that two groups with one "different" between them are different throughout', () => {
    const pairs = judged(['a', 'same', 'b'], ['c', 'same', 'd'], ['b', 'different', 'c']);
    expect(pairs.implied('a', 'd')).toEqual({
      verdict: 'different',
      chain: ['a', 'b', 'c', 'd'],
      apart: 1,
    });
    expect(pairs.implied('d', 'b')).toEqual({
      verdict: 'different',
      chain: ['d', 'c', 'b'],
      apart: 1,
    });
    expect(pairs.implied('b', 'c')).toBeNull();
    expect([pairs.settled('a', 'd'), pairs.settled('c', 'b')]).toEqual(['different', 'different']);
  });

  it('give way to a verdict on the pair itself, but not to "unsure"', () => {
    const chain = [
      ['a', 'same', 'b'],
      ['b', 'same', 'c'],
    ] as const;
    expect(judged(...chain, ['a', 'different', 'c']).settled('c', 'a')).toBe('different');
    expect(judged(...chain, ['a', 'different', 'c']).implied('a', 'c')?.verdict).toBe('same');
    expect(judged(...chain, ['a', 'unsure', 'c']).settled('a', 'c')).toBe('same');
    expect(judged(['a', 'unsure', 'c']).settled('c', 'a')).toBe('unsure');
  });

  it('are in force everywhere by one rule: the own verdict, else "same", else "different" through others', () => {
    const pairs = judged(['a', 'same', 'b'], ['b', 'same', 'c'], ['b', 'different', 'd']);
    expect(pairs.inForce('c', 'a')).toBe('same');
    expect(pairs.inForce('d', 'b')).toBe('different');
    expect(pairs.inForce('a', 'd')).toBe('different');
    expect(pairs.inForce('a', 'x')).toBeNull();
    expect(judged(['a', 'unsure', 'b']).inForce('a', 'b')).toBeNull();
    const conflict = judged(['a', 'same', 'b'], ['b', 'same', 'c'], ['a', 'different', 'c']);
    expect(conflict.inForce('a', 'c')).toBe('different');
    expect(conflict.inForce('a', 'b')).toBe('same');
    const inner = judged(
      ...([
        ['a', 'same', 'b'],
        ['b', 'same', 'c'],
        ['c', 'same', 'd'],
      ] as const),
      ['a', 'different', 'd'],
    );
    // Not judged itself: "same" through b goes before "different" through the group.
    expect(inner.inForce('a', 'c')).toBe('same');
  });

  it('give all that is decided with one picture, and name a verdict against others', () => {
    const pairs = judged(
      ['a', 'same', 'b'],
      ['b', 'different', 'd'],
      ['d', 'same', 'e'],
      ['a', 'unsure', 'x'],
    );
    expect(pairs.decidedWith('a')).toEqual({ same: ['b'], different: ['d', 'e'] });
    const conflict = judged(['a', 'same', 'b'], ['b', 'same', 'c'], ['a', 'different', 'c']);
    expect(conflict.isContradicted('c', 'a')).toBe(true);
    expect(conflict.isContradicted('a', 'b')).toBe(false);
    expect(pairs.isContradicted('a', 'd')).toBe(false);
  });
});

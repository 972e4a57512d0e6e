import { describe, expect, it } from 'vitest';
import { JudgedPairs } from '../../src-main/contract/judged-pairs.ts';
import type { PassOn } from '../../src-main/contract/pass-on.ts';
import type { VerdictKind } from '../../src-main/contract/verdicts.ts';

type Said = readonly [string, VerdictKind, string];

function judgedBy(passOn: PassOn, said: readonly Said[]): JudgedPairs {
  const verdicts = said.map(([hashA, verdict, hashB]) => ({ hashA, hashB, verdict }));
  return new JudgedPairs(verdicts, passOn);
}
const inGroups = (...said: readonly Said[]): JudgedPairs => judgedBy('groups', said);

/** "Same" all around: two chains lead from each picture to each other one. */
function ring(...names: readonly string[]): Said[] {
  return names.map((name, index) => [name, 'same', names[(index + 1) % names.length] ?? '']);
}

describe('verdicts on other pairs, where judged pairs alone count', () => {
  it('decide nothing, whatever chains there are', () => {
    const pairs = judgedBy('pairs', [...ring('a', 'b', 'c', 'd'), ['d', 'different', 'e']]);
    expect([pairs.inForce('a', 'b'), pairs.inForce('e', 'd')]).toEqual(['same', 'different']);
    expect([pairs.inForce('a', 'c'), pairs.inForce('c', 'e')]).toEqual([null, null]);
    expect([pairs.implied('a', 'c'), pairs.implied('c', 'e')]).toEqual([null, null]);
    expect(pairs.passing).toEqual([]);
    expect(pairs.decidedWith('d')).toEqual({ same: ['a', 'c'], different: ['e'] });
  });

  it('name contradictions, which bar no training', () => {
    const pairs = judgedBy('pairs', [
      ['a', 'same', 'b'],
      ['b', 'same', 'c'],
      ['a', 'different', 'c'],
    ]);
    expect(pairs.grouped.conflicts).toEqual([['a', 'b', 'c']]);
    expect(pairs.isBarring(['a', 'b', 'c'])).toBe(false);
    expect(pairs.isContradicted('a', 'c')).toBe(false);
  });
});

describe('verdicts on other pairs, where they pass on in firm groups', () => {
  it('decide that two pictures are the same where two chains say so, and say through which', () => {
    const pairs = inGroups(...ring('a', 'b', 'c', 'd'), ['d', 'same', 'e'], ['e', 'same', 'f']);
    expect(pairs.implied('c', 'a')).toEqual({
      verdict: 'same',
      chain: ['c', 'b', 'a'],
      apart: null,
    });
    expect(pairs.implied('a', 'b')).toBeNull();
    expect(pairs.settled('a', 'c')).toBe('same');
    // One chain alone leads from d to f: a wrong verdict on it would be enough.
    expect(pairs.implied('d', 'f')).toBeNull();
    expect([pairs.settled('d', 'e'), pairs.settled('d', 'f')]).toEqual(['same', null]);
    expect([pairs.settled('a', 'e'), pairs.settled('a', 'x')]).toEqual([null, null]);
    expect(pairs.passing).toEqual([['a', 'b', 'c', 'd']]);
  });

  it('decide that two groups with two "different" between them are different throughout', () => {
    const groups = [...ring('a', 'b', 'c'), ...ring('x', 'y', 'z')];
    const once = inGroups(...groups, ['b', 'different', 'x']);
    expect(once.implied('a', 'z')).toBeNull();
    expect(once.settled('a', 'z')).toBeNull();
    const twice = inGroups(...groups, ['b', 'different', 'x'], ['y', 'different', 'c']);
    expect(twice.implied('a', 'z')).toEqual({
      verdict: 'different',
      chain: ['a', 'b', 'x', 'z'],
      apart: 1,
    });
    expect(twice.implied('z', 'a')).toMatchObject({ chain: ['z', 'x', 'b', 'a'], apart: 1 });
    // Without its own verdict one alone is left.
    expect(twice.implied('b', 'x')).toBeNull();
    expect([twice.settled('a', 'z'), twice.settled('x', 'b')]).toEqual(['different', 'different']);
  });

  it('decide of a picture alone too, by two verdicts on the other group', () => {
    const pairs = inGroups(
      ...ring('a', 'b', 'c'),
      ['x', 'different', 'a'],
      ['x', 'different', 'b'],
    );
    expect(pairs.inForce('x', 'c')).toBe('different');
    expect(pairs.decidedWith('c')).toEqual({ same: ['a', 'b'], different: ['x'] });
  });

  it('give way to a verdict on the pair itself, but not to "unsure"', () => {
    const round = ring('a', 'b', 'c', 'd');
    expect(inGroups(...round, ['a', 'different', 'c']).settled('c', 'a')).toBe('different');
    expect(inGroups(...round, ['a', 'different', 'c']).implied('a', 'c')?.verdict).toBe('same');
    expect(inGroups(...round, ['a', 'unsure', 'c']).settled('a', 'c')).toBe('same');
    expect(inGroups(['a', 'unsure', 'c']).settled('c', 'a')).toBe('unsure');
    expect(inGroups(['a', 'unsure', 'c']).inForce('c', 'a')).toBeNull();
  });

  it('name a verdict against others; within a firm group it bars trainings', () => {
    const pairs = inGroups(...ring('a', 'b', 'c', 'd'), ['a', 'different', 'c']);
    expect(pairs.isContradicted('c', 'a')).toBe(true);
    expect(pairs.isContradicted('a', 'b')).toBe(false);
    expect(pairs.grouped.conflicts.map((chain) => pairs.isBarring(chain))).toEqual([true]);
    expect(pairs.inForce('b', 'd')).toBe('same');
    const byChain = inGroups(['a', 'same', 'b'], ['b', 'same', 'c'], ['a', 'different', 'c']);
    expect(byChain.grouped.conflicts.map((chain) => byChain.isBarring(chain))).toEqual([false]);
    expect(byChain.isContradicted('a', 'c')).toBe(false);
  });
});

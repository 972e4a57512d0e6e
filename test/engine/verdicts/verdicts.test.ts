import { knownPairs } from '../../../src-main/engine/verdicts/known-pairs.ts';
import { RowVerdicts } from '../../../src-main/engine/verdicts/row-verdicts.ts';
import { describe, expect, test } from 'vitest';
import type { VerdictKind } from '../../../src-main/contract/verdicts.ts';
import {
  listVerdicts,
  removeVerdict,
  saveVerdict,
} from '../../../src-main/engine/store/verdicts.ts';
import { presentSamples } from '../../../src-main/engine/store/samples.ts';
import { groupVerdicts } from '../../../src-main/contract/verdict-groups.ts';
import {
  groupsOfSamples,
  verdictsOnAnchors,
  verdictGroupsOf,
} from '../../../src-main/engine/verdicts/library-verdicts.ts';
import { addSamples, temporaryLibrary } from '../store/temporary-library.ts';

const verdictsOf = (...pairs: readonly (readonly [string, VerdictKind, string])[]) =>
  pairs.map(([hashA, verdict, hashB]) => ({ hashA, verdict, hashB }));

describe('groups of verdicts', () => {
  test('pass "same" on, and "unsure" and "different" pass nothing on', () => {
    const { groups, conflicts } = groupVerdicts(
      verdictsOf(
        ['a', 'same', 'b'],
        ['c', 'same', 'b'],
        ['c', 'unsure', 'd'],
        ['d', 'same', 'e'],
        ['a', 'different', 'e'],
        ['f', 'different', 'g'],
      ),
    );
    expect(groups).toEqual([
      ['a', 'b', 'c'],
      ['d', 'e'],
    ]);
    expect(conflicts).toEqual([]);
  });

  test('give the shortest chain where "different" contradicts "same"', () => {
    const same = verdictsOf(
      ['a', 'same', 'b'],
      ['b', 'same', 'c'],
      ['c', 'same', 'd'],
      ['a', 'same', 'x'],
      ['x', 'same', 'd'],
    );
    const { conflicts } = groupVerdicts([...same, ...verdictsOf(['a', 'different', 'd'])]);
    expect(conflicts).toEqual([['a', 'x', 'd']]);
  });

  test('need no stack for a chain of ten thousand pictures', () => {
    const name = (index: number): string => String(index).padStart(6, '0');
    const chain = Array.from(
      { length: 10_000 },
      (_, index) => [name(index), 'same', name(index + 1)] as const,
    );
    expect(groupVerdicts(verdictsOf(...chain)).groups).toMatchObject([{ length: 10_001 }]);
  });
});

describe('verdicts of a library', () => {
  test('are one a pair, whatever its order, and can be taken back', () => {
    const library = temporaryLibrary();
    addSamples(library, ['a/1.png', 'a/2.png']);
    const [first = '', second = ''] = presentSamples(library).hashes;
    const verdict = { verdict: 'same', note: 'twins', runId: null } as const;
    saveVerdict(library, [second, first], verdict);
    saveVerdict(library, [first, second], { ...verdict, verdict: 'different' });
    expect(listVerdicts(library)).toMatchObject([
      { hashA: first, hashB: second, verdict: 'different', note: 'twins' },
    ]);
    expect(removeVerdict(library, [second, first])).toBe(true);
    expect(removeVerdict(library, [second, first])).toBe(false);
    expect(listVerdicts(library)).toEqual([]);
  });

  test('give each picture its group, and are refused for training where they contradict each other', () => {
    const library = temporaryLibrary();
    const ids = addSamples(library, ['a/1.png', 'a/2.png', 'a/3.png', 'b/4.png']);
    const hashes = presentSamples(library).hashes as [string, string, string, string];
    const say = (first: number, verdict: VerdictKind, second: number) =>
      saveVerdict(library, [hashes[first]!, hashes[second]!], { verdict, note: '', runId: null });
    expect([...groupsOfSamples(library, ids)]).toEqual([-1, -1, -1, -1]);
    say(0, 'same', 1);
    say(1, 'same', 2);
    expect([...groupsOfSamples(library, ids)]).toEqual([0, 0, 0, -1]);
    say(0, 'different', 2);
    expect(() => groupsOfSamples(library, ids)).toThrow(
      'The verdicts say that "a/1.png" is the same as "a/2.png" is the same as "a/3.png", but that "a/1.png" and "a/3.png" are different. Change one of these verdicts, or train without them.',
    );
    expect(verdictGroupsOf(library, presentSamples(library)).conflicts).toHaveLength(1);
  });

  test('count by one rule for bins, queue and comparisons, also through pictures that are gone', () => {
    const library = temporaryLibrary();
    const ids = addSamples(library, ['a/1.png', 'a/2.png', 'b/3.png']);
    const [one = '', two = '', three = ''] = presentSamples(library).hashes;
    const gone = 'f'.repeat(64);
    const say = (pair: [string, string], verdict: VerdictKind) =>
      saveVerdict(library, pair, { verdict, note: '', runId: null });
    say([one, two], 'same');
    say([two, gone], 'same');
    say([gone, three], 'different');
    expect(verdictsOnAnchors(library)(one)).toEqual({
      same: new Set([ids[1]]),
      different: new Set([ids[2]]),
    });
    const { known } = knownPairs(library, ids);
    const rows = new RowVerdicts(known);
    expect([rows.inForce(0, 1), rows.inForce(0, 2), rows.inForce(2, 1)]).toEqual([
      'same',
      'different',
      'different',
    ]);
    expect(known.labels).toHaveLength(3);
  });
});

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
  judgedSamples,
  libraryJudgedPairs,
  verdictsOnAnchors,
  verdictGroupsOf,
} from '../../../src-main/engine/verdicts/library-verdicts.ts';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';
import { savePassOn } from '../../../src-main/engine/store/pass-on.ts';
import { addSamples, temporaryLibrary } from '../store/temporary-library.ts';

const verdictsOf = (...pairs: readonly (readonly [string, VerdictKind, string])[]) =>
  pairs.map(([hashA, verdict, hashB]) => ({ hashA, verdict, hashB }));

describe('groups of verdicts', () => {
  test('connect by "same", and not by "unsure" and "different"', () => {
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

  test('give a training the judged pairs, and refuse it where they contradict what is passed on', () => {
    const library = temporaryLibrary();
    const ids = addSamples(library, ['a/1.png', 'a/2.png', 'a/3.png', 'b/4.png']);
    const hashes = presentSamples(library).hashes as [string, string, string, string];
    const say = (first: number, verdict: VerdictKind, second: number) =>
      saveVerdict(library, [hashes[first]!, hashes[second]!], { verdict, note: '', runId: null });
    const none = {
      groups: Int32Array.of(-1, -1, -1, -1),
      ...{ pairs: Uint32Array.of(), different: Uint32Array.of() },
    };
    expect(judgedSamples(library, ids)).toEqual(none);
    say(0, 'same', 1);
    say(1, 'same', 2);
    say(1, 'unsure', 3);
    const pairs = (samples: Uint32Array) => {
      const flat = [...judgedSamples(library, samples).pairs];
      return [flat.slice(0, 2).sort(), flat.slice(2).sort()];
    };
    expect(pairs(ids).sort()).toEqual([
      [ids[0], ids[1]],
      [ids[1], ids[2]],
    ]);
    expect(judgedSamples(library, ids).groups).toEqual(none.groups);
    // A pair with a picture that the training leaves out is none.
    expect([...judgedSamples(library, ids.slice(0, 2)).pairs].sort()).toEqual([ids[0], ids[1]]);
    say(0, 'different', 2);
    expect(verdictGroupsOf(library, presentSamples(library)).conflicts).toMatchObject([
      { bars: false },
    ]);
    expect(judgedSamples(library, ids).pairs).toHaveLength(4);

    savePassOn(library, 'groups');
    expect(judgedSamples(library, ids).groups).toEqual(none.groups);
    // A second chain, over the fourth picture, makes the four a firm group.
    say(1, 'same', 3);
    say(3, 'same', 0);
    say(3, 'same', 2);
    expect(verdictGroupsOf(library, presentSamples(library)).conflicts).toMatchObject([
      { bars: true },
    ]);
    expect(() => judgedSamples(library, ids)).toThrow(
      /^The verdicts say that "a\/1.png" is the same as "(a\/2|b\/4).png" is the same as "a\/3.png", but that "a\/1.png" and "a\/3.png" are different. Change one of these verdicts, or train without them.$/,
    );
    say(0, 'unsure', 2);
    expect(judgedSamples(library, ids).groups).toEqual(Int32Array.of(0, 0, 0, 0));
  });

  test('count by one rule for bins, queue and comparisons, also through pictures that are gone', () => {
    const library = temporaryLibrary();
    const ids = addSamples(library, ['a/1.png', 'a/2.png', 'b/3.png']);
    const [one = '', two = '', three = ''] = presentSamples(library).hashes;
    const [gone, lost] = ['f'.repeat(64), 'e'.repeat(64)];
    const say = (pair: [string, string], verdict: VerdictKind) =>
      saveVerdict(library, pair, { verdict, note: '', runId: null });
    // A ring through both pictures that are not here, which were judged different from the third.
    say([one, gone], 'same');
    say([gone, two], 'same');
    say([two, lost], 'same');
    say([lost, one], 'same');
    say([gone, three], 'different');
    say([lost, three], 'different');
    const inForce = () => {
      const { known } = knownPairs(library, ids);
      expect(known.labels).toHaveLength(3);
      const rows = new RowVerdicts(known);
      return [rows.inForce(0, 1), rows.inForce(0, 2), rows.inForce(2, 1)];
    };
    expect(verdictsOnAnchors(library)(one)).toEqual({ same: new Set(), different: new Set() });
    expect(inForce()).toEqual([null, null, null]);
    savePassOn(library, 'groups');
    expect(verdictsOnAnchors(library)(one)).toEqual({
      same: new Set([ids[1]]),
      different: new Set([ids[2]]),
    });
    expect(inForce()).toEqual(['same', 'different', 'different']);
  });

  test('give the same by rows as by contents, in both ways to pass on', () => {
    const library = temporaryLibrary();
    const names = Array.from({ length: 14 }, (_, index) => `${index}.png`);
    const ids = addSamples(library, names);
    const { hashes } = presentSamples(library);
    const random = seedRandom(3);
    for (let verdict = 0; verdict < 34; verdict += 1) {
      const [one, other] = [random.index(14), random.index(14)];
      const kind = verdict % 3 === 0 ? 'different' : verdict % 7 === 0 ? 'unsure' : 'same';
      const given = { verdict: kind, note: '', runId: null } as const;
      if (one !== other) saveVerdict(library, [hashes[one]!, hashes[other]!], given);
    }
    const found = (['pairs', 'groups'] as const).map((passOn) => {
      savePassOn(library, passOn);
      const rows = new RowVerdicts(knownPairs(library, ids).known);
      const judged = libraryJudgedPairs(library);
      let decided = 0;
      for (const [row, hash] of hashes.entries()) {
        const same = hashes.flatMap((other, at) =>
          at !== row && judged.inForce(hash, other) === 'same' ? [at] : [],
        );
        expect(rows.sameAs(row)).toEqual(same);
        for (const [other, content] of hashes.entries()) {
          if (other === row) continue;
          expect(rows.inForce(row, other)).toBe(judged.inForce(hash, content));
          if (rows.inForce(row, other) !== null) decided += 1;
        }
      }
      return decided;
    });
    expect(found[1]).toBeGreaterThan(found[0]!);
  });
});

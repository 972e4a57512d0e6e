import { describe, expect, it } from 'vitest';
import { JudgedPairs } from '../../../../../src-main/contract/judged-pairs.ts';
import type { VerdictKind } from '../../../../../src-main/contract/verdicts.ts';
import {
  contradictionsOf,
  judgementOf,
  type JudgedNegative,
} from '../../../../../src-renderer/pages/explore/negatives/judgement.ts';

/** The pair a and c, after what was said of these pairs. */
function pairAfter(...said: readonly (readonly [string, VerdictKind, string])[]): JudgedNegative {
  const pairs = new JudgedPairs(
    said.map(([hashA, verdict, hashB]) => ({ hashA, hashB, verdict })),
    'groups',
  );
  return { pairs, anchor: 'a', negative: 'c', nameOf: (hash) => hash.toUpperCase() };
}
const chain = [
  ['a', 'same', 'b'],
  ['b', 'same', 'c'],
] as const;
/** Two chains from A to C, by B and by D. */
const ring = [...chain, ['c', 'same', 'd'], ['d', 'same', 'a']] as const;

describe('the judgement of a negative', () => {
  it.each([
    [[['a', 'same', 'c']], 'judged the same', true],
    [[['c', 'different', 'a']], 'judged different', false],
    [[['a', 'unsure', 'c']], 'judged unsure', null],
    [[], 'not judged yet', null],
    [chain, 'not judged yet', null],
    [ring, 'the same by other verdicts: A = B = C', true],
    [[...ring, ['a', 'unsure', 'c']], 'the same by other verdicts: A = B = C', true],
    [
      [
        ['a', 'same', 'b'],
        ['b', 'same', 'x'],
        ['x', 'same', 'a'],
        ['b', 'different', 'c'],
        ['x', 'different', 'c'],
      ],
      'different by other verdicts: A = B ≠ C',
      false,
    ],
    [[...ring, ['a', 'different', 'c']], 'judged different', false],
  ] as const)('after %j is “%s”', (said, sentence, isFalse) => {
    expect(judgementOf(pairAfter(...said))).toEqual({ kind: 'judgement', sentence, isFalse });
  });
});

describe('what contradicts it', () => {
  const none = [null, null] as const;
  const unknown = { labels: 'unknown', isSuspected: false } as const;
  const relationOf = (
    own: string | null,
    other: string | null,
  ): 'unknown' | 'same' | 'different' => {
    if (own === null || other === null) return 'unknown';
    return own === other ? 'same' : 'different';
  };
  const sentences = (
    pair: JudgedNegative,
    labels: readonly [string | null, string | null] = none,
    isSuspected = false,
  ): string[] =>
    contradictionsOf(pair, labels, { labels: relationOf(...labels), isSuspected }).map(
      ({ sentence }) => sentence,
    );

  it('is a chain of other verdicts, wherever in it the pair lies', () => {
    const conflict = pairAfter(...ring, ['a', 'different', 'c']);
    expect(contradictionsOf(conflict, none, unknown)).toEqual([
      {
        sentence:
          'Verdicts contradict each other: A = B = C, but A and C were judged different. Until one is changed each pair goes by its own verdict, and no training takes verdicts.',
        conflict: 0,
      },
    ]);
    const single = pairAfter(...chain, ['a', 'different', 'c']);
    expect(sentences(single)).toEqual([
      'Verdicts contradict each other: A = B = C, but A and C were judged different. One of them is wrong; each pair goes by its own verdict.',
    ]);
    expect(contradictionsOf({ ...conflict, negative: 'b' }, none, unknown)).toHaveLength(1);
    expect(contradictionsOf({ ...conflict, negative: 'x' }, none, unknown)).toEqual([]);
    expect(sentences(pairAfter(...chain))).toEqual([]);
  });

  it('is a label: the same on what is judged different, another on what is judged the same', () => {
    const different = pairAfter(['a', 'different', 'c']);
    const same = pairAfter(['a', 'same', 'c']);
    expect(sentences(different, ['cat', 'cat'])).toEqual([
      'Both have the label cat, but the pair is judged different: the verdict counts.',
    ]);
    expect(sentences(same, ['cat', 'dog'])).toEqual([
      'The labels differ (cat, dog), but the pair is judged the same: the verdict counts.',
    ]);
    expect([sentences(different, ['cat', 'dog']), sentences(same, ['cat', 'cat'])]).toEqual([
      [],
      [],
    ]);
    expect(sentences(pairAfter(), ['cat', 'cat'])).toEqual([]);
  });

  it('is nearness where a label is missing; being far is no evidence', () => {
    const different = pairAfter(['a', 'different', 'c']);
    expect(sentences(different, [null, 'cat'], true)).toEqual([
      'The pair is suspected to show one thing, but it is judged different: the verdict counts.',
    ]);
    expect(sentences(different, [null, 'cat'], false)).toEqual([]);
    expect(sentences(pairAfter(['a', 'same', 'c']), [null, 'cat'], false)).toEqual([]);
  });
});

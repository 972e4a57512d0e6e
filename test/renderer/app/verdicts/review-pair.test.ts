import { describe, expect, it } from 'vitest';
import {
  keyOfPair,
  withNumbers,
  type ReviewPair,
} from '../../../../src-renderer/app/verdicts/review-pair.ts';
import { queuedPair } from '../../queued-pair.ts';

function given(anchor: string, candidate: string, reason = ''): ReviewPair {
  const { anchor: first, candidate: second } = queuedPair(anchor, candidate);
  return { anchor: first, candidate: second, reason };
}

describe('a pair on the Review page', () => {
  it('is the same in either order', () => {
    expect(keyOfPair(given('a', 'b'))).toBe(keyOfPair(given('b', 'a')));
    expect(keyOfPair(given('a', 'b'))).not.toBe(keyOfPair(given('a', 'c')));
  });

  it('gets the numbers of a run, its own reason in front and its pictures as they were shown', () => {
    const pairs = [given('a', 'b', 'Near-duplicates.'), given('c', 'd')];
    const found = [
      queuedPair('b', 'a', { similarity: 0.9, reason: 'It has a top share.' }),
      queuedPair('c', 'd', { reason: 'It is suspected.' }),
    ];
    expect(withNumbers(pairs, pairs, found)).toMatchObject([
      {
        ...{ anchor: { hash: 'a' }, candidate: { hash: 'b' }, similarity: 0.9 },
        reason: 'Near-duplicates. It has a top share.',
      },
      { similarity: 0.5, reason: 'It is suspected.' },
    ]);
  });

  it('stays as it is where it was not asked for, or nothing was found', () => {
    const pairs = [given('a', 'b', 'Mine.'), given('c', 'd', 'Mine.')];
    const found = [queuedPair('a', 'b', { reason: 'Theirs.' })];
    expect(withNumbers(pairs, [pairs[1]!], found)).toEqual(pairs);
    expect(withNumbers(pairs, pairs, [])).toEqual(pairs);
    expect(withNumbers([], pairs, found)).toEqual([]);
  });
});

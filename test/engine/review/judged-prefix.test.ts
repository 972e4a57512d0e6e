import { expect, test } from 'vitest';
import { judgedPrefix } from '../../../src-main/engine/review/judged-prefix.ts';
import type { PairInOrder } from '../../../src-main/engine/review/judged-prefix.ts';
import { pairsInOrder } from '../../../src-main/engine/review/pair-order.ts';

const pair = (latest: number, verdict: PairInOrder['verdict']): PairInOrder => ({
  latest,
  verdict,
});

test('counts the pairs up to the first open one', () => {
  const order = [pair(9, 'same'), pair(5, 'unsure'), pair(9, null), pair(8, 'different')];
  expect(judgedPrefix(order, 10, 5)).toEqual({ pictures: 10, verdicts: ['same', 'unsure'] });
  expect(judgedPrefix([], 10, 5)).toEqual({ pictures: 10, verdicts: [] });
});

test('goes on without the pictures added last where only pairs of theirs are open', () => {
  const order = [
    pair(3, 'same'),
    pair(10, null),
    pair(9, 'different'),
    pair(11, null),
    pair(7, 'same'),
    pair(9, null),
    pair(2, 'same'),
  ];
  expect(judgedPrefix(order, 12, 6)).toEqual({
    pictures: 10,
    verdicts: ['same', 'different', 'same'],
  });
});

test('does not go on with fewer pictures than it must have', () => {
  const order = [pair(9, 'same'), pair(4, null), pair(2, 'same'), pair(1, 'same'), pair(3, 'same')];
  expect(judgedPrefix(order, 10, 5)).toEqual({ pictures: 10, verdicts: ['same'] });
  expect(judgedPrefix(order, 10, 4)).toEqual({
    pictures: 4,
    verdicts: ['same', 'same', 'same'],
  });
});

test('all that was judged stays in the estimate when pictures are added', () => {
  const old = Array.from({ length: 400 }, (_, index) => `old ${index}`);
  const judged = new Set<string>();
  for (const [one, other] of pairsInOrder(old, 1)) {
    judged.add([old[one]!, old[other]!].sort().join());
    if (judged.size === 120) break;
  }
  for (const added of [0, 1, 40]) {
    const hashes = [...old, ...Array.from({ length: added }, (_, index) => `added ${index}`)];
    function* order(): Generator<PairInOrder> {
      for (const [one, other] of pairsInOrder(hashes, 1)) {
        const isJudged = judged.has([hashes[one]!, hashes[other]!].sort().join());
        yield pair(Math.max(one, other), isJudged ? 'different' : null);
      }
    }
    const { pictures, verdicts } = judgedPrefix(order(), hashes.length, old.length);
    expect(verdicts).toHaveLength(120);
    expect(pictures).toBeGreaterThanOrEqual(400);
    expect(pictures).toBeLessThanOrEqual(hashes.length);
  }
});
